// Every feed and its health: a dead one is in nobody's way, and seen.
import { html } from "hono/html";
import type { FeedState } from "../../domain/feed.ts";
import type { FeedFigures } from "../../domain/feed-summary.ts";
import { type HealthStatus, healthOf } from "../../feeds/feed-health.ts";
import { type Html, page } from "./layout.ts";
import { badge, foreign, safeHref, time } from "./parts.ts";

const ORDER: Readonly<Record<HealthStatus, number>> = {
  failing: 0,
  gone: 1,
  quarantined: 2,
  silent: 3,
  degraded: 4,
  new: 5,
  ok: 6,
};
const LOOK: Readonly<Record<HealthStatus, string>> = {
  quarantined: "warn",
  silent: "warn",
  degraded: "warn",
  failing: "bad",
  gone: "bad",
  new: "",
  ok: "ok",
};

function row(feed: FeedState, now: Date): Html {
  const health = healthOf(feed, now).status;
  const { title, url, kind, jurisdiction } = feed.definition;
  const href = safeHref(url);
  const failure = feed.failures > 0 ? feed.lastFailure : null;
  return html`<tr><td>${href === null ? foreign(title) : html`<a rel="noreferrer" href="${href}">${foreign(title)}</a>`}<br><span class="meta">${kind} · ${jurisdiction ?? "–"}</span></td>
<td>${badge(health, LOOK[health])}${failure === null ? "" : html`<br><span class="meta">${failure.reason}, ${feed.failures} in a row</span>`}</td>
<td>${feed.lastSuccessAt === null ? "never" : time(feed.lastSuccessAt)}</td><td>${feed.itemsNew}</td>
<td>${Math.round(feed.intervalMinutes / 6) / 10} h</td></tr>`;
}

const table = (feeds: readonly FeedState[], now: Date): Html =>
  html`<div class="scroll"><table><thead><tr><th>Feed</th><th>Health</th><th>Last read</th><th>New items</th><th>Every</th></tr></thead><tbody>${feeds.map((feed) => row(feed, now))}</tbody></table></div>`;

export interface ShownFeeds {
  readonly figures: FeedFigures;
  /** The first of those in trouble; shown above the first page alone. */
  readonly troubled: readonly FeedState[];
  /** A page of all of them, by id. */
  readonly rows: readonly FeedState[];
  /** Where the next page begins, as a cursor, or null. */
  readonly next: string | null;
}

const worstFirst = (now: Date) => (a: FeedState, b: FeedState) =>
  ORDER[healthOf(a, now).status] - ORDER[healthOf(b, now).status] ||
  (a.definition.title < b.definition.title ? -1 : 1);

export function feedsPage({ figures, troubled, rows, next }: ShownFeeds, now: Date): Html {
  const late = figures.overdue === 0 ? "" : `, ${figures.overdue} not polled within their interval`;
  const more = figures.inTrouble - troubled.length;
  return page({
    title: "Feeds",
    here: "/feeds",
    body: html`<h1>Feeds</h1>
<p class="lede">${figures.feeds} feeds, ${figures.inTrouble} in trouble${late}, as of ${now.toISOString().slice(0, 16).replace("T", " ")} UTC.</p>
${troubled.length === 0 ? "" : html`<h2>In trouble</h2>${table([...troubled].sort(worstFirst(now)), now)}${more > 0 ? html`<p class="meta">And ${more} more.</p>` : ""}<h2>All</h2>`}
${table(rows, now)}
${next === null ? "" : html`<p><a rel="next" href="/feeds?cursor=${next}">More feeds</a></p>`}`,
  });
}
