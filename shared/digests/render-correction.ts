// What is taken back, as a block of a mail: told, with its date, and why it no longer stands.
import { Section } from "@react-email/section";
import { createElement, type ReactElement } from "react";
import type { CorrectionWords } from "./digest-words.ts";
import type { Locale } from "./locales/locale.ts";
import { LINE, line, link, styles } from "./mail-shell.ts";
import { wrap } from "./plain-text.ts";

export function correctionBlock(entry: CorrectionWords, { correction: say }: Locale): ReactElement {
  const { small, body } = styles;
  const style = { borderLeft: `3px solid ${LINE}`, margin: "0 0 28px", paddingLeft: "16px" };
  return createElement(
    Section,
    { style, className: "line" },
    line(styles.itemTitle, "ink", entry.dossier),
    line({ ...small, margin: "0 0 10px" }, "quiet", entry.place),
    line(body, "ink", entry.told),
    line(body, "ink", entry.reason),
    entry.late === null ? null : line(body, "ink", link(entry.late.source, entry.late.title)),
    line(small, "quiet", link(entry.eventUrl, say.event, styles.plainLink, null)),
  );
}

/** @param width of a line, in characters */
export function correctionText(entry: CorrectionWords, locale: Locale, width: number): string {
  const { late } = entry;
  return [
    wrap(entry.dossier, width),
    wrap(entry.place, width),
    "",
    wrap(entry.told, width),
    wrap(entry.reason, width),
    ...(late === null ? [] : [wrap(late.title, width), late.source]),
    "",
    `${locale.correction.event}${locale.colon} ${entry.eventUrl}`,
  ].join("\n");
}
