import { describe, expect, test } from "vitest";
import { canonicalOf, referencesIn } from "../../shared/dossiers/parse-reference.ts";

const read = (text: string, date: string | null = null) =>
  referencesIn(text, date).map(canonicalOf);

describe("a text's number is read in the form of its parliament", () => {
  const rows: readonly [string, string][] = [
    ["Vote on 2022/0155(COD) put off", "EU 2022 procedure 155"],
    ["COM(2022) 209 final", "EU 2022 COM 209"],
    ["Council paper ST 11277/24", "EU 2024 ST 11277"],
    ["BT-Drs. 19/24785", "DE 19 BT 24785"],
    ["Beschluss 1 BvR 2466/19", "DE 2019 BVerfG 1BvR2466"],
    ["192/ME XXV. GP", "AT XXV ME 192"],
    ["Proposition n° 463 (2024-2025)", "FR 2024-2025 SENAT 463"],
    ["Prop. 2019/20:64", "SE 2019/20 Prop 64"],
    ["SOU 2023:22", "SE 2023 SOU 22"],
    ["Bill C-22 (45-1)", "CA 45-1 bill C-22"],
    ["S. 3398 (116th)", "US 116 S 3398"],
    ["PL 2.630/2020", "BR 2020 bill-PL 2630"],
    ["Doc 55-2572", "BE 55 Doc 2572"],
  ];
  test.each(rows)("%s", (text, canonical) => {
    expect(read(text)).toEqual([canonical]);
  });
});

test("one number in two sessions is two bills: the day tells which where the item does not", () => {
  expect(read("C-2, Introduction and First Reading", "2025-06-03T00:00:00Z")).toEqual([
    "CA 45-1 bill C-2",
  ]);
  expect(read("C-2, Introduction and First Reading", "2021-11-24T00:00:00Z")).toEqual([
    "CA 44-1 bill C-2",
  ]);
});

test("a court's case and a price are no bill's number", () => {
  expect(read("Judgment in C-793/19")).toEqual(["EU 2019 CJEU C-793"]);
  expect(read("Shares rose 12.5 % to 34.20")).toEqual([]);
});
