// Sign-up and the links in mail. A GET or HEAD looks, and never writes; a POST acts, once or twice alike.

import { type Context, Hono, type MiddlewareHandler } from "hono";
import { bodyLimit } from "hono/body-limit";
import { openAddress } from "../digests/address.ts";
import type { Problem } from "../digests/subscribe-request.ts";
import type { Subscriber } from "../domain/subscriber.ts";
import type { MailLanguage } from "../domain/vocabulary.ts";
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
import { isLocal } from "./mailbox-routes.ts";
import {
  acceptedPage,
  badLinkPage,
  confirmedPage,
  confirmPage,
  deletePage,
  donePage,
  laterPage,
  preferencesPage,
  problemsPage,
  refusedPage,
  tooSoonPage,
  unsubscribedPage,
  unsubscribePage,
} from "./pages/subscription-pages.ts";
import { problem } from "./problem.ts";
import { clientOf } from "./subscription-client.ts";
import { issueRoutes } from "./subscription-issues.ts";
import { languageOf, subscriberLanguage } from "./subscription-language.ts";

export interface SubscriptionDeps {
  readonly ports: Ports;
  /** True where mail stays in the built-in mailbox: whoever is at this machine is shown the way there. */
  readonly hasMailbox?: boolean;
}

/** More than any form of ours can fill. */
const MOST_BYTES = 32 * 1024;

const tokenOf = (c: Context): string => c.req.query("token") ?? "";

export function subscriptionRoutes({ ports, hasMailbox = false }: SubscriptionDeps): Hono {
  const app = new Hono();
  const tooLarge = (c: Context) =>
    refuse(c, [{ field: "body", message: "is too large" }], languageOf(c), 413);
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
  app.post("/subscribe", limited, async (c) => subscribeAnswer(c, ports, hasMailbox));
  confirmRoutes(app, ports, limited);
  unsubscribeRoutes(app, ports, limited);

  app.get("/preferences", async (c) => {
    const peek = await peekToken(ports, tokenOf(c), "preferences");
    const language = await subscriberLanguage(ports, c, "preferences");
    if (peek.kind !== "good") return badLink(c, peek.kind, language);
    const { subscriber } = peek;
    if (subscriber === null || !isLive(subscriber)) return badLink(c, "bad", language);
    const reader = { subscriber, address: addressOf(ports, subscriber), token: tokenOf(c) };
    // The second step of a deletion: still a look, and a button that acts.
    if (c.req.query("step") === "delete") return c.html(deletePage(reader));
    return c.html(preferencesPage(reader, ports.registry));
  });
  app.post("/preferences", limited, async (c) => {
    const language = await subscriberLanguage(ports, c, "preferences");
    const given = await bodyOf(c);
    const action = PREFERENCE_ACTIONS.find((name) => name === (given?.["action"] ?? "save"));
    if (given === null || action === undefined)
      return refuse(
        c,
        [{ field: "action", message: `is none of ${PREFERENCE_ACTIONS.join(", ")}` }],
        language,
      );
    return preferencesAnswer(c, ports, action, given, language);
  });
  return app;
}

async function subscribeAnswer(c: Context, ports: Ports, hasMailbox: boolean) {
  const given = await bodyOf(c);
  if (given === null)
    return refuse(c, [{ field: "body", message: "is no form and no JSON object" }], languageOf(c));
  const language = languageOf(c, given["language"]);
  const outcome = await subscribe(ports, given, clientOf(c));
  switch (outcome.kind) {
    case "invalid":
      return refuse(c, outcome.problems, language);
    case "refused": {
      c.header("Retry-After", String(outcome.retryAfterSeconds));
      const status = outcome.cause === "client" ? 429 : 503;
      if (wantsJson(c)) return problem(c, status, REFUSED[outcome.cause]);
      return c.html(refusedPage(outcome.cause, language), status);
    }
    case "accepted":
      if (wantsJson(c)) return c.json({ status: "accepted" }, 202);
      return c.html(acceptedPage(language, hasMailbox && isLocal(c)), 202);
    default:
      return outcome satisfies never;
  }
}

const REFUSED = {
  client: "more sign-ups came from this network today than can be mailed; nothing was kept",
  everybody: "more sign-ups came today than can be mailed; nothing was kept",
} as const;

function confirmRoutes(app: Hono, ports: Ports, limited: MiddlewareHandler): void {
  app.get("/confirm", async (c) => {
    const token = tokenOf(c);
    const peek = await peekToken(ports, token, "confirm");
    const language = await subscriberLanguage(ports, c, "confirm");
    if (peek.kind !== "good") return badLink(c, peek.kind, language);
    const { subscriber } = peek;
    // Of a sign-up that has ended, or that another one has replaced: its button would do nothing.
    if (subscriber?.createdAt !== peek.token.signUp) return badLink(c, "bad", language);
    if (isLive(subscriber)) return c.html(confirmedPage(language));
    if (subscriber.state !== "pending") return badLink(c, "bad", language);
    return c.html(confirmPage(token, maskedAddress(ports, subscriber), language));
  });
  app.post("/confirm", limited, async (c) => {
    const language = await subscriberLanguage(ports, c, "confirm");
    const outcome = await confirm(ports, tokenOf(c));
    if (outcome.kind !== "confirmed") return badLink(c, outcome.kind, language);
    return c.html(confirmedPage(language));
  });
}

function unsubscribeRoutes(app: Hono, ports: Ports, limited: MiddlewareHandler): void {
  app.get("/unsubscribe", async (c) => {
    const token = tokenOf(c);
    const peek = await peekToken(ports, token, "unsubscribe");
    const language = await subscriberLanguage(ports, c, "unsubscribe");
    if (peek.kind !== "good") return badLink(c, peek.kind, language);
    const { subscriber } = peek;
    const isDone = subscriber === null || !(isLive(subscriber) || subscriber.state === "pending");
    if (isDone) return c.html(unsubscribedPage(language));
    return c.html(unsubscribePage(token, maskedAddress(ports, subscriber), language));
  });
  // RFC 8058: no cookie, no redirect, whatever the body says.
  app.post("/unsubscribe", limited, async (c) => {
    // Asked before: a sign-up that was never confirmed may be forgotten with the rest.
    const language = await subscriberLanguage(ports, c, "unsubscribe");
    const outcome = await unsubscribe(ports, tokenOf(c));
    if (outcome.kind === "bad") return badLink(c, "bad", language);
    return c.html(unsubscribedPage(language));
  });
}

const isLive = ({ state }: Subscriber): boolean => state === "active" || state === "paused";

/** To whoever holds a link that can change and delete all of it. Null where it was sealed with a key that is gone. */
function addressOf(ports: Ports, { sealedAddress }: Subscriber): string | null {
  try {
    return openAddress(ports.secrets.addressKey, sealedAddress);
  } catch {
    return null;
  }
}

/** On pages that a link in any old mail opens: enough to know one's own address again, and no more. */
function maskedAddress(ports: Ports, subscriber: Subscriber): string | null {
  const address = addressOf(ports, subscriber);
  return address?.replace(/^(.).*(?=@)/, "$1…") ?? null;
}

async function preferencesAnswer(
  c: Context,
  ports: Ports,
  action: PreferenceAction,
  given: Readonly<Record<string, unknown>>,
  language: MailLanguage,
) {
  const outcome = await changePreferences(ports, tokenOf(c), action, given);
  switch (outcome.kind) {
    case "invalid":
      return refuse(c, outcome.problems, language);
    case "bad":
    case "expired":
      return badLink(c, outcome.kind, language);
    case "tooSoon":
      c.header("Retry-After", String(outcome.retryAfterSeconds));
      if (wantsJson(c)) return problem(c, 429, "one export a day, and today's is mailed already");
      return c.html(tooSoonPage(language), 429);
    case "later":
      c.header("Retry-After", "600");
      if (wantsJson(c)) return problem(c, 503, "mail cannot go out now, and nothing was changed");
      return c.html(laterPage(language), 503);
    case "done":
      if (wantsJson(c)) return c.json({ status: "done", action });
      return c.html(donePage(action, outcome.subscriber?.preferences.language ?? language));
    default:
      return outcome satisfies never;
  }
}

function badLink(
  c: Context,
  kind: "bad" | "expired",
  language: MailLanguage,
): Response | Promise<Response> {
  return c.html(badLinkPage(kind, language), kind === "bad" ? 400 : 410);
}

/** A JSON problem (RFC 9457) to a program, a page to a person. */
function refuse(
  c: Context,
  problems: readonly Problem[],
  language: MailLanguage,
  status: 400 | 413 = 400,
): Response | Promise<Response> {
  if (!wantsJson(c)) return c.html(problemsPage(problems, language), status);
  const detail = problems.map(({ field, message }) => `${field}: ${message}`).join("; ");
  return problem(c, status, detail, { errors: problems });
}

const wantsJson = (c: Context): boolean =>
  /\bjson\b/.test(c.req.header("Content-Type") ?? "") ||
  (c.req.header("Accept") ?? "").startsWith("application/json");

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
