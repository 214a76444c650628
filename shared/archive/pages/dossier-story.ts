// A dossier's story in words: a list of its steps with their sources, the words that count marked, and the same as a table.
import { html } from "hono/html";
import type { StoredItem } from "../../domain/item.ts";
import { FROM_MEMORY } from "../present.ts";
import type { Html } from "./layout.ts";
import { localeOf } from "./names.ts";
import { badge, excerpt, foreign, marked, outletOf, safeHref } from "./parts.ts";
import { comebackIn, dayIn, daysIn, type Reader, timeIn } from "./reader.ts";
import { isBack, type Step, type Story } from "./time-line.ts";

const wordsOf = (item: StoredItem, step: Step) => [
  ...(step.event?.evidence ?? []),
  ...(item.decision?.evidence ?? []),
];

/** The item's own title, else what the recogniser says of it. */
function titleOf(step: Step, item: StoredItem | undefined): Html {
  if (item === undefined) return html`<span>${foreign(step.what)}</span>`;
  return html`<span${localeOf(item.decision?.language)}>${marked(item.title, wordsOf(item, step), "title")}</span>`;
}

/** Where a fact is from, or that nobody wrote it down. */
function sourceOf(step: Step, { language, say }: Reader): Html {
  const href = safeHref(step.source);
  return href === null
    ? html`<span class="meta">(${FROM_MEMORY[language]})</span>`
    : html`<a rel="noreferrer" href="${href}">${say.dossier.source}</a>`;
}

function fromItem(step: Step, item: StoredItem | undefined, reader: Reader): Html {
  const { say } = reader;
  const { event } = step;
  const path = event === null ? `/items/${step.item}` : `/events/${event.id}`;
  const state =
    event === null || event.state === "standing"
      ? ""
      : html` ${badge(say.dossier.states[event.state], "warn")}`;
  const by =
    step.reportedBy === null ? "" : html` · ${reader.mail.digest.reportedBy[step.reportedBy]}`;
  const told =
    item === undefined
      ? ""
      : html`${item.summary === "" ? "" : html`<p class="excerpt"${localeOf(item.decision?.language)}>${excerpt(item.summary, wordsOf(item, step))}</p>`}<p class="meta">${outletOf(item, say.dossier.source)}${by}</p>`;
  return html`<a href="${path}">${titleOf(step, item)}</a>${state}${told}`;
}

function entry(step: Step, { items }: Story, reader: Reader): Html {
  const { event } = step;
  const stage = event === null ? reader.mail.stages[step.stage] : comebackIn(reader, event);
  const body =
    step.item === null
      ? html`${foreign(step.what)} ${sourceOf(step, reader)}`
      : fromItem(step, items.get(step.item), reader);
  return html`<li${isBack(step) ? html` class="came-back"` : ""}>${timeIn(reader, step.at)} · <strong>${stage}</strong> · ${body}</li>`;
}

/** Newest first, each long silence between the two steps that it parts. */
export function storyList(
  steps: readonly Step[],
  story: Story,
  limit: number,
  reader: Reader,
): Html {
  const entries = [...steps].reverse().map((step) => {
    const { quietBefore: days } = step;
    const silence =
      days === null || (days < limit && !isBack(step))
        ? ""
        : html`<li class="quiet">${reader.say.dossier.silence(daysIn(reader, days))}</li>`;
    return html`${entry(step, story, reader)}${silence}`;
  });
  return html`<ol class="timeline">${entries}</ol>`;
}

function reporterOf({ reportedBy }: Step, { mail, say }: Reader): string {
  return reportedBy === null ? say.dossier.registry : mail.digest.reportedBy[reportedBy];
}

function row(step: Step, { items }: Story, reader: Reader): Html {
  const { event, item } = step;
  const stage = event === null ? reader.mail.stages[step.stage] : comebackIn(reader, event);
  const told = item === null ? undefined : items.get(item);
  return html`<tr><td>${timeIn(reader, step.at)}</td><td>${stage}</td><td class="number">${step.quietBefore ?? "–"}</td><td>${reporterOf(step, reader)}</td><td>${
    item === null ? foreign(step.what) : titleOf(step, told)
  }</td></tr>`;
}

/** Oldest first, as who counts days reads it. */
export function storyTable(steps: readonly Step[], story: Story, reader: Reader): Html {
  const { columns, table } = reader.say.dossier;
  return html`<details><summary>${table}</summary><div class="scroll" tabindex="0" role="region" aria-label="${table}"><table><thead><tr><th scope="col">${columns.day}</th><th scope="col">${columns.step}</th><th scope="col">${columns.quiet}</th><th scope="col">${columns.by}</th><th scope="col">${columns.what}</th></tr></thead>
<tbody>${steps.map((step) => row(step, story, reader))}</tbody></table></div></details>`;
}

/** The last day of what is told, for whoever quotes it. */
export const asOf = (now: Date, reader: Reader): string => dayIn(reader, now);
