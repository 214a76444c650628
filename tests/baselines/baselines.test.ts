// Baselines: what stands beside our figures must be able to learn, or the comparison flatters us.
import BayesClassifier from "natural/lib/natural/classifiers/bayes_classifier.js";
import { expect, test } from "vitest";
import { LabelledItem } from "../../shared/matching/evaluate.ts";
import { MODEL_FILES } from "../../shared/matching/load-models.ts";
import { WeightFile } from "../../shared/matching/model-schema.ts";
import { askEach } from "./ask-each.ts";
import { bayes } from "./bayes.ts";
import { compare, leads, splitOf, tableOf } from "./compare.ts";
import { keywordAlert } from "./keyword-alert.ts";
import { learnMachine, svm } from "./linear-svm.ts";
import { learnModels } from "./ours.ts";
import { tfIdfReader } from "./tf-idf.ts";
import { NOT_RELEVANT, type Way } from "./way.ts";

function item(title: string, labels: object, feed: object = {}): LabelledItem {
  return LabelledItem.parse({
    title,
    labels,
    feed: { kind: null, jurisdiction: null, language: "en", ...feed },
  });
}

const FRUIT = ["apple", "pear", "plum", "cherry", "quince", "grape"];
const METAL = ["iron", "copper", "tin", "zinc", "nickel", "silver"];
const asFruit = (title: string, stage = "vote") =>
  item(title, {
    relevant: true,
    legislation: stage === "vote",
    themes: stage === "vote" ? ["french-politics"] : ["technical-debate"],
    arguments: stage === "vote" ? [] : ["managed-risk"],
    stage,
    jurisdiction: stage === "vote" ? "FR" : "SE",
  });
/** Fruit is relevant and metal is not; ripe fruit is voted on in France, rotten fruit talked about in Sweden. */
const garden = FRUIT.flatMap((fruit, at) => [
  asFruit(`ripe ${fruit} ${FRUIT[(at + 1) % 6]}`),
  asFruit(`rotten ${fruit} ${FRUIT[(at + 2) % 6]}`, "statement"),
  item(`${METAL[at]} ${METAL[(at + 1) % 6]} wire`, { relevant: false }),
  item(`${METAL[at]} ${METAL[(at + 2) % 6]} tube`, { relevant: false }),
]);
const unseen = [
  asFruit("ripe apple quince"),
  asFruit("rotten grape quince", "statement"),
  item("iron nickel", { relevant: false }),
];

test.each([askEach(svm), askEach(bayes)])(
  "$name learns every question of what can be told apart",
  (way) => {
    const [column] = compare([way], garden, unseen);

    const evaluation = column?.evaluation;
    expect(evaluation?.items).toBe(3);
    expect(evaluation?.relevant.f1).toBe(1);
    expect(evaluation?.legislation.f1).toBe(1);
    expect(evaluation?.themes.micro.f1).toBe(1);
    expect(evaluation?.arguments.micro.f1).toBe(1);
    expect(evaluation?.stage.onLegislation.accuracy).toBe(1);
    expect(evaluation?.jurisdiction.accuracy).toBe(1);
  },
);

test.each([askEach(svm), askEach(bayes), keywordAlert])(
  "$name gives the same figures every time",
  (way) => {
    const [once, again] = [1, 2].map(() => tableOf(compare([way], garden, unseen)));

    expect(again).toBe(once);
  },
);

test("natural's Bayes says the same whether it is asked of every word or of those present", () => {
  // Classes of different sizes, whose words overlap: what is divided by decides.
  const lopsided = [...garden, ...garden.filter(({ labels }) => !labels.relevant)];
  const docs = lopsided.map(({ title }, at) => `${title} ${FRUIT[at % 6]} ${METAL[(at * 5) % 6]}`);
  const classes = lopsided.map(({ labels }) => labels.stage);
  const whole = new (
    BayesClassifier as unknown as new (
      a: undefined,
      b: number,
    ) => BayesClassifier
  )(undefined, 0.01);
  for (const [at, doc] of docs.entries()) whole.addDocument(doc, classes[at] ?? "");
  whole.train();

  const answer = bayes.learn(docs, classes);

  // Of what it knows no word of, natural says whichever class comes first.
  const asked = [...docs, "ripe iron wire", "rotten tube pear", "quince copper"];
  expect(asked.map(answer)).toEqual(asked.map((doc) => whole.classify(doc)));
});

test("these models stand in the table with the relevance that ships, not with what a few items would teach", () => {
  const { relevant } = learnModels(garden.slice(0, 8));

  const { outputs } = WeightFile.parse(MODEL_FILES.weights);
  expect(relevant.bias).toBe(outputs.relevant.bias);
});

test("a support vector machine puts its margin where the two sides are nearest", () => {
  const vector = (value: number) => ({
    indexes: Int32Array.of(0),
    values: Float64Array.of(value),
  });

  const margin = learnMachine([vector(3), vector(9), vector(1), vector(-5)], [1, 1, -1, -1]);

  // Between 1 and 3, however far the others are; the cost is finite, so it is near 2, not at it.
  expect(margin(vector(2.2))).toBeGreaterThan(0);
  expect(margin(vector(1.8))).toBeLessThan(0);
});

test("a vector has length 1, rarer words weigh more, unknown words nothing", () => {
  const no = { relevant: false };
  const read = tfIdfReader([item("law apple", no), item("law pear", no), item("law plum", no)]);

  const { indexes, values } = read(item("law apple zebra", no));

  expect(Math.hypot(...values)).toBeCloseTo(1, 12);
  // law, apple, "law apple", and the two facts of the feed
  expect(indexes).toHaveLength(5);
  const [law, apple] = values;
  expect(apple).toBeGreaterThan(law ?? 0);
});

test.each([
  ["Minister wants a back door into messages", "en", false, false, "US"],
  ["Minister wants a backdoor into messages", "en", true, false, "US"],
  ["Bill would weaken END-TO-END encryption", "en", true, true, "US"],
  ["Loi narcotrafic : une porte de\u0301robe\u0301e dans les messageries", "fr", true, true, "FR"],
  ["EU-Rat vertagt Chatkontrolle", "de", true, false, "DE"],
])(
  "a keyword alert for %j is found by its phrase, as typed",
  (title, language, relevant, legislation, jurisdiction) => {
    const answer = keywordAlert.learn([])(item(title, { relevant: true }, { language }));

    expect(answer).toEqual({ ...NOT_RELEVANT, relevant, legislation, jurisdiction });
  },
);

test("what a way has no means to answer is printed as such, not as zero", () => {
  const table = tableOf(compare([keywordAlert], [], unseen));

  expect(table).toContain("| keyword alert |");
  expect(table).toContain("| relevant, F1 | 0.00 |");
  expect(table).toContain("| themes, micro F1 | – |");
});

test("no way is shown the labels of what it judges, nor judged on what taught it", () => {
  const seen: object[] = [];
  const spy: Way = {
    name: "spy",
    silent: [],
    learn: () => (one) => {
      seen.push(one);
      return NOT_RELEVANT;
    },
  };

  compare([spy], garden, [...garden, ...unseen]);

  expect(seen).toHaveLength(unseen.length);
  for (const one of seen) expect(one).not.toHaveProperty("labels");
});

test("a lead that rests on one item is told from a lead that rests on many", () => {
  const items = Array.from({ length: 40 }, (_, at) =>
    item(`item ${at}`, { relevant: at % 2 === 0 }),
  );
  const wrongOn = (misses: number): Way => ({
    name: `${misses} missed`,
    silent: [],
    learn: () => (one) => {
      const at = Number(one.title.split(" ")[1]);
      return { ...NOT_RELEVANT, relevant: at % 2 === 0 && at >= 2 * misses };
    },
  });

  const share = (misses: number) =>
    leads(compare([wrongOn(0), wrongOn(misses)], [], items), 120).get("relevant") ?? 0;

  // A given item of 40 is in a sample of 40 with a chance of 1 - (39/40)^40 = 0.64.
  expect(share(1)).toBeGreaterThan(0.5);
  expect(share(1)).toBeLessThan(0.78);
  expect(share(15)).toBe(1);
  expect(share(0)).toBe(0);
});

test("a fifth or so is held out, and adding an example moves no other", () => {
  const many = Array.from({ length: 500 }, (_, at) => item(`example ${at}`, { relevant: true }));

  const { taught, judged } = splitOf(many);
  const later = splitOf([item("one more", { relevant: true }), ...many]);

  expect(taught.length + judged.length).toBe(500);
  expect(judged.length).toBeGreaterThan(60);
  expect(judged.length).toBeLessThan(140);
  expect(later.judged.filter((one) => one.title !== "one more")).toEqual(judged);
});
