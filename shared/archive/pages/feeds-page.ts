// Every feed and its health: a dead one is in nobody's way, and seen.
import { html } from "hono/html";
import type { FeedState } from "../../domain/feed.ts";
import { type FeedHealth, healthOf } from "../present.ts";
import { type Html, page } from "./layout.ts";
import { badge, safeHref, time } from "./parts.ts";

const ORDER: Readonly<Record<FeedHealth, number>> = { failing: 0, gone: 1, new: 2, healthy: 3 };
const LOOK: Readonly<Record<FeedHealth, string>> = {
  failing: "bad",
  gone: "bad",
  new: "",
  healthy: "ok",
};

function row(feed: FeedState): Html {
  const health = healthOf(feed);
  const { title, url, kind, jurisdiction } = feed.definition;
  const href = safeHref(url);
  const failure = feed.failures > 0 ? feed.lastFailure : null;
  return html`<tr><td>${href === null ? title : html`<a rel="noreferrer" href="${href}">${title}</a>`}<br><span class="meta">${kind} · ${jurisdiction ?? "–"}</span></td>
<td>${badge(health, LOOK[health])}${failure === null ? "" : html`<br><span class="meta">${failure.reason}, ${feed.failures} in a row</span>`}</td>
<td>${feed.lastSuccessAt === null ? "never" : time(feed.lastSuccessAt)}</td><td>${feed.itemsNew}</td>
<td>${Math.round(feed.intervalMinutes / 6) / 10} h</td></tr>`;
}

export function feedsPage(feeds: readonly FeedState[], now: Date): Html {
  const sorted = [...feeds].sort(
    (a, b) =>
      ORDER[healthOf(a)] - ORDER[healthOf(b)] || (a.definition.title < b.definition.title ? -1 : 1),
  );
  const failing = feeds.filter((feed) => ["failing", "gone"].includes(healthOf(feed))).length;
  return page({
    title: "Feeds",
    here: "/feeds",
    body: html`<h1>Feeds</h1>
<p class="lede">${feeds.length} feeds, ${failing} failing, as of ${now.toISOString().slice(0, 16).replace("T", " ")} UTC.</p>
<div class="scroll"><table><thead><tr><th>Feed</th><th>Health</th><th>Last read</th><th>New items</th><th>Every</th></tr></thead><tbody>${sorted.map(row)}</tbody></table></div>`,
  });
}
