// Baselines: a learner of classes asked each question of the contract in turn, as a text classifier usually is.
import { ARGUMENTS, STAGES, THEMES } from "../../shared/domain/vocabulary.ts";
import type { LabelledItem, Labels } from "../../shared/matching/evaluate.ts";
import { type Answers, NOT_RELEVANT, type Unlabelled, type Way } from "./way.ts";

/** Tells classes apart; `Doc` is what it makes of an item. */
export interface Learner<Doc> {
  readonly name: string;
  /** @param items what it may take its vocabulary from */
  readonly reader: (items: readonly Unlabelled[]) => (item: Unlabelled) => Doc;
  /** @param classes one for each document, at least two different ones */
  readonly learn: (docs: readonly Doc[], classes: readonly string[]) => (doc: Doc) => string;
}

const NOWHERE = "nowhere";

/**
 * Relevance is learned from all items, the rest from relevant items alone, since it is asked of relevant items alone:
 * the product's own models have it no other way.
 */
export function askEach<Doc>(learner: Learner<Doc>): Way {
  return {
    name: learner.name,
    silent: [],
    learn: (items) => {
      const read = learner.reader(items);
      const relevant = items.filter((item) => item.labels.relevant);
      const docs = relevant.map(read);
      const ask = (classOf: (labels: Labels) => string) =>
        answererOf(learner, docs, relevant, classOf);
      const yesOrNo = (is: (labels: Labels) => boolean) => {
        const answer = ask((labels) => String(is(labels)));
        return (doc: Doc) => answer(doc) === "true";
      };
      const isRelevant = answererOf(learner, items.map(read), items, (l) => String(l.relevant));
      const isLegislation = yesOrNo((labels) => labels.legislation);
      const themes = THEMES.map((id) => [id, yesOrNo((l) => l.themes.includes(id))] as const);
      const found = ARGUMENTS.map((id) => [id, yesOrNo((l) => l.arguments.includes(id))] as const);
      const stageOf = ask((labels) => labels.stage);
      const jurisdictionOf = ask((labels) => labels.jurisdiction ?? NOWHERE);
      return (item): Answers => {
        const doc = read(item);
        const jurisdiction = jurisdictionOf(doc);
        const place = { jurisdiction: jurisdiction === NOWHERE ? null : jurisdiction };
        if (isRelevant(doc) !== "true") return { ...NOT_RELEVANT, ...place };
        const stage = stageOf(doc);
        return {
          ...place,
          relevant: true,
          legislation: isLegislation(doc),
          themes: themes.flatMap(([id, is]) => (is(doc) ? [id] : [])),
          arguments: found.flatMap(([id, is]) => (is(doc) ? [id] : [])),
          stage: STAGES.find((id) => id === stage) ?? "none",
        };
      };
    },
  };
}

/** What was only ever answered in one way is answered so for ever. */
function answererOf<Doc>(
  learner: Learner<Doc>,
  docs: readonly Doc[],
  items: readonly LabelledItem[],
  classOf: (labels: Labels) => string,
): (doc: Doc) => string {
  const classes = items.map((item) => classOf(item.labels));
  const [only] = classes;
  if (only === undefined) throw new RangeError("nothing to learn from: no relevant item");
  return classes.every((one) => one === only) ? () => only : learner.learn(docs, classes);
}
