import { Parser } from "htmlparser2";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { serveWeb, type WebServer } from "../../functions/local/http.ts";
import { subscriptionRoutes } from "../../shared/archive/subscription-routes.ts";
import { subscriberIdOf } from "../../shared/digests/address.ts";
import type { Store } from "../../shared/flows/ports.ts";
import {
  dynaliteServer,
  enrol,
  linkIn,
  type MailWorld,
  mailWorld,
  publish,
} from "../flows/mail-world.ts";
import type { DynamoServer } from "../servers/dynamo.ts";

let server: DynamoServer;
let world: MailWorld;
let web: WebServer;

beforeAll(async () => {
  server = await dynaliteServer();
});
afterAll(() => server.close());
beforeEach(async () => {
  world = await mailWorld(server);
  web = await serveWeb(subscriptionRoutes({ ports: world.ports }), "127.0.0.1", 0);
});
afterEach(async () => {
  await web.close();
  await world.close();
});

const form = (fields: Record<string, string> | [string, string][]) => ({
  method: "POST",
  body: new URLSearchParams(fields),
});
const json = (body: unknown) => ({
  method: "POST",
  headers: { "Content-Type": "application/json" },
  body: JSON.stringify(body),
});
const at = (link: URL) => `${web.url}${link.pathname}${link.search}`;
const load = (address: string) =>
  world.store.loadSubscriber(subscriberIdOf(world.ports.secrets.lookupKey, address));

/** Form controls of a page, as name=value. */
function controlsOf(
  html: string,
): { method: string; action: string; fields: [string, string][] }[] {
  const forms: { method: string; action: string; fields: [string, string][] }[] = [];
  let select = "";
  new Parser({
    onopentag(name, attributes) {
      if (name === "form")
        forms.push({
          method: attributes["method"] ?? "",
          action: attributes["action"] ?? "",
          fields: [],
        });
      const fields = forms.at(-1)?.fields;
      if (name === "select") select = attributes["name"] ?? "";
      const value = attributes["value"] ?? "";
      if (name === "option" && "selected" in attributes) fields?.push([select, value]);
      if (name !== "input") return;
      if (attributes["type"] === "checkbox" && !("checked" in attributes)) return;
      fields?.push([attributes["name"] ?? "", value]);
    },
  }).end(html);
  return forms;
}

describe("POST /subscribe", () => {
  it("takes a form, with [] or without, and remembers the choices", async () => {
    const answer = await fetch(
      `${web.url}/subscribe`,
      form([
        ["email", "reader@example.org"],
        ["cadence", "daily"],
        ["themes[]", "french-politics"],
        ["themes[]", "technical-debate"],
        ["jurisdictions", "FR"],
        ["language", "de"],
        ["timezone", "Europe/Berlin"],
      ]),
    );

    expect(answer.status).toBe(202);
    expect(await answer.text()).toContain("Sehen Sie in Ihr Postfach");
    expect((await load("reader@example.org"))?.preferences).toEqual({
      cadence: "daily",
      themes: ["french-politics", "technical-debate"],
      jurisdictions: ["FR"],
      dossiers: [],
      language: "de",
      timezone: "Europe/Berlin",
    });
  });

  it("takes JSON", async () => {
    const body = { email: "reader@example.org", cadence: "immediate", dossiers: ["eu-csar"] };
    const answer = await fetch(`${web.url}/subscribe`, json(body));

    expect([answer.status, await answer.json()]).toEqual([202, { status: "accepted" }]);
    expect((await load("reader@example.org"))?.preferences.dossiers).toEqual(["eu-csar"]);
  });

  it("answers a new, pending, active, former and suppressed address with the same bytes", async () => {
    await enrol(world, "pending@example.org", {}, { state: "pending" });
    await enrol(world, "active@example.org");
    await enrol(world, "former@example.org", {}, { state: "unsubscribed", sealedAddress: "" });
    const { id } = await enrol(
      world,
      "bounced@example.org",
      {},
      { state: "suppressed", sealedAddress: "" },
    );
    await world.store.suppress(id, "bounce", world.now);
    const answers: unknown[] = [];
    for (const name of ["new", "pending", "active", "former", "bounced"]) {
      const answer = await fetch(`${web.url}/subscribe`, json({ email: `${name}@example.org` }));
      const headers = [...answer.headers].filter(([header]) => header !== "date");
      answers.push([answer.status, headers, await answer.text()]);
    }

    for (const answer of answers) expect(answer).toEqual(answers[0]);
  });

  it.each([
    ["a list of addresses", json({ email: "a@x.org, evil@z.org" })],
    ["a line break", json({ email: "a@x.org\r\nBcc: evil@z.org" })],
    ["no JSON", { ...json(0), body: "{" }],
    ["a JSON list", json([])],
    ["an unknown theme", json({ email: "a@x.org", themes: ["weather"] })],
  ])(
    "refuses %s with a problem that names the field and quotes nothing",
    async (_what, request) => {
      const answer = await fetch(`${web.url}/subscribe`, request);
      const text = await answer.text();

      expect(answer.status).toBe(400);
      expect(answer.headers.get("content-type")).toBe("application/problem+json");
      expect(JSON.parse(text)).toMatchObject({
        status: 400,
        errors: [{ field: expect.any(String) }],
      });
      expect(text).not.toContain("x.org");
      expect(world.outbox).toEqual([]);
    },
  );

  it("refuses a body that no form of ours can fill", async () => {
    const answer = await fetch(
      `${web.url}/subscribe`,
      json({ email: "a@x.org", x: "x".repeat(100_000) }),
    );

    expect(answer.status).toBe(413);
  });
});

/** The store as it is, counting every write that reaches it. */
function countingWrites(store: Store): { store: Store; writes: string[] } {
  const writes: string[] = [];
  const writing =
    /^(?:save|put|settle|add|remove|commit|mark|claim|record|suppress|lift|delete|count|beat|sweep|seed|release|acquire)/;
  const wrapped = Object.fromEntries(
    Object.entries(store).map(([name, work]) => [
      name,
      (...args: unknown[]) => {
        if (writing.test(name)) writes.push(name);
        return (work as (...given: unknown[]) => unknown)(...args);
      },
    ]),
  );
  return { store: wrapped as unknown as Store, writes };
}

describe("links in mail", () => {
  it("a scanner that fetches every link twenty times writes nothing, and the buttons still work", async () => {
    await fetch(`${web.url}/subscribe`, json({ email: "reader@example.org", cadence: "daily" }));
    const [mail] = world.outbox;
    const { store, writes } = countingWrites(world.store);
    const watched = await serveWeb(
      subscriptionRoutes({ ports: { ...world.ports, store } }),
      "127.0.0.1",
      0,
    );
    const links = ["confirm", "unsubscribe", "preferences"].map((purpose) => linkIn(mail, purpose));
    for (const link of links)
      for (const method of ["GET", "HEAD", "OPTIONS"])
        for (let i = 0; i < 20; i += 1) {
          const answer = await fetch(`${watched.url}${link.pathname}${link.search}`, { method });
          await answer.arrayBuffer();
        }
    const scanned = [...writes];
    const posted = await fetch(`${watched.url}${links[0]?.pathname}${links[0]?.search}`, {
      method: "POST",
    });
    await watched.close();

    expect(scanned).toEqual([]);
    expect(posted.status).toBe(200);
    expect((await load("reader@example.org"))?.state).toBe("active");
  });

  it("a page has one button, no script, and its form posts to where the link led", async () => {
    await fetch(`${web.url}/subscribe`, json({ email: "reader@example.org", language: "fr" }));
    const link = linkIn(world.outbox[0], "confirm");
    const answer = await fetch(at(link));
    const html = await answer.text();
    const [only, ...others] = controlsOf(html);

    expect(others).toEqual([]);
    expect(only).toMatchObject({ method: "post", action: `${link.pathname}${link.search}` });
    expect(html).toContain('<html lang="fr">');
    expect(html).not.toMatch(/<script|http-equiv|onload/i);
    expect(html).not.toContain("reader@");
    expect(answer.headers.get("cache-control")).toBe("no-store");
    expect(answer.headers.get("referrer-policy")).toBe("no-referrer");
  });

  it("one click from the mail program unsubscribes: 200, no redirect, no cookie, twice", async () => {
    await enrol(world, "reader@example.org");
    await fetch(`${web.url}/subscribe`, json({ email: "reader@example.org" }));
    const header = world.outbox[0]?.headers["List-Unsubscribe"] ?? "";
    const link = new URL(header.slice(1, -1));
    const click = () =>
      fetch(at(link), { ...form({ "List-Unsubscribe": "One-Click" }), redirect: "manual" });
    const answers = [await click(), await click()];

    expect(answers.map(({ status }) => status)).toEqual([200, 200]);
    expect(answers[0]?.headers.get("set-cookie")).toBeNull();
    expect((await load("reader@example.org"))?.state).toBe("unsubscribed");
  });

  it.each(["/confirm", "/unsubscribe", "/preferences"])(
    "%s without a good token says so, and nothing more",
    async (path) => {
      const answers = await Promise.all(
        ["", "?token=", "?token=u.x.0.0.y", `?token=${"x".repeat(5_000)}`].flatMap((query) =>
          ["GET", "POST"].map((method) => fetch(`${web.url}${path}${query}`, { method })),
        ),
      );

      expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 400));
    },
  );
});

describe("preferences by mailed link", () => {
  const prepare = async () => {
    await enrol(world, "reader@example.org", {
      cadence: "weekly",
      language: "fr",
      themes: ["french-politics"],
      dossiers: ["eu-csar" as never],
    });
    await fetch(`${web.url}/subscribe`, json({ email: "reader@example.org" }));
    return linkIn(world.outbox[0], "preferences");
  };

  it("the form shows what was chosen: sent back untouched, it changes nothing", async () => {
    const link = await prepare();
    const before = await load("reader@example.org");
    const html = await (await fetch(at(link))).text();
    const [save] = controlsOf(html);
    const answer = await fetch(`${web.url}${save?.action}`, form(save?.fields ?? []));

    expect(html).not.toContain("reader@");
    expect(answer.status).toBe(200);
    expect((await load("reader@example.org"))?.preferences).toEqual(before?.preferences);
  });

  it("changes cadence and choices; none chosen means all", async () => {
    const link = await prepare();
    const answer = await fetch(
      at(link),
      form({ action: "save", cadence: "daily", language: "en", timezone: "Asia/Tokyo" }),
    );
    const after = await load("reader@example.org");

    expect(answer.status).toBe(200);
    expect(after?.preferences).toMatchObject({
      cadence: "daily",
      language: "en",
      themes: [],
      dossiers: [],
    });
    expect(after?.nextDigestAt).toBe("2026-03-02T22:00:00.000Z");
  });

  it("what is kept goes to the mailbox, and never onto the page", async () => {
    const link = await prepare();
    const answer = await fetch(at(link), form({ action: "export" }));
    const text = world.outbox.at(-1)?.text ?? "";

    expect(await answer.text()).not.toContain("reader@");
    expect(world.outbox.at(-1)?.to).toBe("reader@example.org");
    expect(text).toContain('"address": "reader@example.org"');
    expect(text).toContain("french-politics");
  });

  it("asked for mail at once while none can go out, says when to come back and changes nothing", async () => {
    await enrol(world, "daily@example.org", { cadence: "daily" });
    await fetch(`${web.url}/subscribe`, json({ email: "daily@example.org" }));
    const link = linkIn(world.outbox[0], "preferences");
    await publish(world, "gathered");
    world.now = new Date(world.now.getTime() + 3_600_000);
    world.answer = () => ({ kind: "deferred", detail: "451 not now" });
    const answer = await fetch(at(link), form({ action: "save", cadence: "immediate" }));

    expect(answer.status).toBe(503);
    expect(answer.headers.get("Retry-After")).toBe("600");
    expect(await answer.text()).toContain("Nothing was changed");
    expect((await load("daily@example.org"))?.preferences.cadence).toBe("daily");
  });

  it("an action that is none changes nothing", async () => {
    const link = await prepare();
    const answer = await fetch(at(link), form({ action: "drop" }));

    expect(answer.status).toBe(400);
    expect((await load("reader@example.org"))?.state).toBe("active");
  });

  it("after deletion the link works no more", async () => {
    const link = await prepare();
    await fetch(at(link), form({ action: "delete" }));

    expect((await fetch(at(link))).status).toBe(400);
    expect(await load("reader@example.org")).toBeNull();
  });
});
