// A digest as mail: subject, text and HTML from the same words, small enough that no mail program clips it.

import { Section } from "@react-email/section";
import { createElement, type ReactElement } from "react";
import type { Mail } from "../domain/mail.ts";
import type { Digest, Envelope } from "./digest.ts";
import {
  type CorrectionWords,
  changedWords,
  correctionWords,
  type ItemWords,
  itemWords,
  possibleWords,
  type ResurfacedWords,
  resurfacedWords,
} from "./digest-words.ts";
import { issuePath } from "./issue.ts";
import type { Locale } from "./locales/locale.ts";
import { listHeaders } from "./mail-headers.ts";
import { LINE, line, link, renderShell, styles, textFooter } from "./mail-shell.ts";
import { oneLine, wrap } from "./plain-text.ts";
import { correctionBlock, correctionText } from "./render-correction.ts";
import { filtersOf, localeOf } from "./words.ts";

/** Gmail clips near 102 kB (of 1,000 bytes). */
export const MAX_HTML_BYTES = 95_000;
const MOST_RESURFACED = 25;
const MOST_POSSIBLE = 10;
const MOST_CORRECTIONS = 10;
const MOST_ITEMS = 60;
const WIDTH = 76;

interface Parts {
  readonly resurfaced: readonly ResurfacedWords[];
  readonly possible: readonly ResurfacedWords[];
  readonly corrections: readonly CorrectionWords[];
  readonly items: readonly ItemWords[];
  /** Entries that did not fit. */
  readonly left: number;
  readonly notes: readonly string[];
  readonly issueUrl: string;
}

/**
 * @param titleOf the title of a dossier that the reader chose, for the line that says why they get this
 * @returns null where there is nothing to say
 */
export function renderDigest(
  digest: Digest,
  envelope: Envelope,
  titleOf: (dossier: string) => string = (dossier) => dossier,
): Mail | null {
  if (countOf(digest) === 0) return null;
  const locale = localeOf(envelope.preferences.language);
  const subject = subjectOf(digest, locale);
  let resurfaced = MOST_RESURFACED;
  let items = MOST_ITEMS;
  for (;;) {
    const parts = partsOf(digest, envelope, locale, titleOf, resurfaced, items);
    const html = htmlOf(parts, envelope, locale, subject);
    if (Buffer.byteLength(html) <= MAX_HTML_BYTES || resurfaced + items <= 2)
      return {
        to: envelope.to,
        subject,
        text: textOf(parts, envelope, locale),
        html,
        messageId: envelope.messageId,
        headers: listHeaders(envelope.links),
      };
    resurfaced = Math.max(1, Math.floor(resurfaced * 0.75));
    items = Math.max(1, Math.floor(items * 0.6));
  }
}

const countOf = (digest: Digest): number => {
  const { resurfaced, possible = [], changed = [], corrections = [], items } = digest;
  return [resurfaced, possible, changed, corrections, items].flat().length;
};

function subjectOf(digest: Digest, locale: Locale): string {
  const { changed = [], corrections = [], possible = [] } = digest;
  const [first] = [...digest.resurfaced, ...changed];
  const [correction] = corrections;
  if (digest.cadence === "immediate" && first === undefined && correction !== undefined)
    return locale.subject.correction(oneLine(correction.dossier.title, 90));
  if (digest.cadence !== "immediate" || first === undefined)
    return locale.subject.periodic(
      digest.cadence,
      digest.resurfaced.length,
      possible.length,
      corrections.length,
      digest.items.length,
    );
  const back =
    "event" in first
      ? locale.backFrom(first.event.from, first.event.quietDays)
      : locale.newStage(locale.stages[first.change.stage]);
  const one = `${back}${locale.colon} ${oneLine(first.dossier.title, 90)}`;
  const told = [...digest.resurfaced, ...changed];
  const dossiers = new Set(told.map(({ dossier }) => dossier.id)).size;
  return dossiers > 1 ? locale.subject.many(one, dossiers - 1) : one;
}

function partsOf(
  digest: Digest,
  envelope: Envelope,
  locale: Locale,
  titleOf: (dossier: string) => string,
  mostResurfaced: number,
  mostItems: number,
): Parts {
  const { preferences, links } = envelope;
  const zone = preferences.timezone;
  const resurfaced = [
    ...digest.resurfaced.map((entry) => () => resurfacedWords(entry, locale, links, zone)),
    ...(digest.changed ?? []).map((entry) => () => changedWords(entry, locale, links, zone)),
  ]
    .slice(0, mostResurfaced)
    .map((words) => words());
  const possible = (digest.possible ?? [])
    .slice(0, MOST_POSSIBLE)
    .map((entry) => possibleWords(entry, locale, links, zone));
  const corrections = (digest.corrections ?? [])
    .slice(0, MOST_CORRECTIONS)
    .map((entry) => correctionWords(entry, locale, links, zone));
  const items = digest.items
    .slice(0, mostItems)
    .map((entry) => itemWords(entry, locale, links, preferences.timezone));
  const { coverage } = digest;
  const filters = filtersOf(locale, preferences, titleOf);
  const total = countOf(digest);
  return {
    resurfaced,
    possible,
    corrections,
    items,
    left: total - resurfaced.length - possible.length - corrections.length - items.length,
    notes: [
      locale.footer.why(locale.cadences[preferences.cadence], filters),
      locale.footer.coverage(coverage.feedsChecked, coverage.feedsFailing, coverage.itemsRead),
    ],
    issueUrl: issueUrlOf(digest, envelope),
  };
}

/** The whole issue in the public archive; an immediate mail's is its event. */
function issueUrlOf(digest: Digest, { preferences, links }: Envelope): string {
  if (digest.period !== null) return `${links.publicUrl}${issuePath(preferences, digest.period)}`;
  const [first] = digest.resurfaced;
  if (first !== undefined) return `${links.publicUrl}/events/${first.event.id}`;
  const [changed] = digest.changed ?? [];
  if (changed !== undefined) return `${links.publicUrl}/items/${changed.item.id}`;
  const [correction] = digest.corrections ?? [];
  return correction === undefined
    ? `${links.publicUrl}/`
    : `${links.publicUrl}/events/${correction.event.id}`;
}

function resurfacedBlock(entry: ResurfacedWords, locale: Locale): ReactElement {
  const { digest: say } = locale;
  const { small, body } = styles;
  const style = { borderLeft: `3px solid ${LINE}`, margin: "0 0 28px", paddingLeft: "16px" };
  return createElement(
    Section,
    { style, className: "line" },
    line(styles.back, "accent", entry.back),
    line(styles.title, "ink", entry.dossier),
    line(small, "quiet", [entry.place, entry.reportedBy, ...entry.notes].join(" · ")),
    entry.before === null ? null : line(small, "quiet", entry.before),
    line({ ...small, margin: "0 0 10px" }, "quiet", entry.now),
    line(body, "ink", link(entry.source, entry.title)),
    entry.summary === "" ? null : line(body, "ink", entry.summary),
    labelled(say.words, entry.words, locale),
    labelled(say.themes, entry.themes, locale),
    labelled(say.arguments, entry.arguments, locale),
    line(small, "quiet", link(entry.dossierUrl, say.dossier, styles.plainLink, null)),
  );
}

const labelled = (label: string, value: string, locale: Locale): ReactElement | null =>
  value === "" ? null : line(styles.small, "quiet", `${label}${locale.colon} ${value}`);

function itemBlock(entry: ItemWords, locale: Locale): ReactElement {
  return createElement(
    Section,
    { style: { margin: "0 0 18px" } },
    line(styles.itemTitle, "ink", link(entry.source, entry.title)),
    line(styles.small, "quiet", entry.facts),
    entry.summary === "" ? null : line({ ...styles.body, margin: "0 0 4px" }, "ink", entry.summary),
    labelled(locale.digest.words, entry.words, locale),
  );
}

/** A part that stands alone needs no heading, but for what is not confirmed, and corrections. */
function headingsOf(entries: Parts, { digest, correction }: Locale) {
  const { resurfaced, possible, corrections, items } = entries;
  const all = [resurfaced, possible, corrections, items];
  const parts = all.filter((some) => some.length > 0).length;
  const among = (entries: readonly unknown[], heading: string) =>
    parts > 1 && entries.length > 0 ? heading : null;
  return {
    resurfaced: among(resurfaced, digest.cameBack),
    possible: possible.length > 0 ? digest.possible : null,
    corrections: corrections.length > 0 ? correction.heading : null,
    items: among(items, digest.alsoNew),
  };
}

function htmlOf(parts: Parts, envelope: Envelope, locale: Locale, subject: string): string {
  const headings = headingsOf(parts, locale);
  const first = { ...styles.section, margin: "0 0 12px" };
  const heading = (text: string | null, isFirst: boolean) =>
    text === null ? null : line(isFirst ? first : styles.section, "quiet", text);
  return renderShell({
    locale,
    links: envelope.links,
    subject,
    notes: parts.notes,
    body: [
      heading(headings.resurfaced, true),
      ...parts.resurfaced.map((entry) => resurfacedBlock(entry, locale)),
      heading(headings.possible, parts.resurfaced.length === 0),
      ...parts.possible.map((entry) => resurfacedBlock(entry, locale)),
      heading(headings.corrections, parts.resurfaced.length + parts.possible.length === 0),
      ...parts.corrections.map((entry) => correctionBlock(entry, locale)),
      heading(headings.items, false),
      ...parts.items.map((entry) => itemBlock(entry, locale)),
      line(
        styles.small,
        "quiet",
        link(parts.issueUrl, moreOf(parts, locale), styles.plainLink, null),
      ),
    ],
  });
}

const moreOf = (parts: Parts, locale: Locale): string =>
  parts.left > 0
    ? `${locale.moreItems(parts.left)}. ${locale.digest.readAll}`
    : locale.digest.thisIssue;

function resurfacedText(entry: ResurfacedWords, locale: Locale): string {
  const { digest: say } = locale;
  const labelledText = (label: string, value: string) =>
    value === "" ? [] : [wrap(`${label}${locale.colon} ${value}`, WIDTH)];
  return [
    wrap(entry.back, WIDTH),
    wrap(entry.dossier, WIDTH),
    wrap([entry.place, entry.reportedBy, ...entry.notes].join(" · "), WIDTH),
    "",
    ...(entry.before === null ? [] : [wrap(entry.before, WIDTH)]),
    wrap(entry.now, WIDTH),
    "",
    wrap(entry.title, WIDTH),
    ...(entry.summary === "" ? [] : [wrap(entry.summary, WIDTH)]),
    entry.source,
    "",
    ...labelledText(say.words, entry.words),
    ...labelledText(say.themes, entry.themes),
    ...labelledText(say.arguments, entry.arguments),
    `${say.dossier}${locale.colon} ${entry.dossierUrl}`,
  ].join("\n");
}

function itemText(entry: ItemWords): string {
  return [
    wrap(entry.title, WIDTH, "  ", "* "),
    wrap(entry.facts, WIDTH, "  "),
    ...(entry.summary === "" ? [] : [wrap(entry.summary, WIDTH, "  ")]),
    `  ${entry.source}`,
  ].join("\n");
}

function textOf(parts: Parts, envelope: Envelope, locale: Locale): string {
  const headings = headingsOf(parts, locale);
  const heading = (text: string | null) =>
    text === null ? [] : [`${text}\n${"=".repeat(text.length)}`];
  return [
    ...heading(headings.resurfaced),
    ...parts.resurfaced.map((entry) => resurfacedText(entry, locale)),
    ...heading(headings.possible),
    ...parts.possible.map((entry) => resurfacedText(entry, locale)),
    ...heading(headings.corrections),
    ...parts.corrections.map((entry) => correctionText(entry, locale, WIDTH)),
    ...heading(headings.items),
    ...parts.items.map(itemText),
    `${moreOf(parts, locale)}\n${parts.issueUrl}`,
    textFooter(
      locale,
      envelope.links,
      parts.notes.map((note) => wrap(note, WIDTH)),
    ),
  ].join("\n\n");
}
