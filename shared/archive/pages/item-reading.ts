// How an item was read and what came of it, for who asks why: in the sentences that `explain` says.
import { html } from "hono/html";
import type { MoveExplained } from "../../dossiers/explain-move.ts";
import type { ItemExplained } from "../../flows/explain-item.ts";
import { sayClause, sayOutcome, sayRelevance, sayReport } from "../../flows/say-explained.ts";
import type { Html } from "./layout.ts";
import { foreign } from "./parts.ts";

export interface Why {
  /** Null where other models decided than those that could read it now. */
  readonly read: ItemExplained | null;
  /** Null where it belongs to no dossier. */
  readonly outcome: MoveExplained | null;
}

/** Clauses of a long text that are shown. */
const CLAUSES_MAX = 8;

/** Relevant or not by which words, and what it reports. */
export function readingOf({ relevance, report, clauses }: ItemExplained): Html {
  const rows =
    report === null
      ? []
      : sayReport(report).map(
          ([name, said]) => html`<tr><th scope="row">${name}</th><td>${foreign(said)}</td></tr>`,
        );
  return html`<p>${foreign(sayRelevance(relevance))}</p>
${
  rows.length === 0
    ? ""
    : html`<h3>What it reports</h3>
<div class="scroll"><table><tbody>${rows}</tbody></table></div>`
}
${
  clauses.length === 0
    ? ""
    : html`<details><summary>Clause by clause</summary><ul>${clauses
        .slice(0, CLAUSES_MAX)
        .map(sayClause)
        .map(([text, said]) => html`<li>${foreign(text)}<br>${foreign(said)}</li>`)}</ul></details>`
}`;
}

/** What it did on its dossier, or what would have made it news. */
export function outcomeOf(outcome: MoveExplained): Html {
  const [said, ...ways] = sayOutcome(outcome);
  const list = ways.map((way, at) => html`<li>${at === 0 ? "" : "or "}${way}</li>`);
  return html`<h3>What came of it</h3>
<p>${foreign(said)}</p>
${ways.length === 0 ? "" : html`<p>What would have made it news:</p><ul>${list}</ul>`}`;
}
