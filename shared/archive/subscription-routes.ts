// Sign-up and the links in mail. A GET or HEAD looks, and never writes; a POST acts, once or twice alike.

import { type Context, Hono } from "hono";
import { bodyLimit } from "hono/body-limit";
import type { HtmlEscapedString } from "hono/utils/html";
import type { Problem } from "../digests/subscribe-request.ts";
import { MailLanguage } from "../domain/vocabulary.ts";
import { confirm } from "../flows/confirm.ts";
import { peekToken } from "../flows/peek-token.ts";
import type { Ports } from "../flows/ports.ts";
import {
  changePreferences,
  PREFERENCE_ACTIONS,
  type PreferenceAction,
} from "../flows/preferences.ts";
import { subscribe } from "../flows/subscribe.ts";
import { unsubscribe } from "../flows/unsubscribe.ts";
import {
  acceptedPage,
  badLinkPage,
  confirmedPage,
  confirmPage,
  donePage,
  laterPage,
  preferencesPage,
  problemsPage,
  unsubscribedPage,
  unsubscribePage,
} from "./pages/subscription-pages.ts";
import { problem } from "./problem.ts";
import { readerLanguageOf } from "./reader-language.ts";
import { clientOf } from "./subscription-client.ts";
import { issueRoutes } from "./subscription-issues.ts";

export interface SubscriptionDeps {
  readonly ports: Ports;
}

/** More than any form of ours can fill. */
const MOST_BYTES = 32 * 1024;

type Page = HtmlEscapedString | Promise<HtmlEscapedString>;

export function subscriptionRoutes({ ports }: SubscriptionDeps): Hono {
  const app = new Hono();
  const tooLarge = (c: Context) => refuse(c, [{ field: "body", message: "is too large" }], 413);
  const limited = bodyLimit({ maxSize: MOST_BYTES, onError: tooLarge });
  for (const path of ["/subscribe", "/confirm", "/unsubscribe", "/preferences"])
    app.use(path, async (c, next) => {
      await next();
      // A token in the address is nobody else's to keep, index or be told of.
      c.header("Cache-Control", "no-store");
      c.header("Referrer-Policy", "no-referrer");
      c.header("X-Robots-Tag", "noindex");
    });

  app.route("/", issueRoutes(ports));
  app.post("/subscribe", limited, async (c) => {
    const given = await bodyOf(c);
    if (given === null)
      return refuse(c, [{ field: "body", message: "is no form and no JSON object" }]);
    const outcome = await subscribe(ports, given, clientOf(c));
    if (outcome.kind === "invalid") return refuse(c, outcome.problems);
    if (wantsJson(c)) return c.json({ status: "accepted" }, 202);
    return c.html(acceptedPage(languageOf(c, given["language"])), 202);
  });

  app.get("/confirm", async (c) => {
    const token = c.req.query("token") ?? "";
    const peek = await peekToken(ports, token, "confirm");
    if (peek.kind !== "good") return badLink(c, peek.kind);
    return c.html(confirmPage(token, languageOf(c, peek.subscriber?.preferences.language)));
  });
  app.post("/confirm", limited, async (c) => {
    const outcome = await confirm(ports, c.req.query("token") ?? "");
    if (outcome.kind !== "confirmed") return badLink(c, outcome.kind);
    return c.html(confirmedPage(outcome.subscriber.preferences.language));
  });

  app.get("/unsubscribe", async (c) => {
    const token = c.req.query("token") ?? "";
    const peek = await peekToken(ports, token, "unsubscribe");
    if (peek.kind !== "good") return badLink(c, peek.kind);
    return c.html(unsubscribePage(token, languageOf(c, peek.subscriber?.preferences.language)));
  });
  // RFC 8058: no cookie, no redirect, whatever the body says.
  app.post("/unsubscribe", limited, async (c) => {
    const outcome = await unsubscribe(ports, c.req.query("token") ?? "");
    if (outcome.kind === "bad") return badLink(c, "bad");
    return c.html(unsubscribedPage(languageOf(c, undefined)));
  });

  app.get("/preferences", async (c) => {
    const token = c.req.query("token") ?? "";
    const peek = await peekToken(ports, token, "preferences");
    if (peek.kind !== "good") return badLink(c, peek.kind);
    const { subscriber } = peek;
    if (subscriber === null || !["active", "paused"].includes(subscriber.state))
      return badLink(c, "bad");
    return c.html(preferencesPage(token, subscriber, ports.registry));
  });
  app.post("/preferences", limited, async (c) => {
    const given = await bodyOf(c);
    const action = PREFERENCE_ACTIONS.find((name) => name === (given?.["action"] ?? "save"));
    if (given === null || action === undefined)
      return refuse(c, [
        { field: "action", message: `is none of ${PREFERENCE_ACTIONS.join(", ")}` },
      ]);
    return preferencesAnswer(c, ports, action, given);
  });
  return app;
}

async function preferencesAnswer(
  c: Context,
  ports: Ports,
  action: PreferenceAction,
  given: Readonly<Record<string, unknown>>,
) {
  const outcome = await changePreferences(ports, c.req.query("token") ?? "", action, given);
  switch (outcome.kind) {
    case "invalid":
      return refuse(c, outcome.problems);
    case "bad":
    case "expired":
      return badLink(c, outcome.kind);
    case "later":
      c.header("Retry-After", "600");
      if (wantsJson(c)) return problem(c, 503, "mail cannot go out now, and nothing was changed");
      return c.html(laterPage(languageOf(c, given["language"])), 503);
    case "done":
      if (wantsJson(c)) return c.json({ status: "done", action });
      return c.html(
        donePage(
          action,
          languageOf(c, outcome.subscriber?.preferences.language ?? given["language"]),
        ),
      );
    default:
      return outcome satisfies never;
  }
}

function badLink(c: Context, kind: "bad" | "expired"): Response | Promise<Response> {
  const page: Page = badLinkPage(kind, languageOf(c, undefined));
  return c.html(page, kind === "bad" ? 400 : 410);
}

/** A JSON problem (RFC 9457) to a program, a page to a person. */
function refuse(
  c: Context,
  problems: readonly Problem[],
  status: 400 | 413 = 400,
): Response | Promise<Response> {
  if (!wantsJson(c)) return c.html(problemsPage(problems, languageOf(c, undefined)), status);
  const body = {
    type: "about:blank",
    title: "Bad request",
    status,
    detail: problems.map(({ field, message }) => `${field} ${message}`).join("; "),
    errors: problems,
  };
  return c.body(JSON.stringify(body), status, { "Content-Type": "application/problem+json" });
}

const wantsJson = (c: Context): boolean =>
  /\bjson\b/.test(c.req.header("Content-Type") ?? "") ||
  (c.req.header("Accept") ?? "").startsWith("application/json");

/** What was asked for, else what the browser prefers among ours. */
function languageOf(c: Context, asked: unknown): MailLanguage {
  const chosen = MailLanguage.safeParse(asked);
  return chosen.success ? chosen.data : readerLanguageOf(c);
}

/** A form or a JSON object, with `themes[]` and `themes` as one name. @returns null where it is neither */
async function bodyOf(c: Context): Promise<Record<string, unknown> | null> {
  try {
    const json = /\bjson\b/.test(c.req.header("Content-Type") ?? "");
    const given: unknown = json ? await c.req.json() : await c.req.parseBody({ all: true });
    if (typeof given !== "object" || given === null || Array.isArray(given)) return null;
    const body: Record<string, unknown> = Object.create(null);
    for (const [name, value] of Object.entries(given)) {
      const plain = name.replace(/\[\]$/, "");
      const held = body[plain];
      body[plain] = held === undefined ? value : [held, value].flat();
    }
    return body;
  } catch {
    return null;
  }
}
