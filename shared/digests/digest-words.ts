// One entry's words, chosen once for both parts of the mail: what HTML and text show cannot differ.
import type { Evidence } from "../domain/item.ts";
import type {
  ChangedEntry,
  CorrectionEntry,
  ItemEntry,
  MailLinks,
  ResurfacedEntry,
} from "./digest.ts";
import { isPublishedLate } from "./digest.ts";
import type { Locale } from "./locales/locale.ts";
import { oneLine, webLink } from "./plain-text.ts";
import { dayOf, jurisdictionName, matchedWords } from "./words.ts";

const TITLE = 200;
const SUMMARY = 320;

export interface ResurfacedWords {
  readonly back: string;
  readonly dossier: string;
  readonly place: string;
  readonly before: string | null;
  readonly now: string;
  readonly reportedBy: string;
  readonly title: string;
  readonly summary: string;
  readonly words: string;
  readonly themes: string;
  readonly arguments: string;
  readonly notes: readonly string[];
  /** The item's own address, or its page in the archive where it has none. */
  readonly source: string;
  readonly dossierUrl: string;
}

export interface ItemWords {
  readonly title: string;
  readonly summary: string;
  readonly facts: string;
  readonly words: string;
  readonly source: string;
}

export interface CorrectionWords {
  readonly dossier: string;
  readonly place: string;
  /** What was said, and when. */
  readonly told: string;
  readonly reason: string;
  /** The item that unmade it, where one did. */
  readonly late: { readonly title: string; readonly source: string } | null;
  readonly eventUrl: string;
}

const sourceOf = (entry: { readonly item: ItemEntry["item"] }, links: MailLinks): string =>
  webLink(entry.item.url) ?? `${links.publicUrl}/items/${entry.item.id}`;

/** "also in 3 other sources", "published late": what a reader must know of how the item came. */
function notesOf(item: ItemEntry["item"], locale: Locale, timeZone: string): string[] {
  const others = new Set(
    item.sources.map(({ feed }) => feed).filter((feed) => feed !== item.feed.id),
  );
  const notes = others.size > 0 ? [locale.alsoIn(others.size)] : [];
  if (isPublishedLate(item) && item.publishedAt !== null) {
    const published = dayOf(locale, item.publishedAt, timeZone);
    notes.push(locale.digest.publishedLate(published, dayOf(locale, item.firstSeenAt, timeZone)));
  }
  return notes;
}

type Told = Pick<ResurfacedEntry, "item" | "dossier"> & {
  readonly event: Pick<
    ResurfacedEntry["event"],
    "evidence" | "from" | "quietDays" | "previous" | "stage" | "at" | "reportedBy"
  >;
};

export function resurfacedWords(
  entry: Told,
  locale: Locale,
  links: MailLinks,
  timeZone: string,
): ResurfacedWords {
  const { event, item, dossier } = entry;
  const { digest: say } = locale;
  // What it is about before what happens to it, each by weight: a reader knows "encrypted", not "bill", for the reason.
  const evidence = [...byWeight(item.decision?.evidence ?? []).slice(0, 6), ...event.evidence];
  const sided = (item.decision?.arguments ?? []).map(({ id, side }) => {
    const name = locale.arguments[id];
    if (side === null) return name;
    return `${name} (${side === "for" ? say.forAccess : say.againstAccess})`;
  });
  return {
    back: locale.backFrom(event.from, event.quietDays),
    dossier: oneLine(dossier.title, TITLE),
    place: jurisdictionName(locale, dossier.jurisdiction),
    before: event.previous === null ? null : beforeOf(event.previous, locale, timeZone),
    now: say.now(locale.stages[event.stage], dayOf(locale, event.at, timeZone)),
    reportedBy: say.reportedBy[event.reportedBy],
    title: oneLine(item.title, TITLE),
    summary: oneLine(item.summary, SUMMARY),
    words: matchedWords(item, evidence, 10).map(locale.quote).join(", "),
    themes: (item.decision?.themes ?? []).map(({ id }) => locale.themes[id]).join(", "),
    arguments: sided.join(", "),
    notes: notesOf(item, locale, timeZone),
    source: sourceOf(entry, links),
    dossierUrl: `${links.publicUrl}/dossiers/${encodeURIComponent(dossier.id)}`,
  };
}

function byWeight(evidence: readonly Evidence[]): Evidence[] {
  return [...evidence].sort((a, b) => (b.weight ?? 0) - (a.weight ?? 0));
}

/** A registry's entry is a sentence and is quoted; a recogniser's reason is a list of rules, and the stage says it better. */
const SENTENCE = /^\p{Lu}[^:]*\s\S+\s\S/u;

function beforeOf(
  { at, stage, what }: NonNullable<ResurfacedEntry["event"]["previous"]>,
  locale: Locale,
  timeZone: string,
): string {
  const before = locale.digest.before(locale.stages[stage], dayOf(locale, at, timeZone));
  return SENTENCE.test(what) ? `${before} – ${oneLine(what, 200)}` : before;
}

/** A stage change in the words of a comeback: the same block, without a silence. */
export function changedWords(
  { change, item, dossier }: ChangedEntry,
  locale: Locale,
  links: MailLinks,
  timeZone: string,
): ResurfacedWords {
  const event = { ...change, from: null, quietDays: null, previous: null };
  const words = resurfacedWords({ event, item, dossier }, locale, links, timeZone);
  return { ...words, back: locale.newStage(locale.stages[change.stage]) };
}

/** The same of a comeback that is reported and not confirmed: said so in its first line, too. */
export function possibleWords(
  entry: ResurfacedEntry,
  locale: Locale,
  links: MailLinks,
  timeZone: string,
): ResurfacedWords {
  const words = resurfacedWords(entry, locale, links, timeZone);
  return { ...words, back: `${locale.digest.notConfirmed}${locale.colon} ${words.back}` };
}

/** What was told to this reader, and why it is taken back; an operator's words stay as they are. */
export function correctionWords(
  { event, dossier, item, cause, toldAt }: CorrectionEntry,
  locale: Locale,
  links: MailLinks,
  timeZone: string,
): CorrectionWords {
  const { correction: say } = locale;
  const told = `${locale.backFrom(event.from, event.quietDays)} – ${locale.quote(oneLine(item.title, TITLE))}`;
  return {
    dossier: oneLine(dossier.title, TITLE),
    place: jurisdictionName(locale, dossier.jurisdiction),
    told: say.told(dayOf(locale, toldAt, timeZone), told),
    reason: reasonOf(cause, locale, timeZone),
    late:
      cause.kind === "late-item"
        ? { title: oneLine(cause.item.title, TITLE), source: sourceOf(cause, links) }
        : null,
    eventUrl: `${links.publicUrl}/events/${encodeURIComponent(event.id)}`,
  };
}

function reasonOf(cause: CorrectionEntry["cause"], locale: Locale, timeZone: string): string {
  const { correction: say } = locale;
  switch (cause.kind) {
    case "operator":
      return say.byOperator(locale.quote(oneLine(cause.words, SUMMARY)));
    case "late-item":
      return say.byLateItem(dayOf(locale, cause.item.effectiveAt, timeZone));
    case "moved":
      return say.byMove(locale.quote(oneLine(cause.dossier.title, TITLE)));
    case "unclear":
      return say.unclear;
    default:
      return cause satisfies never;
  }
}

export function itemWords(
  entry: ItemEntry,
  locale: Locale,
  links: MailLinks,
  timeZone: string,
): ItemWords {
  const { item, dossier } = entry;
  const place = item.decision?.jurisdiction ?? item.feed.jurisdiction;
  const facts = [
    // A late one says both its dates further on.
    ...(isPublishedLate(item) ? [] : [dayOf(locale, item.effectiveAt, timeZone)]),
    ...(place === null ? [] : [jurisdictionName(locale, place)]),
    ...(dossier === null ? [] : [oneLine(dossier.title, 90)]),
    ...(item.decision?.themes ?? []).map(({ id }) => locale.themes[id]),
    ...notesOf(item, locale, timeZone),
  ];
  return {
    title: oneLine(item.title, TITLE),
    summary: oneLine(item.summary, 200),
    facts: facts.join(" · "),
    words: matchedWords(item, byWeight(item.decision?.evidence ?? []), 5)
      .map(locale.quote)
      .join(", "),
    source: sourceOf(entry, links),
  };
}
