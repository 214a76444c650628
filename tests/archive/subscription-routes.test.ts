import { Parser } from "htmlparser2";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { serveWeb, type WebServer } from "../../functions/local/http.ts";
import { subscriptionRoutes } from "../../shared/archive/subscription-routes.ts";
import { clientKeyOf, subscriberIdOf } from "../../shared/digests/address.ts";
import type { Store } from "../../shared/flows/ports.ts";
import { MOST_PER_CLIENT_DAY } from "../../shared/flows/sign-up-caps.ts";
import {
  enrol,
  flowServer,
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
  server = await flowServer();
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
      expect(answer.headers.get("content-type")).toMatch(/^application\/problem\+json/);
      expect(JSON.parse(text)).toMatchObject({
        status: 400,
        errors: [{ field: expect.any(String) }],
      });
      expect(text).not.toContain("x.org");
      expect(world.outbox).toEqual([]);
    },
  );

  it.each([
    [{ dossiers: ["nosuch"] }, "dossiers", "nosuch"],
    [{ themes: ["technical-debate", "weather"] }, "themes", "weather"],
    [{ jurisdictions: ["UK"] }, "jurisdictions", "UK"],
    [{ timezone: "Mars/Olympus" }, "timezone", "Mars/Olympus"],
    [{ language: "nl" }, "language", "nl"],
    [{ cadence: "hourly" }, "cadence", "hourly"],
  ])("names field and value of %j", async (wrong, field, value) => {
    const answer = await fetch(`${web.url}/subscribe`, json({ email: "a@x.org", ...wrong }));
    const body = (await answer.json()) as { detail: string };

    expect(answer.status).toBe(400);
    expect(body).toMatchObject({ errors: [{ field, value }] });
    expect(body.detail).toContain(`${field}: “${value}”`);
    expect(world.outbox).toEqual([]);
  });

  it("shows no address that was put into another field", async () => {
    const answer = await fetch(
      `${web.url}/subscribe`,
      json({ email: "a@x.org", timezone: "victim@z.org" }),
    );

    expect(answer.status).toBe(400);
    expect(await answer.text()).not.toContain("z.org");
  });

  it("a form that asks for more than a network's share of a day is told so, whoever's address it is", async () => {
    await enrol(world, "active@example.org");
    const fields = (email: string) => form({ email, language: "fr" });
    for (let i = 0; i < MOST_PER_CLIENT_DAY; i += 1)
      await world.store.countAttempt(
        clientKeyOf(world.ports.secrets.lookupKey, "127.0.0.1"),
        new Date("2026-03-02T00:00:00.000Z"),
        86_400,
      );
    const answers = await Promise.all(
      ["active@example.org", "new@example.org"].map(async (email) => {
        const answer = await fetch(`${web.url}/subscribe`, fields(email));
        return [answer.status, answer.headers.get("Retry-After"), await answer.text()] as const;
      }),
    );

    expect(answers[0]).toEqual(answers[1]);
    expect(answers[0]?.slice(0, 2)).toEqual([429, String(14 * 3_600)]);
    expect(answers[0]?.[2]).toContain("réessayez demain");
  });

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
    expect(html).toContain("<bdi>r…@example.org</bdi>");
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

  it.each([
    ["fr", "Se désabonner", "Vous êtes désabonné"],
    ["de", "Abbestellen", "Sie sind abgemeldet"],
    ["en", "Unsubscribe", "You are unsubscribed"],
  ] as const)(
    "unsubscribing asks and answers in the reader's language (%s), and asks no more once it is done",
    async (language, question, done) => {
      await enrol(world, "reader@example.org", { language });
      await fetch(`${web.url}/subscribe`, json({ email: "reader@example.org" }));
      const link = at(linkIn(world.outbox[0], "unsubscribe"));
      // The browser's language is another one.
      const headers = { "Accept-Language": language === "en" ? "fr" : "en" };
      const asked = await (await fetch(link, { headers })).text();
      const answered = await (await fetch(link, { method: "POST", headers })).text();
      const again = await (await fetch(link, { headers })).text();

      expect(asked).toContain(`<h1>${question}</h1>`);
      expect(controlsOf(asked)).toHaveLength(1);
      for (const html of [answered, again]) {
        expect(html).toContain(done);
        expect(controlsOf(html)).toEqual([]);
      }
    },
  );

  it("a confirmed link shows that it is, and offers its button no more", async () => {
    await fetch(`${web.url}/subscribe`, json({ email: "reader@example.org", language: "de" }));
    const link = at(linkIn(world.outbox[0], "confirm"));
    await fetch(link, { method: "POST" });
    const html = await (await fetch(link)).text();

    expect(html).toContain("Sie sind angemeldet");
    expect(controlsOf(html)).toEqual([]);
  });

  it("a link that is too old says so in its reader's language", async () => {
    await enrol(world, "reader@example.org", { language: "fr" });
    await fetch(`${web.url}/subscribe`, json({ email: "reader@example.org" }));
    const link = at(linkIn(world.outbox[0], "preferences"));
    world.now = new Date(world.now.getTime() + 61 * 86_400_000);
    const answer = await fetch(link);

    expect(answer.status).toBe(410);
    expect(await answer.text()).toContain("Il est trop ancien");
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

    expect(html).toContain("<bdi>reader@example.org</bdi>");
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

  it("what is not confirmed is carried unless its box is left unticked, and the form shows that", async () => {
    const link = await prepare();
    const boxOf = async () =>
      /<input type="checkbox" name="possible"[^>]*>/.exec(
        await (await fetch(at(link))).text(),
      )?.[0];
    const before = await boxOf();
    await fetch(at(link), form({ action: "save", cadence: "daily", possible: "0" }));
    const no = await load("reader@example.org");
    const after = await boxOf();
    const [save] = controlsOf(await (await fetch(at(link))).text());
    await fetch(`${web.url}${save?.action}`, form(save?.fields ?? []));
    const still = await load("reader@example.org");
    await fetch(at(link), form([...(save?.fields ?? []), ["possible", "1"]]));
    const yes = await load("reader@example.org");

    expect([before, after].map((box) => box?.includes("checked"))).toEqual([true, false]);
    expect([no, still, yes].map((reader) => reader?.preferences.possible)).toEqual([
      false,
      false,
      undefined,
    ]);
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

  it("deleting is a second step: its link asks, in the reader's language, and only its button deletes", async () => {
    const link = await prepare();
    const html = await (await fetch(at(link))).text();
    const asking = /href="([^"]+step=delete)"/.exec(html)?.[1]?.replaceAll("&amp;", "&") ?? "";
    const page = await (await fetch(`${web.url}${asking}`)).text();
    const asked = await load("reader@example.org");
    const [only, ...others] = controlsOf(page);
    const answer = await fetch(`${web.url}${only?.action}`, form(only?.fields ?? []));

    expect(controlsOf(html).map(({ fields }) => fields[0]?.[1])).not.toContain("delete");
    expect(page).toContain("Tout effacer ?");
    expect(page).toContain("reader@example.org");
    expect(asked?.state).toBe("active");
    expect(others).toEqual([]);
    expect(await answer.text()).toContain("Effacé.");
    expect(await load("reader@example.org")).toBeNull();
  });

  it("what was wrong in the form is told in the reader's words, and nothing is changed", async () => {
    const link = await prepare();
    const answer = await fetch(
      at(link),
      form({ action: "save", timezone: "Mars/Olympus", dossiers: "nosuch" }),
    );
    const html = await answer.text();

    expect(answer.status).toBe(400);
    expect(html).toContain("<code><bdi>Mars/Olympus</bdi></code>");
    expect(html).toContain("Ce n’est pas un fuseau horaire.");
    expect((await load("reader@example.org"))?.preferences.timezone).toBe("UTC");
  });

  it("a dossier that was chosen and is followed no more may stay chosen; another such may not", async () => {
    await enrol(world, "old@example.org", { dossiers: ["merged-away" as never] });
    await fetch(`${web.url}/subscribe`, json({ email: "old@example.org" }));
    const link = linkIn(world.outbox[0], "preferences");
    const kept = await fetch(at(link), form({ action: "save", dossiers: "merged-away" }));
    const other = await fetch(at(link), form({ action: "save", dossiers: "nosuch" }));

    expect([kept.status, other.status]).toEqual([200, 400]);
  });

  it("a second export of a day is told in words, and to a program with when to come back", async () => {
    const link = await prepare();
    await fetch(at(link), form({ action: "export" }));
    world.now = new Date(world.now.getTime() + 3_600_000);
    const page = await fetch(at(link), form({ action: "export" }));
    const program = await fetch(at(link), json({ action: "export" }));

    expect(page.status).toBe(429);
    expect(await page.text()).toContain("Un nouvel envoi pourra être demandé");
    expect(program.headers.get("Retry-After")).toBe(String(23 * 3_600));
    expect(world.outbox).toHaveLength(2);
  });

  it("after deletion the link works no more", async () => {
    const link = await prepare();
    await fetch(at(link), form({ action: "delete" }));

    expect((await fetch(at(link))).status).toBe(400);
    expect(await load("reader@example.org")).toBeNull();
  });
});
