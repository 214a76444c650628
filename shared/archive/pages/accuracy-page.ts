// How right the models are, as docs/accuracy.md publishes it: figures that nobody has to ask for.
import { html, raw } from "hono/html";
import { marked } from "marked";
import { type Html, page } from "./layout.ts";

/** @param markdown our own document, reviewed like code: the one text that is not escaped */
export function accuracyPage(markdown: string): Html {
  const body = marked.parse(markdown, { async: false, gfm: true });
  return page({
    title: "Accuracy",
    here: "/accuracy",
    body: html`<div class="doc scroll">${raw(body)}</div>`,
  });
}
