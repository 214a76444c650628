// What a language must be able to say; one file per language beside this one.
import type { FromState, ReportedBy } from "../../domain/dossier.ts";
import type { ArgumentId, Cadence, MailLanguage, Stage, ThemeId } from "../../domain/vocabulary.ts";

/** All words of the mails in one language. Numbers and dates arrive formatted where a parameter is a string. */
export interface Locale {
  readonly language: MailLanguage;
  /** For Intl: the forms of dates and plurals. */
  readonly tag: string;
  quote(word: string): string;
  /** After a label: French sets a space before it. */
  readonly colon: string;
  readonly themes: Readonly<Record<ThemeId, string>>;
  readonly arguments: Readonly<Record<ArgumentId, string>>;
  readonly stages: Readonly<Record<Stage, string>>;
  /** "Back from rejected after 214 quiet days": the state before, and how long nothing moved where that is known. */
  backFrom(from: FromState | null, quietDays: number | null): string;
  /** "Now adopted": a dossier that was never quiet went on; the stage as `stages` words it. */
  newStage(stage: string): string;
  /** Of a fact of the registry that names no source. */
  readonly fromMemory: string;
  readonly cadences: Readonly<Record<Cadence, string>>;
  readonly jurisdictions: Readonly<Record<"EU" | "INT", string>>;
  moreItems(count: number): string;
  alsoIn(count: number): string;
  resurfaced(count: number): string;
  possible(count: number): string;
  items(count: number): string;
  corrections(count: number): string;
  readonly subject: {
    many(first: string, more: number): string;
    periodic(
      cadence: Cadence,
      resurfaced: number,
      possible: number,
      corrections: number,
      items: number,
    ): string;
    /** A mail that tells nothing but that this dossier was no comeback. */
    correction(dossier: string): string;
    confirm: string;
    welcome: string;
    known: string;
    exported: string;
    quiet(cadence: Cadence): string;
  };
  readonly digest: {
    before(stage: string, date: string): string;
    now(stage: string, date: string): string;
    reportedBy: Readonly<Record<ReportedBy, string>>;
    words: string;
    themes: string;
    arguments: string;
    forAccess: string;
    againstAccess: string;
    source: string;
    dossier: string;
    publishedLate(published: string, seen: string): string;
    alsoNew: string;
    cameBack: string;
    /** The heading of what a lone report, or an unsure one, tells. */
    possible: string;
    notConfirmed: string;
    readAll: string;
    thisIssue: string;
    nothing: string;
    corrected: string;
  };
  readonly correction: {
    heading: string;
    /** "We wrote on 12 March 2026: Back from …" */
    told(date: string, what: string): string;
    byOperator(words: string): string;
    byMove(dossier: string): string;
    byLateItem(date: string): string;
    unclear: string;
    event: string;
  };
  readonly footer: {
    why(cadence: string, filters: string): string;
    whyEvent(dossier: string): string;
    all: string;
    coverage(checked: number, failing: number, items: number): string;
    contact: string;
    unsubscribe: string;
    preferences: string;
    archive: string;
    noTracking: string;
  };
  readonly confirm: {
    hello: string;
    asked(cadence: string, filters: string): string;
    button: string;
    ignore: string;
    lifetime(days: number): string;
    sample(count: number): string;
  };
  readonly welcome: {
    moreDossiers(count: number): string;
    hello: string;
    state: string;
    nothing: string;
    quietSince(date: string): string;
  };
  readonly known: { hello: string; nothing: string };
  readonly exported: { hello: string };
}
