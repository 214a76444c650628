// How right the models are, as docs/accuracy.md publishes it: figures that nobody has to ask for.
import { html, raw } from "hono/html";
import { Marked } from "marked";
import { type Html, page } from "./layout.ts";

/** Where the document lies in the source. */
const HOME = "https://source.invalid/docs/accuracy.md";

/** Another document of the source is no page here: its name stands beside the words that point to it. */
const documents = new Marked({
  gfm: true,
  renderer: {
    link({ href, tokens }) {
      const target = new URL(href, HOME);
      if (href.startsWith("#") || target.origin !== new URL(HOME).origin) return false;
      return `${this.parser.parseInline(tokens)} (<code>${target.pathname.slice(1)}</code>)`;
    },
  },
});

/** @param markdown our own document, reviewed like code: the one text that is not escaped */
export function accuracyPage(markdown: string): Html {
  return page({
    title: "Accuracy",
    here: "/accuracy",
    body: html`<div class="doc scroll">${raw(documents.parse(markdown, { async: false }))}</div>`,
  });
}
