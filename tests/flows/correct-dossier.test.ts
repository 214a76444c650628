import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { runDossiers } from "../../functions/cli/dossiers.ts";
import { runEvents } from "../../functions/cli/events.ts";
import { explainById } from "../../functions/cli/explain.ts";
import type { DossierEvent } from "../../shared/domain/dossier.ts";
import { DossierId, FeedId, itemIdOf } from "../../shared/domain/ids.ts";
import type { Item } from "../../shared/domain/item.ts";
import { loadRegistry } from "../../shared/dossiers/registry.ts";
import type { Ports } from "../../shared/flows/ports.ts";
import { settleItem } from "../../shared/flows/settle-item.ts";
import { loadModels } from "../../shared/matching/load-models.ts";
import { type DynamoServer, flowServer, openStore } from "../servers/dynamo.ts";

let dynamo: DynamoServer;
let ports: Ports;
const now = new Date("2026-03-01T12:00:00Z");
const models = loadModels();

beforeAll(async () => {
  dynamo = await flowServer();
});
afterAll(() => dynamo.close());
beforeEach(async () => {
  const { store } = await openStore(dynamo.endpoint, () => now);
  ports = {
    store,
    models,
    registry: loadRegistry(),
    now: () => now,
    log: () => undefined,
    settings: { coalesceSeconds: 600 },
  } as unknown as Ports;
});

function itemOf(title: string, day: string, kind: "press" | "parliament" | "ngo" = "press"): Item {
  const feed = FeedId.parse("us-paper");
  const at = `${day}T09:00:00.000Z`;
  return {
    id: itemIdOf(feed, `${title}${day}`),
    feed: { id: feed, kind, jurisdiction: "US", language: "en" },
    guid: title,
    url: null,
    title,
    summary: "",
    publishedAt: at,
    firstSeenAt: at,
    effectiveAt: at,
    stageHint: null,
    revision: 1,
    fingerprint: title,
    backfill: false,
    sources: [],
  };
}

const NEWS = itemOf("Senators reintroduce EARN IT Act", "2026-02-10");

async function events(): Promise<DossierEvent[]> {
  const page = await ports.store.listEvents(50, null, null);
  return page.rows.map((stored) => stored.event);
}

async function command(
  run: typeof runEvents,
  ...argv: string[]
): Promise<{ code: number; out: string; err: string }> {
  const said = { out: "", err: "" };
  const io = {
    stdin: process.stdin,
    stdout: { write: (text: string) => (said.out += text) },
    stderr: { write: (text: string) => (said.err += text) },
  };
  return { code: await run(argv, io, ports), ...said };
}

describe("a false alarm can be taken back", () => {
  test("a retracted event is shown as such, with its reason, and is not mailed", async () => {
    await settleItem(ports, NEWS);
    const [event] = await events();

    const said = await command(runEvents, "retract", event?.id ?? "", "--reason", "an old bill");

    expect(said).toMatchObject({ code: 0, err: "" });
    expect(await events()).toMatchObject([
      { state: "retracted", reason: "retracted: an old bill" },
    ]);
    expect(await ports.store.eventsToAnnounce(new Date("2027-01-01"), 10)).toEqual([]);
  });

  test("and stays so when the institution's item comes a day later", async () => {
    await settleItem(ports, NEWS);
    const [event] = await events();
    await command(runEvents, "retract", event?.id ?? "", "--reason", "an old bill");

    await settleItem(
      ports,
      itemOf("S.1207: EARN IT Act, reintroduced", "2026-02-09", "parliament"),
    );

    expect((await events()).filter((one) => one.state === "standing")).toEqual([]);
  });

  test("and is final: to confirm it says so and changes nothing", async () => {
    await settleItem(ports, NEWS);
    const [event] = await events();
    await command(runEvents, "retract", event?.id ?? "", "--reason", "an old bill");
    const before = await ports.store.listMoves(event?.dossier as never);

    const said = await command(runEvents, "confirm", event?.id ?? "");

    expect(said.code).toBe(2);
    expect(await ports.store.listMoves(event?.dossier as never)).toEqual(before);
    expect((await events()).map((one) => one.state)).toEqual(["retracted"]);
  });

  test("a retraction needs its reason, and an event that exists", async () => {
    await settleItem(ports, NEWS);
    const [event] = await events();

    expect((await command(runEvents, "retract", event?.id ?? "")).code).toBe(2);
    expect((await command(runEvents, "retract", "A".repeat(16), "--reason", "x")).code).toBe(1);
    expect((await events())[0]?.state).toBe("standing");
  });
});

describe("a possible event waits for the operator", () => {
  const UNSURE = itemOf("EARN IT Act may return this spring", "2026-02-10");

  test("confirmed, it is news", async () => {
    await settleItem(ports, UNSURE);
    const [event] = await events();
    expect(event?.event).toBe("possible");
    expect(await ports.store.eventsToAnnounce(new Date("2027-01-01"), 10)).toEqual([]);

    await command(runEvents, "confirm", event?.id ?? "");

    expect(await events()).toMatchObject([{ event: "resurfaced", confidence: 1 }]);
    expect(await ports.store.eventsToAnnounce(new Date("2027-01-01"), 10)).toHaveLength(1);
  });

  test("rejected, it is none", async () => {
    await settleItem(ports, UNSURE);
    const [event] = await events();

    await command(runEvents, "reject", event?.id ?? "");

    expect(await events()).toMatchObject([{ state: "retracted" }]);
  });
});

describe("a dossier can be set right", () => {
  test("where a stage is set by hand, the next move is measured from there", async () => {
    const set = ["us-earnit", "withdrawn", "--reason", "seen", "--at", "2026-01-31"];
    expect((await command(runDossiers, "set-stage", ...set)).code).toBe(0);

    await settleItem(ports, NEWS);

    expect(await events()).toMatchObject([{ from: "withdrawn", quietDays: 10 }]);
  });

  test("a muted one raises nothing", async () => {
    await command(runDossiers, "mute", "us-earnit");

    await settleItem(ports, itemOf("Senators reintroduce EARN IT Act", "2026-03-05"));

    expect(await events()).toEqual([]);
  });

  test("moves given to another dossier raise their event there, and no longer here", async () => {
    await settleItem(ports, NEWS);

    const said = await command(runDossiers, "split", "us-earnit", "us-laed", NEWS.id);

    expect(said).toMatchObject({ code: 0 });
    const states = (await events()).map(({ dossier, state }) => `${dossier} ${state}`).sort();
    expect(states).toEqual(["us-earnit superseded", "us-laed standing"]);
    // What is left says where they went.
    expect(await ports.store.listMoves(DossierId.parse("us-earnit"))).toMatchObject([
      { traits: { verdict: "give", into: "us-laed" } },
    ]);
  });

  test("a dossier or stage that does not exist is said to be wrong", async () => {
    expect((await command(runDossiers, "mute", "xx-nothing")).code).toBe(1);
    expect(
      (await command(runDossiers, "set-stage", "us-earnit", "asleep", "--reason", "x")).code,
    ).toBe(2);
    expect((await command(runDossiers, "sing", "us-earnit")).code).toBe(2);
  });
});

describe("explain says of a stored item", () => {
  test("why it raised an event, and why the next one raised none", async () => {
    const second = itemOf("EARN IT Act reintroduced in the Senate, sponsors say", "2026-02-12");
    const feed = { ...NEWS.feed, kind: "parliament" } as const;
    for (const item of [{ ...NEWS, feed }, second]) await settleItem(ports, item);

    const first = await explainById(ports, NEWS.id);
    const next = await explainById(ports, second.id);

    expect(first?.decided).toBe("us-earnit");
    expect(first?.explained.outcome?.said).toMatch(/^It raised an event: Lapsed 403 days before/);
    expect(next?.explained.outcome?.said).toMatch(
      /^It raised no event.* same (?:run as|move as) the event of 2026-02-10/,
    );
  });

  test("that it belongs to no dossier, and of none that it is not there", async () => {
    const cat = itemOf("Cat found safe in a tree", "2026-02-12");
    await settleItem(ports, cat);

    expect(await explainById(ports, cat.id)).toMatchObject({
      decided: null,
      explained: { outcome: null, dossier: null },
    });
    expect(await explainById(ports, NEWS.id)).toBeNull();
  });
});

test("a name that items taught is shown, and once taken back it is neither used nor taught again", async () => {
  const title = "Committee adopts the EARN IT Act on message encryption";
  await settleItem(ports, itemOf(title, "2023-04-20", "parliament"));
  const shown = async () => {
    const { out } = await command(runDossiers, "show", "us-earnit");
    return JSON.parse(out).learned;
  };
  expect(await shown()).toContainEqual({ name: "EARN IT Act", items: 1, standing: "used" });
  expect((await command(runDossiers, "list")).out).toContain("(learned: ");

  const first = await command(runDossiers, "forget", "us-earnit", "earn it act");
  await settleItem(
    ports,
    itemOf("Senate takes up the EARN IT Act on encryption", "2023-05-02", "parliament"),
  );
  const unknown = await command(runDossiers, "forget", "us-earnit", "No Such Act");

  expect(first).toMatchObject({ code: 0 });
  expect(await shown()).toContainEqual({ name: "EARN IT Act", items: 0, standing: "forgotten" });
  expect(unknown).toMatchObject({ code: 1, err: expect.stringContaining("unknown name") });
});
