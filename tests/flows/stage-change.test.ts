import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { Move } from "../../shared/domain/dossier.ts";
import type { Item } from "../../shared/domain/item.ts";
import { planDigests } from "../../shared/flows/plan-digests.ts";
import type { Ports } from "../../shared/flows/ports.ts";
import { finishItem, settleItem } from "../../shared/flows/settle-item.ts";
import { stageChangeOf } from "../../shared/flows/stage-change.ts";
import { loadModels } from "../../shared/matching/load-models.ts";
import { reportBy } from "../dossiers/moves.ts";
import type { DynamoServer } from "../servers/dynamo.ts";
import { sampleItem, sampleMove } from "../store/samples.ts";
import { enrol, flowServer, type MailWorld, mailWorld, REGISTRY, wait } from "./mail-world.ts";

const NOW = new Date("2025-04-10T10:00:00.000Z");
const [DOSSIER_FR] = REGISTRY;
if (DOSSIER_FR === undefined) throw new Error("the registry is empty");

/** Refused on 20 March 2025, and in committee again on 1 April: awake. */
const move = (item: string, over: Partial<Move> = {}): Move => ({
  ...sampleMove(item),
  at: "2025-04-10T09:00:00.000Z",
  stage: "vote",
  reportedBy: "institution",
  traits: { act: "step" },
  ...over,
});
const AWAKE = [
  move("before", { at: "2025-04-01T09:00:00.000Z", stage: "committee", traits: { act: "open" } }),
];

describe("a dossier's new stage", () => {
  it.each([
    ["a vote after the committee", {}, "vote"],
    [
      "a rejection, which wakes nothing",
      { stage: "rejected", official: false, traits: { act: "end" } },
      "rejected",
    ],
    ["the stage it is in already", { stage: "committee" }, null],
    ["somebody's opinion", { official: false }, null],
    ["a ruling that leaves no trace", { stage: "court", counts: false }, null],
    ["a statement", { stage: "statement" }, null],
    ["what a feed's first poll brought", { backfill: true }, null],
    ["a report that is not sure enough", { confidence: 0.4 }, null],
    ["one that is dated weeks back", { at: "2025-03-25T09:00:00.000Z" }, null],
  ] as const)("%s", (_name, over, expected) => {
    const moves = over && "at" in over ? [] : AWAKE;

    expect(stageChangeOf(DOSSIER_FR, moves, move("new", over as Partial<Move>), NOW)).toBe(
      expected,
    );
  });

  it("is told by its event, where the move is a comeback", () => {
    const back = move("back", { stage: "proposed", traits: { act: "open" } });

    expect(stageChangeOf(DOSSIER_FR, [], back, NOW)).toBeNull();
  });

  it("is the first report's: a second one of the same stage changes nothing", () => {
    const second = move("second", { at: "2025-04-10T09:30:00.000Z", reportedBy: "press" });

    expect(stageChangeOf(DOSSIER_FR, [...AWAKE, move("first")], second, NOW)).toBeNull();
  });

  it("is not what one paper tells, and is what a second one does, or the institution after it", () => {
    const paper = move("paper", reportBy("daily"));
    const copy = move("copy", reportBy("daily"));
    const second = move("second", reportBy("journal"));

    expect(stageChangeOf(DOSSIER_FR, AWAKE, paper, NOW)).toBeNull();
    expect(stageChangeOf(DOSSIER_FR, [...AWAKE, paper], copy, NOW)).toBeNull();
    expect(stageChangeOf(DOSSIER_FR, [...AWAKE, paper], second, NOW)).toBe("vote");
    expect(stageChangeOf(DOSSIER_FR, [...AWAKE, paper], move("own"), NOW)).toBe("vote");
  });

  it("is not what a paper calls a comeback of the day before", () => {
    const back = move("back", {
      at: "2025-04-09T09:00:00.000Z",
      stage: "proposed",
      traits: { act: "open" },
    });
    const paper = move("paper", { reportedBy: "press" });

    expect(stageChangeOf(DOSSIER_FR, [back], paper, NOW)).toBeNull();
    expect(stageChangeOf(DOSSIER_FR, [back], move("journal"), NOW)).toBe("vote");
  });
});

describe("mail about a new stage", () => {
  const models = loadModels();
  let server: DynamoServer;
  let world: MailWorld;

  beforeAll(async () => {
    server = await flowServer();
  });
  afterAll(() => server.close());
  beforeEach(async () => {
    world = await mailWorld(server, {}, "2022-06-01T10:00:00.000Z");
    Object.assign(world.ports, { models });
    await enrol(world, "reader@example.org");
    await enrol(world, "germany@example.org", { jurisdictions: ["DE"] });
    await enrol(world, "weekly@example.org", { cadence: "weekly" });
  });
  afterEach(() => world.close());

  const TITLE =
    "Committee adopts its report on chat control, the regulation 2022/0155(COD) on scanning encrypted messages";
  function report(key: string, over: Partial<Item> = {}): Item {
    const at = world.now.toISOString();
    return sampleItem(key, {
      title: TITLE,
      summary: "",
      feed: { id: sampleItem(key).feed.id, kind: "parliament", jurisdiction: "EU", language: "en" },
      publishedAt: at,
      firstSeenAt: at,
      effectiveAt: at,
      ...over,
    });
  }

  it("goes once, after the gathering time, to those who are mailed at once and asked for it", async () => {
    await settleItem(world.ports, report("report"));
    await planDigests(world.ports);
    const early = world.outbox.length;
    wait(world, 300);
    await settleItem(world.ports, report("again", { title: `${TITLE}: the second report` }));
    wait(world, 300);
    await planDigests(world.ports);
    wait(world, 3_600);
    await planDigests(world.ports);

    expect(early).toBe(0);
    expect(world.outbox.map(({ to }) => to)).toEqual(["reader@example.org"]);
    const [mail] = world.outbox;
    expect(mail?.subject).toBe(
      "New stage: in committee: EU: regulation on child sexual abuse material",
    );
    expect(mail?.text).toContain("https://example.org/report");
    expect(mail?.html).toContain('href="https://example.org/report"');
  });

  it("goes in one mail with others of its dossier", async () => {
    await settleItem(world.ports, report("report"));
    wait(world, 300);
    await settleItem(
      world.ports,
      report("adopted", { title: "European Parliament adopts chat control 2022/0155(COD)" }),
    );
    wait(world, 300);
    await planDigests(world.ports);

    expect(world.outbox).toHaveLength(1);
    expect(world.outbox[0]?.text).toMatch(/in committee[\s\S]*adopted/);
  });

  it.each(["putMove", "commitDossier", "settleItem"] as const)(
    "is neither lost nor repeated by a crash before %s, whoever reports it meanwhile",
    async (step) => {
      const item = report("report");
      const dying: Ports = {
        ...world.ports,
        store: { ...world.store, [step]: () => Promise.reject(new Error("killed")) },
      };
      await expect(settleItem(dying, item)).rejects.toThrow("killed");
      await settleItem(world.ports, report("rival", { title: `${TITLE}, says another` }));
      await finishItem(world.ports, item, null);
      wait(world, 600);
      await planDigests(world.ports);
      wait(world, 3_600);
      await planDigests(world.ports);

      expect(world.outbox.map(({ to }) => to)).toEqual(["reader@example.org"]);
      expect(world.outbox[0]?.text).toContain("https://example.org/report");
    },
  );

  it("does not come again where the same stage is reported anew within a month", async () => {
    await settleItem(world.ports, report("report"));
    wait(world, 600);
    await planDigests(world.ports);
    wait(world, 7 * 86_400);
    await settleItem(
      world.ports,
      report("vote", {
        title:
          "European Parliament votes on chat control 2022/0155(COD), scanning of encrypted messages",
      }),
    );
    wait(world, 86_400);
    await settleItem(world.ports, report("back", { title: `${TITLE}, again` }));
    wait(world, 600);
    await planDigests(world.ports);

    const told = world.outbox.map(({ text }) => text).join("\n");
    expect(told.match(/New stage: in committee/g)).toHaveLength(1);
  });
});
