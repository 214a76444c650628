// Dossiers: what an item says was done, by whom, and whether that is an official move.
import type { Move } from "../domain/dossier.ts";
import type { Classification, Evidence, ItemInput } from "../domain/item.ts";
import type { Stage } from "../domain/vocabulary.ts";
import type { Assignment } from "./assign-dossier.ts";
import type { Category } from "./lexicon.ts";
import type { ReadText } from "./read-text.ts";

/** What a move does to its dossier. */
export type Act = "open" | "adopt" | "step" | "end" | "limit" | "none";

export interface MoveContext {
  /** The item's own date, or first-seen where that is absent or in the future. */
  readonly at: string;
  readonly backfill: boolean;
}

const NOISE: readonly Category[] = [
  "opinion",
  "past",
  "explain",
  "gather",
  "media",
  "react",
  "nonews",
];
const NOISE_WEIGHT: Readonly<Partial<Record<Category, readonly [number, number]>>> = {
  opinion: [3, 1.6],
  past: [2.6, 1],
  explain: [2.4, 1],
  gather: [2.6, 0.9],
  media: [2.2, 1.1],
  react: [2.2, 1],
  nonews: [2.4, 2.4],
};
const OPENING: readonly Category[] = [
  "revive",
  "propose",
  "demand",
  "order",
  "study",
  "leak",
  "extend",
  "uphold",
];
const ENDING: readonly Category[] = ["reject", "withdraw", "postpone", "lapse", "strike"];

/** Who has power over a bill. */
const POWERS: readonly Category[] = ["official", "court", "agency"];

type Field = Evidence["field"];

interface Counts {
  readonly has: (category: Category) => boolean;
  readonly count: (categories: readonly Category[]) => number;
  readonly first: (categories: readonly Category[]) => number;
}

function countsOf(text: ReadText, field: Field): Counts {
  const cues = text.cues[field];
  return {
    has: (category) => cues.some((cue) => cue.category === category),
    count: (categories) => categories.filter((c) => cues.some((cue) => cue.category === c)).length,
    first: (categories) => {
      const positions = cues.filter((cue) => categories.includes(cue.category)).map((c) => c.first);
      return positions.length === 0 ? Number.POSITIVE_INFINITY : Math.min(...positions);
    },
  };
}

/** Of assignment scores. */
const CLOSE = 0.3;

/** An end that is missed hides the comeback after it; one that is told wrongly is seldom followed by anything. */
const END_BAR = 0.42;

/** What a dossier's story quotes of an item. */
const LONGEST_TITLE = 200;

/** Reads one item of one dossier; pure. */
export function recogniseMove(
  input: ItemInput,
  classification: Classification,
  assignment: Assignment,
  text: ReadText,
  context: MoveContext,
): Move {
  const title = countsOf(text, "title");
  const summary = countsOf(text, "summary");
  const act = actOf(input, title, summary);
  const confidence = confidenceOf(input, classification, assignment, text, title, summary, act);
  const official = confidence >= 0.5;
  const evidence = evidenceOf(input, text);
  const reportedBy = isInstitution(input) ? "institution" : "press";
  return {
    item: input.id ?? input.url ?? input.title,
    dossier: assignment.dossier,
    at: context.at,
    stage: openingStageOf(act, stageOf(act, title, summary), classification.stage),
    official: official && (act === "open" || act === "adopt" || act === "step"),
    counts:
      (official || (act === "end" && confidence >= END_BAR)) && act !== "limit" && act !== "none",
    reportedBy,
    confidence: rounded(confidence),
    actor: bodyOf(input, title, summary),
    reason: reasonOf(act, evidence),
    evidence,
    backfill: context.backfill,
    traits: {
      act,
      revive: title.has("revive"),
      fresh: freshOf(act, title, summary),
      by: assignment.by,
      title: input.title.slice(0, LONGEST_TITLE),
    },
  };
}

/** The kind of body that acts. */
function bodyOf(input: ItemInput, title: Counts, summary: Counts): string | null {
  for (const field of [title, summary]) {
    if (field.has("court")) return "court";
    if (field.has("panel")) return "chamber";
    if (field.has("agency")) return "agency";
  }
  if (input.feed.kind === "parliament") return "chamber";
  return title.has("official") || summary.has("official") ? "government" : null;
}

/** What speaks for itself after six weeks (corpus guide 13): a judge's order, a government's new text. */
function freshOf(act: Act, title: Counts, summary: Counts): "order" | "text" | null {
  if (act !== "open") return null;
  const court = title.has("court") || summary.has("court");
  if (court && (title.has("order") || title.has("uphold"))) return "order";
  const official = title.has("official") || summary.has("official");
  if (official && title.has("revive") && (title.has("text") || title.has("propose"))) return "text";
  return null;
}

const rounded = (value: number): number => Math.round(value * 1000) / 1000;

export function isInstitution(input: ItemInput): boolean {
  const { kind } = input.feed;
  return kind === "parliament" || kind === "government" || kind === "regulator";
}

/** The title reports the act; the summary speaks only where the title does not, or tells how a session ended. */
function actOf(input: ItemInput, title: Counts, summary: Counts): Act {
  const said = actIn(title, input) ?? actIn(summary, input);
  if (said === "step" && summary.has("postpone") && !summary.has("revive")) return "end";
  // A chamber's own text that spares encryption is its counter-position (corpus guide 11, 12).
  if ((said === "step" || said === "adopt") && summary.has("limit")) return "limit";
  if (said !== undefined) return said;
  // Institutions title what they publish without a verb.
  return isInstitution(input) && (title.has("text") || summary.has("text")) ? "open" : "none";
}

function actIn(field: Counts, input: ItemInput): Act | undefined {
  const open = field.count(OPENING);
  // A comeback that is refused is none.
  if (field.has("refusal")) return "end";
  if (field.has("revive") || field.has("uphold")) return "open";
  if (field.has("enact")) return "adopt";
  // A ruling that limits a power is none that gives it back (corpus guide 9).
  if (field.has("curb") && field.has("court")) return "limit";
  const end = field.has("rebuff") ? 0 : field.count(ENDING);
  // "Extension rejected": what is rejected is named first.
  const onlyObject = open > 0 && field.has("extend") && open === 1;
  if (end > 0 && (field.first(ENDING) < field.first(OPENING) || end > open || onlyObject))
    return field.has("weak") && field.count(POWERS) === 0 ? undefined : "end";
  if (field.has("limit")) return "limit";
  if (field.has("adopt")) {
    // A cabinet that adopts a bill sends it to the chambers.
    if (field.has("amend") || field.has("cabinet")) return "open";
    if (field.has("panel")) return "step";
    if (!field.has("propose") || input.feed.kind === "parliament") return "adopt";
  }
  if (field.has("step") && (open < 2 || input.feed.kind === "parliament")) return "step";
  if (open > 0) return "open";
  return undefined;
}

function endOf(title: Counts, summary: Counts): string | null {
  for (const field of [title, summary]) {
    for (const [category, state] of [
      ["lapse", "lapsed"],
      ["withdraw", "withdrawn"],
      ["postpone", "postponed"],
      ["reject", "rejected"],
      ["strike", "rejected"],
    ] as const)
      if (field.has(category)) return state;
  }
  return null;
}

const STEPS: readonly Stage[] = ["proposed", "committee", "amended", "vote"];

/** "Detection orders" are what a text proposes: an order is one only where the models see no step of a text. */
function openingStageOf(act: Act, stage: Stage, classified: Stage): Stage {
  const vague = stage === "order" || stage === "statement";
  return act === "open" && vague && STEPS.includes(classified) ? classified : stage;
}

function stageOf(act: Act, title: Counts, summary: Counts): Stage {
  if (act === "end") return (endOf(title, summary) ?? "rejected") as Stage;
  if (act === "adopt") return "adopted";
  if (act === "step") return "committee";
  if (act !== "open") return "statement";
  for (const field of [title, summary]) {
    if (field.has("leak")) return "leak";
    if (field.has("order")) return "order";
    if (field.has("uphold")) return "court";
    if (field.has("propose")) return "proposed";
  }
  return "statement";
}

function confidenceOf(
  input: ItemInput,
  classification: Classification,
  assignment: Assignment,
  text: ReadText,
  title: Counts,
  summary: Counts,
  act: Act,
): number {
  let odds = -1.2;
  const { kind } = input.feed;
  if (isInstitution(input)) odds += 2.2;
  else if (kind === "ngo" || kind === "community") odds -= 0.9;
  // A state named first is the one that acts.
  const acts = title.count(POWERS) > 0 || title.first(["state"]) <= 2;
  if (acts) odds += 1.2;
  else if (title.has("state")) odds += 0.6;
  else if (summary.count(POWERS) > 0) odds += 0.6;
  else if (!isInstitution(input)) odds -= 0.4;
  if (title.has("weak") && !acts) odds -= 0.8;
  if (title.count(OPENING) + title.count(ENDING) > 0) odds += 1;
  else if (summary.count(OPENING) + summary.count(ENDING) > 0) odds += 0.4;
  if (title.has("text") || summary.has("text")) odds += 0.4;
  if (act === "none") odds -= 1.5;
  if (!isInstitution(input) && input.title.trimEnd().endsWith("?")) odds -= 0.8;
  if (act === "open" && !title.has("revive") && (title.has("limit") || summary.has("limit")))
    odds -= 0.7;
  for (const category of NOISE) {
    const [inTitle, inSummary] = NOISE_WEIGHT[category] ?? [0, 0];
    if (title.has(category)) odds -= inTitle;
    // Said in both, it weighs a little more.
    if (summary.has(category)) odds -= title.has(category) ? inSummary / 2 : inSummary;
  }
  if (classification.legislation) odds += 0.5;
  if (assignment.by === "subject") odds -= 0.2;
  // Two dossiers nearly as likely: a paper's word is not enough to choose.
  if (assignment.margin < CLOSE && !isInstitution(input)) odds -= 0.5;
  if (text.topic === 0 && assignment.by !== "reference") odds -= 0.5;
  return 1 / (1 + Math.exp(-odds));
}

const READ_AS: Readonly<Record<Act, string>> = {
  open: "a new official move",
  adopt: "an adoption",
  step: "a next step of what is under way",
  end: "an end: rejected, withdrawn, postponed or lapsed",
  limit: "a limit to the demand, which wakes nothing",
  none: "no official step",
};
const MOST_WORDS = 6;

/** For people: what it was read as, and by which of its own words. */
function reasonOf(act: Act, evidence: readonly Evidence[]): string {
  const words = [...new Set(evidence.map(({ term }) => `“${term}”`))].slice(0, MOST_WORDS);
  return `read as ${READ_AS[act]}${words.length === 0 ? "" : ` by ${words.join(", ")}`}`;
}

function evidenceOf(input: ItemInput, text: ReadText): Evidence[] {
  const evidence: Evidence[] = [];
  for (const field of ["title", "summary"] as const) {
    const tokens = text[field];
    for (const { category, first, last } of text.cues[field]) {
      if (!OPENING.includes(category) && !ENDING.includes(category) && category !== "official")
        continue;
      const start = tokens[first]?.start ?? 0;
      const end = tokens[last]?.end ?? start + 1;
      evidence.push({ term: input[field].slice(start, end), field, start, end, weight: null });
    }
  }
  return evidence.slice(0, 12);
}
