// Baselines: a learner of classes asked each question of the contract in turn, as a text classifier usually is.
import { ARGUMENTS, STAGES, THEMES } from "../../shared/domain/vocabulary.ts";
import type { Labels } from "../../shared/matching/evaluate.ts";
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
 * Relevance is learned from all items, the rest from relevant items alone, and the stage apart for what is legislation
 * and what is not: each is asked of those items alone, and the product's own models are taught no other way.
 */
export function askEach<Doc>(learner: Learner<Doc>): Way {
  return {
    name: learner.name,
    silent: [],
    learn: (items) => {
      const read = learner.reader(items);
      const taught = items.map(({ labels, ...item }) => ({ labels, doc: read(item) }));
      const relevant = taught.filter(({ labels }) => labels.relevant);
      const yesOrNo = (from: readonly Taught<Doc>[], is: (labels: Labels) => boolean) => {
        const answer = answererOf(learner, from, (labels) => String(is(labels)));
        return (doc: Doc) => answer(doc) === "true";
      };
      const stageAmong = (from: readonly Taught<Doc>[]) => {
        const answer = answererOf(learner, from, (labels) => labels.stage);
        return (doc: Doc) => STAGES.find((id) => id === answer(doc)) ?? "none";
      };
      const isRelevant = yesOrNo(taught, (labels) => labels.relevant);
      const isLegislation = yesOrNo(relevant, (labels) => labels.legislation);
      const themes = THEMES.map(
        (id) => [id, yesOrNo(relevant, (l) => l.themes.includes(id))] as const,
      );
      const points = ARGUMENTS.map(
        (id) => [id, yesOrNo(relevant, (l) => l.arguments.includes(id))] as const,
      );
      const officialStage = stageAmong(relevant.filter(({ labels }) => labels.legislation));
      const otherStage = stageAmong(relevant.filter(({ labels }) => !labels.legislation));
      const placeOf = answererOf(learner, relevant, (labels) => labels.jurisdiction ?? NOWHERE);
      return (item): Answers => {
        const doc = read(item);
        const place = placeOf(doc);
        const jurisdiction = place === NOWHERE ? null : place;
        if (!isRelevant(doc)) return { ...NOT_RELEVANT, jurisdiction };
        const legislation = isLegislation(doc);
        return {
          relevant: true,
          legislation,
          themes: themes.flatMap(([id, is]) => (is(doc) ? [id] : [])),
          arguments: points.flatMap(([id, is]) => (is(doc) ? [id] : [])),
          stage: (legislation ? officialStage : otherStage)(doc),
          jurisdiction,
        };
      };
    },
  };
}

interface Taught<Doc> {
  readonly labels: Labels;
  readonly doc: Doc;
}

/** What was only ever answered in one way is answered so for ever; what was never asked, with nothing. */
function answererOf<Doc>(
  learner: Learner<Doc>,
  taught: readonly Taught<Doc>[],
  classOf: (labels: Labels) => string,
): (doc: Doc) => string {
  const classes = taught.map(({ labels }) => classOf(labels));
  const [only = NOWHERE] = classes;
  if (classes.every((one) => one === only)) return () => only;
  return learner.learn(
    taught.map(({ doc }) => doc),
    classes,
  );
}
