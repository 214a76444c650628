import { describe, expect, it } from "vitest";
import { Dossier } from "../../shared/domain/dossier.ts";
import { ItemInput } from "../../shared/domain/item.ts";
import type { Known } from "../../shared/dossiers/assign-dossier.ts";
import { NOTHING_LEARNED } from "../../shared/dossiers/index-names.ts";
import { loadRegistry } from "../../shared/dossiers/registry.ts";
import { decideItem, readAndClassify } from "../../shared/flows/decide-item.ts";
import { explainReading } from "../../shared/flows/explain-item.ts";
import { sayDossier, sayRelevance } from "../../shared/flows/say-explained.ts";
import { loadModels } from "../../shared/matching/load-models.ts";

const models = loadModels();
const registry = loadRegistry();
const BUILT_IN: Known = { dossiers: registry, learned: NOTHING_LEARNED };
const CONTEXT = { at: "2026-03-02T00:00:00.000Z", backfill: false };

function explain(title: string, known: Known = BUILT_IN, feed: object = {}, summary = "") {
  const input = ItemInput.parse({
    id: "one",
    title,
    summary,
    published: CONTEXT.at,
    feed: { id: "one", ...feed },
  });
  return explainReading(models, known, input, CONTEXT);
}

const bill = (id: string, alias: string, jurisdiction = "SE") =>
  Dossier.parse({
    id,
    title: `A bill: ${alias}`,
    jurisdiction,
    opened: "2020-01-01",
    aliases: [alias],
    references: [],
    history: [],
  });

describe("an item says which dossier it is given to, and by what", () => {
  it("by a number", () => {
    const { dossier, report, relevance } = explain(
      "Council debates 2022/0155(COD) on message scanning",
      BUILT_IN,
      {
        kind: "government",
        jurisdiction: "EU",
        language: "en",
      },
    );

    expect(dossier).toMatchObject({ dossier: "eu-csar", by: "reference", learned: false });
    expect(report?.texts[0]).toBe("2022/0155(COD)");
    expect(sayDossier(dossier, relevance)).toMatch(
      /\(eu-csar\), by its number in “2022\/0155\(COD\)”/,
    );
  });

  it("by a name that items taught", () => {
    const given = { text: "Lex Zirkusdirektor", items: 2, institution: true };
    const known = { dossiers: registry, learned: new Map([["eu-csar", [given]]]) };
    const title = "Lex Zirkusdirektor: EU-Rat stimmt über Scan verschlüsselter Nachrichten ab";

    const { dossier, relevance } = explain(title, known, {
      kind: "press",
      jurisdiction: "EU",
      language: "de",
    });

    expect(dossier).toMatchObject({ dossier: "eu-csar", by: "name", learned: true });
    expect(sayDossier(dossier, relevance)).toContain(
      "which earlier items taught, in “Lex Zirkusdirektor”",
    );
  });

  it("by a number in a dry line of a parliament, which is not relevant by itself", () => {
    const feed = { kind: "parliament", jurisdiction: "CA", language: "en" };

    const { dossier, relevance, report } = explain("C-22, Second Reading", BUILT_IN, feed);

    expect(relevance.relevant).toBe(false);
    expect(report).not.toBeNull();
    expect(sayDossier(dossier, relevance)).toMatch(/by its number in “C-22”\. That outweighs/);
  });

  it("and which other one came close", () => {
    const dossiers = [bill("se-one", "Meddelandelagen"), bill("se-two", "Krypteringslagen")];
    const title =
      "Minister tables Meddelandelagen with Krypteringslagen to decrypt encrypted messages";

    const { dossier, relevance } = explain(
      title,
      { dossiers, learned: NOTHING_LEARNED },
      { kind: "press", jurisdiction: "SE", language: "en" },
    );

    expect([dossier?.dossier, dossier?.runnerUp?.dossier].sort()).toEqual(["se-one", "se-two"]);
    expect(sayDossier(dossier, relevance)).toMatch(
      /Close behind: .*(?:Meddelande|Kryptering)slagen/,
    );
  });

  it("or that it is off the subject, whatever name stands in it", () => {
    const { dossier, outcome, relevance } = explain("Concert hall opens", BUILT_IN);

    expect({ dossier, outcome }).toEqual({ dossier: null, outcome: null });
    expect(sayRelevance(relevance)).toMatch(/^Not relevant: no word of the subject/);
  });

  it("or that it opens one", () => {
    const title = "Minister tables new bill to force WhatsApp to hand over encrypted messages";
    const feed = { kind: "government", jurisdiction: "NZ", language: "en" };
    const none = { dossiers: [], learned: NOTHING_LEARNED };

    const { dossier, outcome, relevance } = explain(title, none, feed);

    expect(dossier).toMatchObject({ dossier: "auto:NZ:access", opens: true });
    expect(sayDossier(dossier, relevance)).toMatch(/^It opens one of its own/);
    expect(outcome?.said).toMatch(/^It raised an event: First seen/);
  });
});

it("what an item is said to report, and where, is what is decided of it", () => {
  const titles = [
    "Chatkontrolle: EU-Rat verschiebt Abstimmung über CSA-Verordnung",
    "Senators reintroduce EARN IT Act",
    "Le Sénat vote l'accès aux messageries chiffrées",
    "EARN IT Act may return this spring",
    "Police want more cars",
    "Court strikes down order to decrypt WhatsApp messages",
  ];
  for (const title of titles) {
    const input = ItemInput.parse({ id: "one", title, published: CONTEXT.at });
    const { decision, move } = decideItem(BUILT_IN, input, readAndClassify(models, input), CONTEXT);

    const { relevance, report, dossier } = explain(title);

    expect(relevance).toMatchObject({ relevant: decision.relevant, score: decision.score });
    expect(dossier?.given === true ? dossier.dossier : null).toBe(decision.dossier);
    expect(report?.stage ?? "none").toBe(move?.stage ?? decision.stage);
    expect(report?.official ?? null).toBe(move?.confidence ?? null);
  }
});
