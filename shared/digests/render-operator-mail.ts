// Mail to whoever runs the installation: plain words, no list to leave.
import { Body } from "@react-email/body";
import { Container } from "@react-email/container";
import { Head } from "@react-email/head";
import { Html } from "@react-email/html";
import { createElement } from "react";
import { renderToStaticMarkup } from "react-dom/server";
import { fingerprintOf } from "../domain/ids.ts";
import type { Mail } from "../domain/mail.ts";
import { line, styles } from "./mail-shell.ts";
import { oneLine, wrap } from "./plain-text.ts";

const WIDTH = 76;

export interface OperatorMail {
  readonly to: string;
  /** Ends the Message-ID. */
  readonly listHost: string;
  /** Names this mail for ever: a repeat carries the same Message-ID. */
  readonly name: string;
  readonly subject: string;
  readonly paragraphs: readonly string[];
}

export function renderOperatorMail(mail: OperatorMail): Mail {
  const { to, listHost, name, paragraphs } = mail;
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
      ),
    ),
  );
  return {
    to,
    subject,
    text: paragraphs.map((text) => wrap(text, WIDTH)).join("\n\n"),
    html: `<!DOCTYPE html>\n${renderToStaticMarkup(page)}`,
    messageId: `<${fingerprintOf(32, "operator", name)}@${listHost}>`,
    headers: { "Auto-Submitted": "auto-generated" },
  };
}
