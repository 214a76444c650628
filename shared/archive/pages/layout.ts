// Pages: the frame around every page. Markup comes only from hono/html, which escapes whatever is put into it.
import { html, raw } from "hono/html";
import type { HtmlEscapedString } from "hono/utils/html";

/** What `html` makes: a string that is markup already, or the promise of one. */
export type Markup = HtmlEscapedString | Promise<HtmlEscapedString>;

export interface PageParts {
  readonly title: string;
  readonly body: Markup;
  /** For search engines and previews; one sentence. */
  readonly description?: string;
  /** Of the page's own words; English unless told. */
  readonly language?: string;
  /** Which entry of the navigation this is, by its address. */
  readonly current?: string;
  /** Link to the same as a feed, where there is one. */
  readonly feedUrl?: string;
}

const NAVIGATION = [
  { path: "/", label: "What came back" },
  { path: "/items", label: "Items" },
  { path: "/dossiers", label: "Dossiers" },
  { path: "/feeds", label: "Feeds" },
  { path: "/subscribe", label: "Get mail" },
  { path: "/about", label: "About" },
] as const;

const navigation = (current: string | undefined): Markup[] =>
  NAVIGATION.map(({ path, label }) =>
    path === current
      ? html`<li><a href="${path}" aria-current="page">${label}</a></li>`
      : html`<li><a href="${path}">${label}</a></li>`,
  );

/** One whole document; no script, no style of its own, nothing from another host. */
export function page(parts: PageParts): Markup {
  const { title, body, description, language = "en", current, feedUrl } = parts;
  return html`${raw("<!doctype html>")}
<html lang="${language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${title === "backdoor-watch" ? title : `${title} · backdoor-watch`}</title>
${description === undefined ? "" : html`<meta name="description" content="${description}">`}
<link rel="stylesheet" href="/style.css">
<link rel="icon" href="/icon.svg" type="image/svg+xml">
${feedUrl === undefined ? "" : html`<link rel="alternate" type="application/atom+xml" title="backdoor-watch" href="${feedUrl}">`}
</head>
<body>
<a class="skip" href="#content">Skip to the content</a>
<header class="site">
<a class="brand" href="/"><img src="/icon.svg" alt="" width="26" height="26"><span>backdoor-watch</span></a>
<nav aria-label="Main"><ul>${navigation(current)}</ul></nav>
</header>
<main id="content">
${body}
</main>
<footer class="site">
<p>Follows demands for access to encrypted messages through parliaments, governments and courts, and says when one that was thought dead comes back.</p>
<p><a href="/about">How it works</a> <a href="/privacy">Privacy</a> <a href="/api/openapi.json">API</a> <a href="/feed.atom">Atom</a> <a href="/feed.rss">RSS</a></p>
</footer>
</body>
</html>`;
}
