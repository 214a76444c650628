// Matching: the first look dismisses most of a day's feeds unread, and nothing that could have been relevant.
import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { tokensOf } from "../../shared/domain/fold-text.ts";
import { ItemInput } from "../../shared/domain/item.ts";
import { NOTHING_LEARNED } from "../../shared/dossiers/index-names.ts";
import { loadRegistry } from "../../shared/dossiers/registry.ts";
import { decideItem, readAndClassify } from "../../shared/flows/decide-item.ts";
import { dismissItem } from "../../shared/flows/dismiss-item.ts";
import { classifyItem } from "../../shared/matching/classify-item.ts";
import { readFeatures } from "../../shared/matching/features.ts";
import { dismissed, mayConcern } from "../../shared/matching/first-look.ts";
import { loadModels } from "../../shared/matching/load-models.ts";
import { headOf } from "../../shared/reading/quick-look.ts";
import { tokensOfItem } from "../../shared/reading/read-item.ts";
import { stemOf } from "../../shared/reading/stem.ts";
import { bareWords } from "../reading/bare.ts";

const EXAMPLES = new URL("../examples/", import.meta.url);
const models = loadModels();
const registry = loadRegistry();

const examples: readonly ItemInput[] = readdirSync(EXAMPLES)
  .filter((name) => name.endsWith(".jsonl"))
  .flatMap((name) => readFileSync(new URL(name, EXAMPLES), "utf8").trim().split("\n"))
  .map((line) => {
    const { title, summary, feed } = JSON.parse(line) as Record<string, unknown>;
    return ItemInput.parse({ title, summary, feed });
  });

test("no example in which a word of the subject is found is dismissed, whatever language its feed claims", () => {
  const lost = examples.flatMap((input) =>
    [input.feed.language, null].flatMap((language) => {
      const asked = { ...input, feed: { ...input.feed, language } };
      if (mayConcern(models, tokensOfItem(asked))) return [];
      return readFeatures(models, asked).subject ? [asked.title] : [];
    }),
  );

  expect(examples.length).toBeGreaterThan(5_000);
  expect(lost).toEqual([]);
});

test("stemmers keep of every word what the look tells words apart by", () => {
  const languages = models.vocabulary.languages.map(({ id }) => id);
  const all = new Set(
    examples
      .flatMap(({ title, summary }) => tokensOf(`${title} ${summary}`))
      .map(({ text }) => text),
  );
  // Every fourth: stemming all of them in all languages takes a minute.
  const words = [...all].filter((_, index) => index % 4 === 0);
  const changed = words.flatMap((word) =>
    languages
      .filter((language) => {
        const [head, stem] = [headOf(word), headOf(stemOf(language, word))];
        return stem !== head && stem !== head.slice(0, -1);
      })
      .map((language) => `${language} ${word}`),
  );

  expect(changed).toEqual([]);
});

const item = (title: string, language: string | null = "en") =>
  ItemInput.parse({ title, feed: { language } });

describe("what is dismissed", () => {
  test.each([
    ["en", "Council opens a new swimming pool and two parks"],
    ["fr", "La mairie inaugure une piscine et deux parcs"],
    ["de", "Stadtrat eröffnet ein Schwimmbad und zwei Parks"],
  ])("%s: ordinary news, which still says its language", (language, title) => {
    const found = classifyItem(models, item(title, null));

    expect(dismissItem(models, registry, item(title))).not.toBeNull();
    expect(found).toMatchObject({ relevant: false, score: 0, evidence: [], language });
  });

  test("is not what names a dossier by its number, though no word of the subject stands in it", () => {
    const named = item("Regulation (EU) 2024/1307: first reading");
    const at = { at: "2026-01-01T00:00:00.000Z", backfill: false };

    expect(mayConcern(models, tokensOfItem(named))).toBe(false);
    expect(dismissItem(models, registry, named)).toBeNull();
    const read = readAndClassify(models, named);
    expect(
      decideItem({ dossiers: registry, learned: NOTHING_LEARNED }, named, read, at).decision
        .dossier,
    ).toBe("eu-interim");
  });

  test("belongs where its feed or its language is at home", () => {
    const input = ItemInput.parse({
      title: "Council opens a swimming pool",
      feed: { language: "en", jurisdiction: "CA" },
    });

    expect(dismissed(models, input, tokensOfItem(input)).jurisdiction).toBe("CA");
  });
});

test("all words of a phrase must be there, in one language, before an item is read", () => {
  const words = bareWords({ en: "[k]\nhidden key", fr: "[k]\nclé cachée" });
  const look = words.lookFor(new Set([0]));
  const shows = (title: string) =>
    mayConcern({ ...models, look: () => look }, tokensOfItem(item(title)));

  expect(shows("The hidden valley")).toBe(false);
  expect(shows("A key that was hidden")).toBe(true);
  expect(shows("Des clés cachées")).toBe(true);
  expect(shows("hidden clé")).toBe(false);
});
