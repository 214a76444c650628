// The frame of every mail's HTML, of React Email's parts: one column, no image, light and dark.
import { Body } from "@react-email/body";
import { Container } from "@react-email/container";
import { Head } from "@react-email/head";
import { Hr } from "@react-email/hr";
import { Html } from "@react-email/html";
import { Link } from "@react-email/link";
import { Text } from "@react-email/text";
import { type CSSProperties, createElement, type ReactElement, type ReactNode } from "react";
import { renderToStaticMarkup } from "react-dom/server";
import type { MailLinks } from "./digest.ts";
import type { Locale } from "./locales/locale.ts";

const FONT = "-apple-system,'Segoe UI',Roboto,Helvetica,Arial,sans-serif";
const INK = "#1b1f24";
const QUIET = "#57606a";
const PAPER = "#ffffff";
export const LINE = "#d8dee4";
const ACCENT = "#a4340f";

/**
 * Colours are said twice: inline for programs that read no style sheet, by class for dark mode. The paper has none inline:
 * React Email's Body would set it on a table cell that no class reaches.
 */
const DARK = `@media (prefers-color-scheme: dark) {
.paper { background-color: #14171a !important; }
.ink { color: #e8eaed !important; }
.quiet { color: #a5adb6 !important; }
.accent { color: #ff9b73 !important; }
.line { border-color: #3a424a !important; }
.button { background-color: #ff9b73 !important; color: #14171a !important; }
}`;

export const styles = {
  brand: { color: QUIET, fontSize: "13px", lineHeight: "20px", margin: "0 0 20px" },
  hello: { color: INK, fontSize: "16px", lineHeight: "24px", margin: "0 0 16px" },
  section: {
    color: QUIET,
    fontSize: "14px",
    lineHeight: "20px",
    fontWeight: "600",
    margin: "32px 0 12px",
  },
  back: {
    color: ACCENT,
    fontSize: "15px",
    lineHeight: "22px",
    fontWeight: "600",
    margin: "0 0 2px",
  },
  title: { color: INK, fontSize: "20px", lineHeight: "27px", fontWeight: "700", margin: "0 0 8px" },
  itemTitle: {
    color: INK,
    fontSize: "16px",
    lineHeight: "23px",
    fontWeight: "600",
    margin: "0 0 2px",
  },
  body: { color: INK, fontSize: "15px", lineHeight: "23px", margin: "0 0 8px" },
  small: { color: QUIET, fontSize: "13px", lineHeight: "20px", margin: "0 0 4px" },
  link: { color: ACCENT, textDecoration: "underline" },
  plainLink: { color: "inherit", textDecoration: "underline" },
} as const satisfies Record<string, CSSProperties>;

type Ink = "ink" | "quiet" | "accent";

/** A paragraph; `ink` names its colour in dark mode. */
export function line(style: CSSProperties, ink: Ink, ...children: ReactNode[]): ReactElement {
  return createElement(Text, { style, className: ink }, ...children);
}

/** A link that leads exactly where it says, with nothing added. */
export function link(
  href: string,
  text: ReactNode,
  style: CSSProperties = styles.link,
  ink: Ink | null = "accent",
): ReactElement {
  return createElement(Link, { href, style, ...(ink === null ? {} : { className: ink }) }, text);
}

export function button(href: string, text: string): ReactElement {
  const style: CSSProperties = {
    backgroundColor: ACCENT,
    borderRadius: "6px",
    color: PAPER,
    display: "inline-block",
    fontSize: "16px",
    fontWeight: "600",
    padding: "12px 20px",
    textDecoration: "none",
  };
  return createElement(Link, { href, style, className: "button" }, text);
}

export const rule = (): ReactElement =>
  createElement(Hr, {
    style: {
      borderColor: LINE,
      borderStyle: "solid",
      borderWidth: "1px 0 0",
      margin: "28px 0 16px",
    },
    className: "line",
  });

/** Who sends this, and how to make it stop: below every mail. */
function footer(locale: Locale, links: MailLinks, notes: readonly string[]): ReactElement[] {
  const dot = " · ";
  const { footer: words } = locale;
  return [
    rule(),
    ...notes.map((note) => line(styles.small, "quiet", note)),
    line(
      styles.small,
      "quiet",
      link(links.unsubscribe, words.unsubscribe, styles.plainLink, null),
      dot,
      link(links.preferences, words.preferences, styles.plainLink, null),
      dot,
      link(`${links.publicUrl}/`, words.archive, styles.plainLink, null),
      dot,
      link(links.contactUrl, words.contact, styles.plainLink, null),
    ),
    line(styles.small, "quiet", words.noTracking),
  ];
}

const DOCTYPE =
  '<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Transitional//EN" "http://www.w3.org/TR/xhtml1/DTD/xhtml1-transitional.dtd">';

export interface Shell {
  readonly locale: Locale;
  readonly links: MailLinks;
  readonly subject: string;
  readonly body: readonly ReactNode[];
  /** Sentences above the footer's links. */
  readonly notes: readonly string[];
}

/** @returns a whole document; every text in it is escaped */
export function renderShell({ locale, links, subject, body, notes }: Shell): string {
  const page = createElement(
    Html,
    { lang: locale.language, dir: "ltr" },
    createElement(
      Head,
      null,
      createElement("title", null, subject),
      createElement("meta", { name: "viewport", content: "width=device-width" }),
      createElement("meta", { name: "color-scheme", content: "light dark" }),
      createElement("meta", { name: "supported-color-schemes", content: "light dark" }),
      createElement("style", null, DARK),
    ),
    createElement(
      Body,
      { style: { fontFamily: FONT, margin: "0" }, className: "paper" },
      createElement(
        Container,
        { style: { maxWidth: "600px", margin: "0 auto", padding: "24px 20px" } },
        line(styles.brand, "quiet", "backdoor-watch"),
        ...body,
        ...footer(locale, links, notes),
      ),
    ),
  );
  return `${DOCTYPE}\n${renderToStaticMarkup(page)}`;
}

/** The same footer in the text part. */
export function textFooter(locale: Locale, links: MailLinks, notes: readonly string[]): string {
  const { footer: words } = locale;
  return [
    "-".repeat(40),
    ...notes,
    `${words.unsubscribe}${locale.colon} ${links.unsubscribe}`,
    `${words.preferences}${locale.colon} ${links.preferences}`,
    `${words.archive}${locale.colon} ${links.publicUrl}/`,
    `${words.contact}${locale.colon} ${links.contactUrl}`,
  ].join("\n");
}
