// The frame of every page: one stylesheet, no script, a way back.
import { html, raw } from "hono/html";
import type { HtmlEscapedString } from "hono/utils/html";
import type { MailLanguage } from "../../domain/vocabulary.ts";
import { pageWords } from "./reader.ts";
import type { Alternate } from "./same-as.ts";

export type Html = HtmlEscapedString | Promise<HtmlEscapedString>;

export interface PageContent {
  readonly title: string;
  readonly body: Html;
  readonly description?: string;
  /** Which entry of the menu is the reader's own. */
  readonly here?: string;
  /** English unless told. */
  readonly language?: MailLanguage;
  /** The same in other forms. */
  readonly alternates?: readonly Alternate[];
}

/** Once in every page, so that what only some are shown can be put before it. */
export const FOOTER_END = "</footer>\n</body>";
export const CLOSE_HEAD = "</head>\n<body>";

const MENU = ["/", "/dossiers", "/items", "/feeds", "/subscribe"] as const;

/** Marks that turn the direction of what follows: in a title, which holds no markup, they would turn the window's too. */
const TURNS = /[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/g;

const linkTo = ({ type, title, href }: Alternate): Html =>
  html`<link rel="alternate" type="${type}" title="${title.replace(TURNS, "")}" href="${href}">
`;

export function page(content: PageContent): Html {
  const { title, body, description, here, language = "en", alternates = [] } = content;
  const name = title.replace(TURNS, "");
  const { layout: say } = pageWords(language);
  return html`<!doctype html>
<html lang="${language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${name === "backdoor-watch" ? name : `${name} · backdoor-watch`}</title>
${description === undefined ? "" : html`<meta name="description" content="${description.replace(TURNS, "")}">`}
<link rel="stylesheet" href="/style.css">
${alternates.map(linkTo)}${raw(CLOSE_HEAD)}
<a class="skip" href="#main">${say.skip}</a>
<header class="top"><a class="brand" href="/">backdoor-watch</a>
<nav aria-label="${say.pages}">${MENU.map(
    (path) =>
      html`<a href="${path}"${path === here ? html` aria-current="page"` : ""}>${say.menu[path]}</a>`,
  )}</nav></header>
<main id="main">
${body}
</main>
<footer><a href="/about">${say.foot.about}</a> <a href="/accuracy">${say.foot.accuracy}</a> <a href="/privacy">${say.foot.privacy}</a> <a href="/api">API</a> <a href="/healthz">${say.foot.health}</a>${raw(FOOTER_END)}
</html>`;
}
