import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { subscriptionRoutes } from "../../shared/archive/subscription-routes.ts";
import { issueIdOf, issueRequestOf } from "../../shared/digests/issue-snapshot.ts";
import { planDigests } from "../../shared/flows/plan-digests.ts";
import {
  enrol,
  flowServer,
  type MailWorld,
  mailWorld,
  publish,
  resurface,
  wait,
} from "../flows/mail-world.ts";
import type { DynamoServer } from "../servers/dynamo.ts";
import { sampleDecision } from "../store/samples.ts";

let server: DynamoServer;
let world: MailWorld;

beforeAll(async () => {
  server = await flowServer();
});
afterAll(() => server.close());
beforeEach(async () => {
  world = await mailWorld(server);
});
afterEach(() => world.close());

const open = (path: string) => subscriptionRoutes({ ports: world.ports }).request(path);

describe("a mail's link to itself", () => {
  it("shows what the mail told, and is the same for everybody with the same choices", async () => {
    await enrol(world, "a@example.org", {
      cadence: "daily",
      language: "fr",
      jurisdictions: ["FR"],
    });
    wait(world, 3_600);
    await enrol(world, "b@example.org", {
      cadence: "daily",
      language: "fr",
      jurisdictions: ["FR"],
    });
    await publish(world, "told");
    await publish(world, "elsewhere", {}, { jurisdiction: "DE" });
    await resurface(world, "comeback");
    wait(world, 86_400);
    await planDigests(world.ports);
    const links = world.outbox.map(({ text }) => /https:\S+\/issues\?\S+/.exec(text)?.[0] ?? "");
    const url = new URL(links[0] ?? "");
    const answer = await open(url.pathname + url.search);
    const html = await answer.text();

    expect(links[0]).toBe(links[1]);
    expect(answer.status).toBe(200);
    expect(html).toContain("De retour après un rejet et 200 jours de silence");
    expect(html).toContain('href="https://example.org/told"');
    expect(html).not.toContain("elsewhere");
    expect(html).not.toMatch(/token=|example\.org<|a@example|b@example/);
  });

  it("stays as it was first mailed, for everybody, and says what was taken back since", async () => {
    for (const name of ["a", "b"])
      await enrol(world, `${name}@example.org`, { cadence: "daily", timezone: "UTC" });
    const item = await publish(world, "told");
    const event = await resurface(world, "comeback");
    wait(world, 86_400);
    await planDigests(world.ports);
    const link = new URL(/https:\S+\/issues\?\S+/.exec(world.outbox[0]?.text ?? "")?.[0] ?? "");
    const before = await (await open(link.pathname + link.search)).text();
    // Rewritten by its publisher, and the event turns out to be a false alarm.
    const revised = { ...item, revision: 2, title: "Something else", fingerprint: "other" };
    await world.store.putPending(revised, null);
    await world.store.settleItem(revised, sampleDecision(), world.now);
    const record = await world.store.loadDossier(event.dossier);
    if (record === null) throw new Error("no dossier");
    const retracted = { ...event, state: "retracted" } as const;
    await world.store.commitDossier(record, [retracted], world.now, world.now);
    const answer = await open(link.pathname + link.search);
    const after = await answer.text();

    expect(before).toContain("Porte dérobée told");
    expect(before).not.toContain("Corrected since");
    expect(after).toContain("Porte dérobée told");
    expect(after).not.toContain("Something else");
    expect(after).toContain("Corrected since: this was no comeback.");
    expect(answer.headers.get("cache-control")).toContain("public");
  });

  it("shows apart what was not confirmed, and leaves it out for who said no", async () => {
    await enrol(world, "a@example.org", { cadence: "daily" });
    await enrol(world, "b@example.org", { cadence: "daily", possible: false });
    await resurface(world, "rumour", { event: "possible", reportedBy: "press" });
    wait(world, 86_400);
    await planDigests(world.ports);
    const pages = await Promise.all(
      ["a", "b"].map(async (name) => {
        const mail = world.outbox.find(({ to }) => to === `${name}@example.org`);
        const link = new URL(/https:\S+\/issues\?\S+/.exec(mail?.text ?? "")?.[0] ?? "");
        return (await open(link.pathname + link.search)).text();
      }),
    );

    expect(pages[0]).toMatch(/<h2>Reported, not confirmed<\/h2>[\s\S]*Not confirmed: Back/);
    expect(pages[1]).not.toContain("onfirmed");
    for (const page of pages) expect(page.match(/href="[^"]*rumour"/g)).toHaveLength(1);
  });

  it("is kept once by whoever is first, and under no name of a person", async () => {
    const issue = {
      title: "first",
      from: "2026-03-01T07:00:00.000Z",
      to: "2026-03-02T07:00:00.000Z",
      resurfaced: [],
      items: [],
      left: 0,
    };

    expect(await world.store.putIssue("same", issue)).toBe(true);
    expect(await world.store.putIssue("same", { ...issue, title: "second" })).toBe(false);
    expect(await world.store.loadIssue("same")).toEqual(issue);
    expect(await world.store.loadIssue("other")).toBeNull();
  });

  it("has one name whatever the order of the filters, the reader's zone and the hour they joined", () => {
    const to = new Date("2026-03-02T07:00:00.000Z");
    const preferences = {
      cadence: "daily" as const,
      themes: ["technical-debate" as const, "french-politics" as const],
      jurisdictions: ["FR", "DE"],
      dossiers: [],
      language: "en" as const,
      timezone: "Europe/Paris",
    };
    const other = {
      ...preferences,
      themes: [...preferences.themes].reverse(),
      jurisdictions: ["DE", "FR"],
      timezone: "UTC",
      quietNote: true,
    };
    const nameOf = (choices: typeof preferences, from: string) =>
      issueIdOf(issueRequestOf(choices, { from: new Date(from), to }));
    const name = nameOf(preferences, "2026-03-01T07:00:00.000Z");

    expect(nameOf(other, "2026-03-01T15:20:00.000Z")).toBe(name);
    const without = { ...preferences, possible: false };
    expect(nameOf(without, "2026-03-01T07:00:00.000Z")).not.toBe(name);
    expect(nameOf({ ...preferences, possible: true } as never, "2026-03-01T07:00:00.000Z")).toBe(
      name,
    );
    expect(nameOf({ ...preferences, themes: [] }, "2026-03-01T07:00:00.000Z")).not.toBe(name);
    expect(nameOf(preferences, "2026-02-27T07:00:00.000Z")).not.toBe(name);
  });

  it.each([
    "/issues",
    "/issues?cadence=immediate&to=2026-03-03T07:00:00Z&days=1&language=en",
    "/issues?cadence=daily&to=2026-03-03T07:00:00Z&days=400&language=en",
    "/issues?cadence=daily&to=yesterday&days=1&language=en",
    "/issues?cadence=daily&to=2026-03-03T07:00:00Z&days=1&language=en&theme=weather",
  ])("%s names none, and says so", async (path) => {
    expect((await open(path)).status).toBe(400);
  });
});
