// Flows: how an item was read, in plain sentences: the same ones on its page and in a terminal.
import type { Act, Stage } from "../domain/vocabulary.ts";
import type { MoveExplained } from "../dossiers/explain-move.ts";
import { sayNeeds } from "../dossiers/news-needs.ts";
import type { Clause, Direction, Said } from "../dossiers/read-clauses.ts";
import type { Belonging, Relevance, Report } from "./explain-item.ts";

/** A name for what is said, and a sentence. */
export type Line = readonly [name: string, said: string];

/** Whether it is relevant, and by which words of the subject. */
export function sayRelevance({ relevant, score, bar, subject, against }: Relevance): string {
  if (subject.length === 0)
    return "Not relevant: no word of the subject (encryption, encrypted messengers, access to messages) stands in it.";
  if (relevant)
    return `Relevant: ${share(score)} likely to be about access to encrypted messages; ${share(bar)} are enough. ${words(subject)} ${subject.length === 1 ? "is" : "are"} of the subject.`;
  const other = against.length === 0 ? "" : ` Most against it: ${words(against)}.`;
  return `Not relevant: ${words(subject)} ${subject.length === 1 ? "is" : "are"} of the subject, but it is ${share(score)} likely to be about access to encrypted messages; ${share(bar)} are needed.${other}`;
}

const ACTS: Readonly<Record<Act, string>> = {
  open: "something is officially started, or taken up again",
  demand: "somebody in office demands it",
  step: "what is under way takes its next step",
  adopt: "something is adopted, upheld or comes into force",
  end: "something is ended or put off",
  limit: "access is limited, or encryption protected",
  none: "no official act",
};

const DIRECTIONS: Readonly<Record<Direction, string>> = {
  towards: "towards access to messages",
  against: "against access to messages",
  ends: "it ends or halts a demand for access",
  none: "neither towards access to messages nor against it",
};

const BODIES: Readonly<Record<string, string>> = {
  court: "a court",
  committee: "a committee of a parliament",
  chamber: "a chamber of a parliament",
  agency: "a police or intelligence agency",
  government: "a government or state",
  official: "somebody in office, or an institution",
  powerless: "somebody without power over the text",
  parliament: "the parliament that published it",
  regulator: "the regulator that published it",
};

/** Below this the next likeliest act is not worth a word. */
const NEXT_SHOWN = 0.1;

/** What it reports: act and stage, who, which text, direction. */
export function sayReport({
  act,
  stage,
  sureness,
  official,
  next,
  words: by,
  who,
  texts,
  direction,
}: Report): Line[] {
  const asWell =
    next.sureness < NEXT_SHOWN ? "" : `; or else ${ACTS[next.act]}, ${share(next.sureness)} sure`;
  const quoted = by.length === 0 ? "" : `, by ${words(by)}`;
  return [
    ["Act", `${ACTS[act]}${stageOf(stage)}, ${share(sureness)} sure${quoted}${asWell}`],
    ...(official === null || act === "end" || act === "none"
      ? []
      : [["Official", `${share(official)} sure that this is an official move`] as const]),
    ["Who acts", sayWho(who)],
    ["Which text", texts.length === 0 ? "no text is named" : words(texts)],
    ["Direction", DIRECTIONS[direction]],
  ];
}

function sayWho({ body, words: by }: Report["who"]): string {
  if (body === null) return "nobody with power over a text is named";
  if (by.length > 0) return `${BODIES[body] ?? body} (${words(by)})`;
  return body === "government" ? "the government that published it" : (BODIES[body] ?? body);
}

const stageOf = (stage: Stage): string =>
  stage === "none" ? "" : ` (stage: ${stage.replaceAll("-", " ")})`;

/** A clause: its text, then who does what to which text, and how it is told. */
export function sayClause({ text, who, did, texts, subject, told, direction }: Clause): Line {
  const parts = [
    ["who", bySpot(who.map((one) => [one, BODIES[one.body] ?? one.body]))],
    ["does", bySpot(did.map((one) => [one, one.what]))],
    ["text", texts.map(({ term }) => `“${term}”`)],
    ["subject", subject.map(({ term }) => `“${term}”`)],
    ["told as", told.map(({ term, as }) => `${as} (“${term}”)`)],
    ["leads", did.length === 0 ? [] : [DIRECTIONS[direction]]],
  ] as const;
  const said = parts.flatMap(([name, list]) =>
    list.length === 0 ? [] : [`${name}: ${list.join(", ")}`],
  );
  return [text, said.join("; ")];
}

/** A word that means two things is quoted once, with both. */
function bySpot(said: readonly (readonly [Said, string])[]): string[] {
  const spots = new Map<number, { readonly term: string; readonly means: string[] }>();
  for (const [{ term, start }, meaning] of said) {
    const spot = spots.get(start) ?? { term, means: [] };
    if (!spot.means.includes(meaning)) spot.means.push(meaning);
    spots.set(start, spot);
  }
  return [...spots.values()].map(({ term, means }) => `“${term}” (${means.join(", ")})`);
}

const BY: Readonly<Record<Belonging["by"], string>> = {
  reference: "its number",
  name: "its name",
  subject: "its country and subject",
};
/** A lead below this could have gone the other way. */
const CLOSE = 1;

/** Which dossier, by what, and which other one came near. */
export function sayDossier(belonging: Belonging | null, { relevant }: Relevance): string {
  if (belonging === null)
    return "None: it gives no number and no name of a dossier, and nothing else in it points to one alone.";
  const name = `${belonging.title} (${belonging.dossier})`;
  const means = sayMeans(belonging, { relevant });
  if (belonging.opens) return `It opens one of its own: ${name}.`;
  return belonging.given
    ? `${name}, ${means}`
    : `None, since it is too unlikely to be on the subject. Nearest is ${name}, ${means}`;
}

/** By what it was found, and which other one came near; to follow the dossier's name. */
export function sayMeans(
  { by, learned, words: quoted, given, runnerUp }: Belonging,
  { relevant }: Pick<Relevance, "relevant">,
): string {
  const taught = learned ? ", which earlier items taught," : "";
  const means = `by ${BY[by]}${taught}${quoted.length === 0 ? "" : ` in ${words(quoted)}`}.`;
  const despite =
    relevant || !given ? "" : " That outweighs that it is not relevant by its words alone.";
  if (runnerUp === null || runnerUp.behind >= CLOSE) return `${means}${despite}`;
  const other = runnerUp.words.length === 0 ? "" : `, by ${words(runnerUp.words)}`;
  return `${means}${despite} Close behind: ${runnerUp.title} (${runnerUp.dossier})${other}.`;
}

/** What came of it, then what would have made it news, a line for each way. */
export function sayOutcome(outcome: MoveExplained | null): readonly [string, ...string[]] {
  if (outcome === null) return ["It belongs to no dossier, so it raises no event."];
  return [outcome.said, ...sayNeeds(outcome.needs)];
}

/** Nothing is certain, and nothing impossible, that a sum of weights says. */
const share = (value: number): string => {
  const percent = Math.round(100 * value);
  return percent < 1 ? "less than 1 %" : percent > 99 ? "over 99 %" : `${percent} %`;
};

/** `“a”, “b” and “c”`. */
function words(list: readonly string[]): string {
  const quoted = list.map((word) => `“${word}”`);
  return new Intl.ListFormat("en-GB", { style: "long", type: "conjunction" }).format(quoted);
}
