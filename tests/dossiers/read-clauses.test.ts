import { describe, expect, it } from "vitest";
import { ItemInput } from "../../shared/domain/item.ts";
import type { Act } from "../../shared/domain/vocabulary.ts";
import { type Clause, clausesOf } from "../../shared/dossiers/read-clauses.ts";
import { readText } from "../../shared/dossiers/read-text.ts";
import { loadModels } from "../../shared/matching/load-models.ts";
import { readItem } from "../../shared/reading/read-item.ts";

const { vocabulary } = loadModels();

function read(title: string, summary = "", act: Act = "none"): Clause[] {
  const input = ItemInput.parse({ title, summary });
  return clausesOf(readText(vocabulary, input, readItem(vocabulary, input)), act);
}

const terms = (said: readonly { readonly term: string }[]) => said.map(({ term }) => term);

describe("who did what to which text, clause by clause", () => {
  it.each<[string, Clause["direction"], string, string]>([
    ["Minister tables a bill on encrypted messages", "towards", "Minister", "tables"],
    ["Senators reject the encryption bill", "ends", "Senators", "reject"],
    ["Court strikes down the decryption order", "against", "Court", "strikes"],
    ["Der Bundestag verabschiedet das Gesetz", "towards", "Bundestag", "verabschiedet"],
    ["Le Sénat rejette le projet de loi", "ends", "Sénat", "rejette"],
  ])("%s: %s", (title, direction, who, did) => {
    const [clause] = read(title);

    expect(clause?.direction).toBe(direction);
    expect(terms(clause?.who ?? []).join()).toContain(who);
    expect(terms(clause?.did ?? []).join()).toContain(did);
  });

  it("says of firms and groups that they have no power over the text", () => {
    const [clause] = read("Privacy groups demand changes to the bill");

    expect(clause?.who.map(({ body }) => body)).toEqual(["powerless"]);
    expect(terms(clause?.texts ?? [])).toEqual(["bill"]);
  });

  it("keeps what one sentence says from the next, and the title from the summary", () => {
    const clauses = read(
      "Opinion: ministers want our messages",
      "The court met. Senators reject the bill.",
    );

    expect(clauses.map(({ field, text }) => [field, text])).toEqual([
      ["title", "Opinion"],
      ["title", "ministers want our messages"],
      ["summary", "The court met"],
      ["summary", "Senators reject the bill"],
    ]);
    expect(clauses[0]?.told).toMatchObject([{ as: "an opinion", term: "Opinion" }]);
    expect(terms(clauses[2]?.did ?? [])).toEqual([]);
  });

  it("takes a clause that says two things for what the whole item reports", () => {
    const both = "Minister brings back the clause that senators rejected";

    expect(read(both, "", "open")[0]?.direction).toBe("towards");
    expect(read(both, "", "end")[0]?.direction).toBe("ends");
  });

  it("gives each word's place in the item", () => {
    const summary = "In the morning. Senators reject the bill.";

    for (const { field, start, end, text, who, did, texts } of read("A day", summary)) {
      expect(field).toBe("summary");
      expect(summary.slice(start, end)).toBe(text);
      for (const said of [...who, ...did, ...texts])
        expect(summary.slice(said.start, said.end)).toBe(said.term);
    }
  });

  it("has nothing to say of what reports no act, names nobody and no text", () => {
    expect(read("Sunny spells in the south")).toEqual([]);
  });
});
