// Bench: keyword models against natural's Bayes classifier, linear in text, flat in the number of keywords.
import { readFileSync } from "node:fs";
import { pathToFileURL } from "node:url";
import BayesClassifier from "natural/lib/natural/classifiers/bayes_classifier.js";
import { tokensOf } from "../../shared/domain/fold-text.ts";
import { ItemInput } from "../../shared/domain/item.ts";
import { classifyItem } from "../../shared/matching/classify-item.ts";
import type { Models } from "../../shared/matching/keyword-model.ts";
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

/** Times per second of CPU that `work` gets through `items`, best of five: what else the machine does is not ours. */
function perSecond<T>(items: readonly T[], work: (item: T) => unknown): number {
  let best = 0;
  for (let round = 0; round < 5; round++) {
    const start = process.cpuUsage();
    for (const item of items) work(item);
    const { user, system } = process.cpuUsage(start);
    best = Math.max(best, (1e6 * items.length) / (user + system));
  }
  return best;
}

/**
 * Items as a day's feeds carry them: one in twenty with words of the subject (real ones: six in a hundred), the others ordinary news of the same length, made of
 * everyday words.
 */
export function everydayItems(count: number): ItemInput[] {
  const debate = benchItems(Math.ceil(count / 20));
  const word = (seed: number) => EVERYDAY[(seed * 2_654_435_761) % EVERYDAY.length] ?? "";
  return Array.from({ length: count }, (_, index) => {
    const subject = index % 20 === 0 ? debate[index / 20] : undefined;
    if (subject !== undefined) return subject;
    const text = (words: number, from: number) =>
      Array.from({ length: words }, (_word, n) => word(index * 31 + from + n)).join(" ");
    return ItemInput.parse({
      title: text(10, 0),
      summary: text(24, 10),
      feed: { language: "en" },
    });
  });
}

const EVERYDAY =
  "the a of to in and for on with at by from as after before over under city mayor team coach season final match goal river bridge road traffic snow storm flood harvest wheat price market bank loan rate school pupil teacher exam hospital nurse doctor vaccine museum painting concert festival film actor novel author garden recipe bread cheese wine hotel beach flight airport train station car engine battery solar wind power energy oil gas budget tax minister council vote election party leader talks border war peace army navy island volcano glacier whale bird forest fire trial theft company shares merger factory jobs strike union wage rent housing tenant".split(
    " ",
  );

/** Real items, a JSON line each, that stay outside the repository: `npm run bench -- --items FILE`. */
function itemsOf(file: string): ItemInput[] {
  return readFileSync(file, "utf8")
    .trim()
    .split("\n")
    .map((line) => ItemInput.parse(JSON.parse(line)));
}

/** Ours and theirs in turn, so that whatever else the machine does falls on both. */
function besideBayes(models: Models, items: readonly ItemInput[]) {
  const bayes = new BayesClassifier();
  for (const [index, item] of benchItems(200).entries())
    bayes.addDocument(`${item.title} ${item.summary}`, `theme-${index % 7}`);
  bayes.train();
  const turns = [1, 2, 3].map(
    () =>
      [
        perSecond(items, (item) => bayes.classify(`${item.title} ${item.summary}`)),
        perSecond(items, (item) => classifyItem(models, item)),
      ] as const,
  );
  const theirs = Math.max(...turns.map(([rate]) => rate));
  return { theirs, ours: Math.max(...turns.map(([, rate]) => rate)) };
}

function rowsOf(name: string, models: Models, items: readonly ItemInput[], bar: string): Row[] {
  const { theirs, ours } = besideBayes(models, items);
  return [
    { name: `${name}: natural's BayesClassifier`, value: theirs, unit: "items/s", bar: "" },
    { name: `${name}: classifyItem`, value: ours, unit: "items/s", bar: "" },
    { name: `${name}: times natural's Bayes`, value: ours / theirs, unit: "×", bar },
  ];
}

export function benchMatching(): Row[] {
  const items = benchItems(2_000);
  const models = loadModels();
  const at = process.argv.indexOf("--items");
  const file = at < 0 ? undefined : process.argv[at + 1];
  const flat = keywordsPerSecond(items, 100) / keywordsPerSecond(items, 1_000);
  const small = secondsOf(250_000);
  const large = secondsOf(500_000);
  return [
    ...rowsOf("of the debate", models, items, "≥ 3"),
    ...rowsOf("everyday feeds", models, everydayItems(5_000), "≥ 10"),
    ...(file === undefined ? [] : rowsOf("real items", models, itemsOf(file), "≥ 10")),
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

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href)
  for (const { name, value, unit, bar } of benchMatching())
    process.stdout.write(
      `${name.padEnd(42)} ${value.toFixed(value < 100 ? 2 : 0).padStart(10)} ${unit.padEnd(8)} ${bar}\n`,
    );
