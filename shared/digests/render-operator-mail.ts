// Mail to whoever runs the installation: plain words, no list to leave.
import { Body } from "@react-email/body";
import { Container } from "@react-email/container";
import { Head } from "@react-email/head";
import { Html } from "@react-email/html";
import { createElement } from "react";
import { renderToStaticMarkup } from "react-dom/server";
import { fingerprintOf } from "../domain/ids.ts";
import type { Mail } from "../domain/mail.ts";
import { line, link, styles } from "./mail-shell.ts";
import { oneLine, webLink, wrap } from "./plain-text.ts";

const WIDTH = 76;
/** Of one paragraph. */
const MOST = 1_000;

export interface OperatorMail {
  readonly to: string;
  /** Ends the Message-ID. */
  readonly listHost: string;
  /** Names this mail for ever: a repeat carries the same Message-ID. */
  readonly name: string;
  readonly subject: string;
  readonly paragraphs: readonly string[];
  /** Below the paragraphs, one a line. */
  readonly links?: readonly { readonly text: string; readonly href: string }[];
  /** Below the links. */
  readonly closing?: string;
}

export function renderOperatorMail(mail: OperatorMail): Mail {
  const { to, listHost, name } = mail;
  // Feed text comes in here: one line each, of visible characters, and only links that are links.
  const paragraphs = mail.paragraphs.map((text) => oneLine(text, MOST));
  const links = (mail.links ?? []).filter(({ href }) => webLink(href) !== null);
  const closing = mail.closing === undefined ? [] : [mail.closing];
  const subject = oneLine(mail.subject, 150);
  const page = createElement(
    Html,
    { lang: "en", dir: "ltr" },
    createElement(Head, null, createElement("title", null, subject)),
    createElement(
      Body,
      null,
      createElement(
        Container,
        null,
        line(styles.brand, "quiet", "backdoor-watch, to its operator"),
        ...paragraphs.map((text) => line(styles.body, "ink", text)),
        ...links.map(({ text, href }) => line(styles.body, "ink", link(href, text))),
        ...closing.map((text) => line(styles.small, "quiet", text)),
      ),
    ),
  );
  return {
    to,
    subject,
    text: [
      ...paragraphs.map((text) => wrap(text, WIDTH)),
      ...links.map(({ text, href }) => `${text}:\n${href}`),
      ...closing.map((text) => wrap(text, WIDTH)),
    ].join("\n\n"),
    html: `<!DOCTYPE html>\n${renderToStaticMarkup(page)}`,
    messageId: `<${fingerprintOf(32, "operator", name)}@${listHost}>`,
    headers: { "Auto-Submitted": "auto-generated" },
  };
}
