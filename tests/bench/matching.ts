// Bench: keyword models against natural's Bayes classifier, linear in text, flat in the number of keywords.
import { readFileSync } from "node:fs";
import BayesClassifier from "natural/lib/natural/classifiers/bayes_classifier.js";
import { tokensOf } from "../../shared/domain/fold-text.ts";
import { ItemInput } from "../../shared/domain/item.ts";
import { classifyItem } from "../../shared/matching/classify-item.ts";
import { loadModels } from "../../shared/matching/load-models.ts";
import { findHits } from "../../shared/reading/find-hits.ts";
import { wordsOf } from "../reading/bare.ts";

export interface Row {
  readonly name: string;
  readonly value: number;
  readonly unit: string;
  readonly bar: string;
}

const WORDS =
  "the government minister parliament police messages encryption bill vote committee privacy data company phone network court order access backdoor scanning children crime terror europe france german british american signal whatsapp apple people report week after before against under new plan law rights expert says would could should between market health energy school budget climate football music weather train hospital farm bank price".split(
    " ",
  );

/** English items of 70 words, half of them of the debate: the repository's own examples, joined and cut. */
export function benchItems(count: number): ItemInput[] {
  const file = new URL("../examples/en.jsonl", import.meta.url);
  const words = readFileSync(file, "utf8")
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line) as { title: string; summary?: string })
    .flatMap(({ title, summary }) => `${title} ${summary ?? ""}`.split(/\s+/).filter(Boolean));
  return Array.from({ length: count }, (_, index) => {
    const at = (offset: number) => words[(index * 70 + offset) % words.length] ?? "";
    return ItemInput.parse({
      title: Array.from({ length: 10 }, (_word, n) => at(n)).join(" "),
      summary: Array.from({ length: 60 }, (_word, n) => at(10 + n)).join(" "),
      feed: { language: "en" },
    });
  });
}

/** Times per second that `work` gets through `items`, best of five. */
function perSecond<T>(items: readonly T[], work: (item: T) => unknown): number {
  let best = 0;
  for (let round = 0; round < 5; round++) {
    const start = performance.now();
    for (const item of items) work(item);
    best = Math.max(best, (1000 * items.length) / (performance.now() - start));
  }
  return best;
}

export function benchMatching(): Row[] {
  const items = benchItems(2_000);
  const models = loadModels();
  const bayes = new BayesClassifier();
  for (const [index, item] of items.slice(0, 200).entries())
    bayes.addDocument(`${item.title} ${item.summary}`, `theme-${index % 7}`);
  bayes.train();
  const theirsOf = () =>
    perSecond(items, (item) => bayes.classify(`${item.title} ${item.summary}`));
  const oursOf = () => perSecond(items, (item) => classifyItem(models, item));
  // In turn, so that whatever else the machine does falls on both.
  const turns = [1, 2, 3].map(() => [theirsOf(), oursOf()] as const);
  const theirs = Math.max(...turns.map(([rate]) => rate));
  const ours = Math.max(...turns.map(([, rate]) => rate));
  const flat = keywordsPerSecond(items, 100) / keywordsPerSecond(items, 1_000);
  const small = secondsOf(250_000);
  const large = secondsOf(500_000);
  return [
    { name: "natural BayesClassifier, 7 classes", value: theirs, unit: "items/s", bar: "" },
    { name: "classifyItem, every decision", value: ours, unit: "items/s", bar: "" },
    { name: "times natural's Bayes", value: ours / theirs, unit: "×", bar: "≥ 3" },
    { name: "1,000 keywords against 100, time", value: flat, unit: "×", bar: "< 1.5" },
    { name: "500 KB of text", value: large, unit: "s", bar: "< 1" },
    { name: "500 KB against 250 KB, time", value: large / small, unit: "×", bar: "about 2" },
  ];
}

function keywordsPerSecond(items: readonly ItemInput[], count: number): number {
  const terms = Array.from({ length: count }, (_, n) => `${WORDS[n % WORDS.length]} keyword${n}`);
  const words = wordsOf("en", terms);
  const lexicons = [words.lexicon("en")];
  const texts = items.map((item) => ({ text: item.summary, tokens: tokensOf(item.summary) }));
  return perSecond(texts, ({ text, tokens }) => findHits(lexicons, words.terms, text, tokens, []));
}

function secondsOf(length: number): number {
  const models = loadModels();
  const text = benchItems(Math.ceil(length / 400))
    .map((item) => item.summary)
    .join(" ")
    .slice(0, length);
  const input = ItemInput.parse({ title: "", summary: text, feed: { language: "en" } });
  classifyItem(models, input);
  const start = performance.now();
  classifyItem(models, input);
  return (performance.now() - start) / 1000;
}
