// Feeds: what makes an item the same item at the next poll.

import type { ParsedItem } from "../domain/feed.ts";
import { foldText } from "../domain/fold-text.ts";
import { fingerprintOf } from "../domain/ids.ts";

/** Parameters that say how a reader came, and nothing of what is read. */
const TRACKING =
  /^(?:utm_\w+|wt_\w+|wtmc|at_\w+|ns_\w+|mc_[ce]id|_hs\w+|(?:fb|g|d)clid|msclkid|yclid|igshid|xtor|cmpid?|ito|ocid|spm|ref_?src|feedtype|feedname|rss|jsessionid|phpsessid|aspsessionid\w*)$/i;
const TRACKING_VALUE = /^(?:rss|feed|atom|rss-\w+|feedburner)$/i;
const TRACKING_NAME = /^(?:ref|from|source|partner|via|src|cmp|campaign|medium)$/i;
/** Parameters that number a text's revisions or defeat caches. */
const VOLATILE =
  /^(?:rev|revision|ver|version|updated|modified|lastmod|timestamp|ts|_|cb|nocache|cachebuster|\d{9,})$/i;
/** `sid` is a story's number at some, so only what is long enough for a session is one. */
const SESSION = /^(?:sid|session_?id|sess|cfid|cftoken)$/i;
const SESSION_VALUE = /^[\w-]{16,}$/;
/** `#2026-11-30T10:00:00+00:00` (GOV.UK), `#3`, `,rev3`, `;version=2`: what an id appends at each edit. */
const REVISION =
  /(?:[#@?&;,:/._-](?:rev(?:ision)?|ver(?:sion)?|updated|modified|v|r)[=:._/-]?\d+|[#@]\d+|\?\d{9,}|[#@?;,/]\d{4}-?\d\d-?\d\dT[\d:.+Z-]+)$/i;

/** The address without what changes from reader to reader; text that is no address is given back as it is. */
export function canonicalUrl(text: string): string {
  if (!URL.canParse(text)) return text;
  const url = new URL(text.replace(/;jsessionid=[^/?#;]*/i, ""));
  for (const [name, value] of [...url.searchParams])
    if (TRACKING.test(name) || (TRACKING_NAME.test(name) && TRACKING_VALUE.test(value)))
      url.searchParams.delete(name, value);
  if (/^#(?:rss|ref=rss|xtor=|utm_|at_)/i.test(url.hash)) url.hash = "";
  url.protocol = url.protocol === "http:" ? "https:" : url.protocol;
  return url.href;
}

/** What an entry may be known by, each hashed; null where it has none. */
export interface Handles {
  readonly guid: string | null;
  readonly link: string | null;
  /**
   * The link also without variants of scheme and host, sessions and revision numbers; of an entry without a link its guid
   * without its revision. Too loose for a key: it only counts where it names one entry (known-items.ts).
   */
  readonly place: string | null;
}

export function handlesOf({ guid, url }: ParsedItem): Handles {
  const hashed = (kind: string, text: string | null): string | null =>
    text === null || text === "" ? null : fingerprintOf(8, kind, text);
  return {
    guid: hashed("guid", guid),
    link: hashed("link", url === null ? null : canonicalUrl(url)),
    place: hashed("place", url === null ? stemOf(guid ?? "") : placeOf(url)),
  };
}

function placeOf(text: string): string {
  const canonical = canonicalUrl(text);
  if (!URL.canParse(canonical)) return stemOf(canonical);
  const url = new URL(canonical);
  for (const [name, value] of [...url.searchParams])
    if (VOLATILE.test(name) || (SESSION.test(name) && SESSION_VALUE.test(value)))
      url.searchParams.delete(name, value);
  url.searchParams.sort();
  // A front page is where many things stand for a day.
  if (url.pathname === "/" && url.search === "" && url.hash === "") return "";
  const hash = REVISION.test(url.hash) ? "" : url.hash;
  const path = url.pathname.replace(/(?<=.)\/$/, "");
  return `${url.host.replace(/^www\./, "")}${path}${url.search}${hash}`;
}

const stemOf = (guid: string): string => guid.replace(REVISION, "").replace(/^https?:/i, "");

/** True for an id that its feed will write otherwise at the entry's next edit. */
export const hasRevision = ({ guid }: ParsedItem): boolean => guid !== null && REVISION.test(guid);

/** Handles that two different entries of one document hold: they identify nothing. */
export function sharedHandles(items: readonly ParsedItem[]): Set<string> {
  const holders = new Map<string, string>();
  const shared = new Set<string>();
  for (const item of items) {
    const content = `${item.guid ?? ""} ${contentOf(item)}`;
    for (const handle of Object.values(handlesOf(item))) {
      if (handle === null) continue;
      const holder = holders.get(handle) ?? content;
      if (holder !== content) shared.add(handle);
      holders.set(handle, holder);
    }
  }
  return shared;
}

/**
 * A key for each item, the same at every poll: its guid, else its link without tracking parameters, else its title and date.
 * Where several share a guid or link, each is told by what it says besides, the oldest too: else the next one would inherit
 * its key once it has gone. Entries that are equal throughout are one item.
 * @param shared what two entries held in this document or an earlier one
 */
export function keysOf(
  items: readonly ParsedItem[],
  shared: ReadonlySet<string> = sharedHandles(items),
): string[] {
  return items.map((item) => {
    const { guid, link } = handlesOf(item);
    const handle = guid ?? link;
    const isShared = handle !== null && shared.has(handle);
    return isShared ? `${rungOf(item)}\n${contentOf(item)}` : rungOf(item);
  });
}

function rungOf(item: ParsedItem): string {
  if (item.guid !== null) return `guid:${item.guid}`;
  if (item.url !== null) return `link:${canonicalUrl(item.url)}`;
  const title = foldText(item.title) || foldText(item.summary).slice(0, 300);
  return `text:${title}|${item.published ?? ""}`;
}

function contentOf(item: ParsedItem): string {
  const { url, title, published } = item;
  const words = foldText(title) || foldText(item.summary).slice(0, 300);
  return fingerprintOf(16, url === null ? "" : canonicalUrl(url), words, published ?? "");
}
