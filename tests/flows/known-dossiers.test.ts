import { expect, test } from "vitest";
import type { DossierRecord } from "../../shared/domain/dossier.ts";
import { DossierId } from "../../shared/domain/ids.ts";
import { type Classification, ItemInput } from "../../shared/domain/item.ts";
import { loadRegistry } from "../../shared/dossiers/registry.ts";
import { knownFor } from "../../shared/flows/known-dossiers.ts";
import type { Store } from "../../shared/flows/ports.ts";

const registry = loadRegistry();

function storeOf(records: readonly DossierRecord[]) {
  let asked = 0;
  const store = {
    listDossiers: async () => {
      asked += 1;
      return [...records];
    },
    listAuto: async () => [],
  } as Partial<Store> as Store;
  return { store, asked: () => asked };
}

const recordOf = (items: number): DossierRecord => ({
  id: DossierId.parse("ca-lawful-access"),
  version: 1,
  state: { stage: "proposed", ended: null, lastMoveAt: null, lastMove: null },
  auto: null,
  learned: [{ text: "CA 45-1 bill C-22", items, institution: false }],
});

const classification = (relevant: boolean) =>
  ({
    relevant,
    score: relevant ? 0.9 : 0,
    jurisdiction: "CA",
  }) as Partial<Classification> as Classification;
const from = (kind: "press" | "parliament") =>
  ItemInput.parse({ title: "C-22", feed: { id: "one", kind, jurisdiction: "CA", language: "en" } });

test("a paper's item on something else costs no look at the dossiers; a parliament's dry line does", async () => {
  const { store, asked } = storeOf([recordOf(2)]);

  await knownFor({ registry, store }, classification(false), from("press"));
  expect(asked()).toBe(0);

  const known = await knownFor({ registry, store }, classification(false), from("parliament"));
  expect(known.learned.get("ca-lawful-access")?.[0]?.text).toBe("CA 45-1 bill C-22");
});

test("names are indexed anew where an item taught one, and not for every item", async () => {
  const first = await knownFor(
    { registry, ...storeOf([recordOf(1)]) },
    classification(true),
    from("press"),
  );
  const same = await knownFor(
    { registry, ...storeOf([recordOf(1)]) },
    classification(true),
    from("press"),
  );
  const more = await knownFor(
    { registry, ...storeOf([recordOf(2)]) },
    classification(true),
    from("press"),
  );

  expect(same).toBe(first);
  expect(more).not.toBe(first);
});
