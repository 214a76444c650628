// Flows: how one item was read and what followed from it, as data: for the item's page and `explain`. No I/O.
import type { Dossier, Move } from "../domain/dossier.ts";
import type { Classification, Evidence, ItemInput, StepFound } from "../domain/item.ts";
import { ACTS, type Act, type Stage } from "../domain/vocabulary.ts";
import type { Assignment, Known } from "../dossiers/assign-dossier.ts";
import { isInstitution } from "../dossiers/count-cues.ts";
import { explainMove, type MoveExplained } from "../dossiers/explain-move.ts";
import { NOTHING_LEARNED } from "../dossiers/index-names.ts";
import { referencesIn } from "../dossiers/parse-reference.ts";
import {
  type Body,
  type Clause,
  clausesOf,
  type Direction,
  directionOf,
} from "../dossiers/read-clauses.ts";
import { readText } from "../dossiers/read-text.ts";
import type { MoveContext } from "../dossiers/recognise-move.ts";
import { THRESHOLDS } from "../matching/classify-item.ts";
import { type Explanation, explainItem } from "../matching/explain.ts";
import type { Models } from "../matching/keyword-model.ts";
import { assignItem, decideItem, readAndClassify, stepOf } from "./decide-item.ts";
import { dismissItem } from "./dismiss-item.ts";

/** Whether an item is on the subject, and by which of its words. */
export interface Relevance {
  readonly relevant: boolean;
  readonly score: number;
  readonly bar: number;
  /** The words of the subject that stand in it. */
  readonly subject: readonly string[];
  /** What spoke against it, where it is not relevant. */
  readonly against: readonly string[];
}

/** What an item reports. */
export interface Report {
  readonly stage: Stage;
  readonly act: Act;
  /** How likely it reports that act, 0 to 1; null where its words say too little of the subject to be asked. */
  readonly sureness: number;
  /** How likely an official did it; null where no dossier is concerned. */
  readonly official: number | null;
  /** The next likeliest act. */
  readonly next: { readonly act: Act; readonly sureness: number };
  readonly acts: StepFound["acts"];
  /** The words that speak for the act, the weightiest first. */
  readonly words: readonly string[];
  readonly who: { readonly body: string | null; readonly words: readonly string[] };
  /** The words that name the text: its number, its name, or what kind of text it is. */
  readonly texts: readonly string[];
  readonly direction: Direction;
}

/** The dossier that an item belongs to, and what gave it there. */
export interface Belonging {
  readonly dossier: string;
  readonly title: string;
  readonly by: "reference" | "name" | "subject";
  /** True where it would not be found so by what the registry knows: items taught the name or number. */
  readonly learned: boolean;
  readonly words: readonly string[];
  /** False where the item is not on the subject: then it is not given there. */
  readonly given: boolean;
  /** True where the item opens it. */
  readonly opens: boolean;
  readonly runnerUp: RunnerUp | null;
}

export interface RunnerUp {
  readonly dossier: string;
  readonly title: string;
  readonly words: readonly string[];
  /** By how much less speaks for it; below 1 the choice is close. */
  readonly behind: number;
}

export interface ItemExplained {
  readonly relevance: Relevance;
  /** Null where nothing is asked of it: it is neither relevant nor of a dossier. */
  readonly report: Report | null;
  readonly clauses: readonly Clause[];
  /** Null where no dossier is named or meant. */
  readonly dossier: Belonging | null;
  /** What it did there, or would do as the first that is heard of it. */
  readonly outcome: MoveExplained | null;
  /** The sums behind each decision of the models. */
  readonly sums: Explanation;
}

/**
 * Reads an item as a poll would.
 * @param stored what is stored of its dossier and of the moves there; absent for a text that is not stored
 */
export function explainReading(
  models: Models,
  known: Known,
  input: ItemInput,
  context: MoveContext,
  stored?: { readonly dossier: Dossier; readonly moves: readonly Move[] } | null,
): ItemExplained {
  const item = readAndClassify(models, input);
  const { classification, words, reading } = item;
  const text = readText(words, input, reading);
  const dismissed = dismissItem(models, known.dossiers, input) !== null;
  const { move, opens } = dismissed
    ? { move: null, opens: null }
    : decideItem(known, input, item, context);
  const read = { words, reading, text };
  const assignment = dismissed ? null : assignItem(known, input, classification, read);
  const step = move === null ? item.step : stepOf(item, input);
  const sums = explainItem(models, input);
  const taught =
    assignment !== null &&
    isTaught(
      assignment,
      assignItem({ ...known, learned: NOTHING_LEARNED }, input, classification, read),
    );
  const dossier = belongingOf(known, input, move, opens, assignment, taught);
  // Where nothing of the subject is said, what is done leads nowhere.
  const clauses =
    sums.subject.length === 0 && move === null ? [] : clausesOf(text, step?.act ?? "none");
  const home = opens ?? known.dossiers.find(({ id }) => id === move?.dossier) ?? null;
  return {
    relevance: relevanceOf(input, classification, sums),
    report: step === null ? null : reportOf(input, step, move, clauses, dossier),
    clauses,
    dossier,
    outcome: outcomeOf(stored, home, move, input),
    sums,
  };
}

/** Of a stored item what its stored moves say; of a text what it would do alone. */
function outcomeOf(
  stored: { readonly dossier: Dossier; readonly moves: readonly Move[] } | null | undefined,
  home: Dossier | null,
  move: Move | null,
  input: ItemInput,
): MoveExplained | null {
  if (stored !== undefined)
    return stored === null ? null : explainMove(stored.dossier, stored.moves, input.id ?? "");
  return home === null || move === null ? null : explainMove(home, [move], move.item);
}

/** Whether the registry's own names and numbers would not have found it so. */
const isTaught = ({ dossier, by }: Assignment, without: Assignment | null): boolean =>
  by !== "subject" && (without?.dossier !== dossier || without.by !== by);

const WORDS_MAX = 6;

function relevanceOf(
  input: ItemInput,
  { relevant, score, evidence }: Classification,
  { subject }: Explanation,
): Relevance {
  const own = wordsOf(input, subject);
  const others = wordsOf(input, heaviest(evidence)).filter((word) => !own.includes(word));
  const against = relevant ? [] : others;
  return { relevant, score, bar: THRESHOLDS.relevant, subject: own, against };
}

function reportOf(
  input: ItemInput,
  { stage, act, acts, evidence }: StepFound,
  move: Move | null,
  clauses: readonly Clause[],
  dossier: Belonging | null,
): Report {
  const [next = act] = ACTS.filter((id) => id !== act).sort((a, b) => acts[b] - acts[a]);
  const named = dossier === null || dossier.by === "subject" ? [] : dossier.words;
  return {
    stage,
    act,
    sureness: rounded(acts[act]),
    official: move?.confidence ?? null,
    next: { act: next, sureness: rounded(acts[next]) },
    acts: Object.fromEntries(ACTS.map((id) => [id, rounded(acts[id])])) as Record<Act, number>,
    words: wordsOf(input, heaviest(evidence)),
    who: whoOf(input, clauses),
    texts: textsOf(input, clauses, named),
    direction: directionOf(act),
  };
}

/** The first clause that names somebody with power over a text says who acts; else the feed's own publisher. */
function whoOf(input: ItemInput, clauses: readonly Clause[]): Report["who"] {
  const acting =
    clauses.find(({ who, did }) => did.length > 0 && who.some(hasPower)) ??
    clauses.find(({ who }) => who.some(hasPower));
  const powers = acting?.who.filter(hasPower) ?? [];
  const first = [...powers].sort((a, b) => rank(a.body) - rank(b.body))[0];
  if (first !== undefined)
    return { body: first.body, words: unique(powers.map(({ term }) => term)) };
  return { body: isInstitution(input) ? (input.feed.kind ?? null) : null, words: [] };
}

const hasPower = ({ body }: { readonly body: Body }): boolean => body !== "powerless";
const BODIES: readonly Body[] = ["court", "committee", "agency", "government", "official"];
const rank = (body: Body): number => BODIES.indexOf(body);

function textsOf(input: ItemInput, clauses: readonly Clause[], named: readonly string[]): string[] {
  const numbers = (["title", "summary"] as const).flatMap((field) =>
    referencesIn(input[field], input.published).map(({ start, end }) =>
      input[field].slice(start, end),
    ),
  );
  const kinds = clauses.flatMap(({ texts }) => texts.map(({ term }) => term));
  return unique([...numbers, ...named, ...kinds]).slice(0, WORDS_MAX);
}

function belongingOf(
  { dossiers }: Known,
  input: ItemInput,
  move: Move | null,
  opens: Dossier | null,
  assignment: Assignment | null,
  learned: boolean,
): Belonging | null {
  const titleOf = (id: string): string =>
    (opens?.id === id ? opens : dossiers.find((one) => one.id === id))?.title ?? id;
  const isOwn = assignment !== null && (move === null || move.dossier === assignment.dossier);
  if (!isOwn) {
    if (move === null) return null;
    const alone = { words: [], learned: false, given: true, runnerUp: null } as const;
    const { dossier } = move;
    return { ...alone, dossier, title: titleOf(dossier), by: "subject", opens: opens !== null };
  }
  const { dossier, by, evidence, margin, runnerUp } = assignment;
  return {
    dossier,
    title: titleOf(dossier),
    by: by === "alias" ? "name" : by,
    learned,
    words: wordsOf(input, heaviest(evidence)),
    given: move !== null,
    opens: false,
    runnerUp:
      runnerUp === null
        ? null
        : {
            dossier: runnerUp.dossier,
            title: titleOf(runnerUp.dossier),
            words: wordsOf(input, heaviest(runnerUp.evidence)),
            behind: rounded(margin),
          },
  };
}

const heaviest = (evidence: readonly Evidence[]): Evidence[] =>
  evidence
    .filter(({ weight }) => weight !== null)
    .sort((a, b) => Math.abs(b.weight ?? 0) - Math.abs(a.weight ?? 0));

/** As they are written in the item, each once; what stands within a longer one is said by it. */
function wordsOf(input: ItemInput, evidence: readonly Evidence[]): string[] {
  const written = evidence.map(({ field, start, end }) => input[field].slice(start, end));
  return unique(written).slice(0, WORDS_MAX);
}

function unique(words: readonly string[]): string[] {
  const kept: string[] = [];
  for (const word of words) {
    const folded = word.toLowerCase();
    if (!kept.some((one) => ` ${one.toLowerCase()} `.includes(` ${folded} `))) kept.push(word);
  }
  return kept;
}

const rounded = (value: number): number => Math.round(value * 1000) / 1000;
