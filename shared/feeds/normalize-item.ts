// Feeds: from an entry as stated to an item as kept.
import type { FeedState, ParsedItem } from "../domain/feed.ts";
import { foldText } from "../domain/fold-text.ts";
import { fingerprintOf, type ItemId, itemIdOf } from "../domain/ids.ts";
import type { Item } from "../domain/item.ts";
import { isHttpUrl } from "./resolve-url.ts";

/** Dates before are a tool's zero (1970, 1904, 0001), not a publisher's word. */
const FIRST_YEAR = "1990";

/**
 * @param key from identify-item.ts; `id` where the item is known under another (its feed changed all guids)
 * @returns revision 1, seen now; backfill where the feed was never polled to the end before
 */
export function normalizeItem(
  parsed: ParsedItem,
  key: string,
  feed: FeedState,
  now: Date,
  id: ItemId = itemIdOf(feed.id, key),
): Item {
  const firstSeenAt = now.toISOString();
  const publishedAt = parsed.published;
  const url = parsed.url !== null && isHttpUrl(parsed.url) ? parsed.url : null;
  const { kind, jurisdiction, language } = feed.definition;
  return {
    id,
    feed: { id: feed.id, kind, jurisdiction, language },
    guid: parsed.guid,
    url,
    title: parsed.title || parsed.summary.slice(0, 120) || (url ?? parsed.guid ?? "(untitled)"),
    summary: parsed.summary,
    publishedAt,
    firstSeenAt,
    effectiveAt: effectiveAt(publishedAt, firstSeenAt),
    stageHint: parsed.stage,
    revision: 1,
    fingerprint: materialFingerprint(parsed),
    backfill: feed.firstPolledAt === null,
    sources: [{ feed: feed.id, url, firstSeen: firstSeenAt }],
  };
}

/** The publisher's clock, but for what it cannot know: nothing is published after it was seen. */
function effectiveAt(publishedAt: string | null, firstSeenAt: string): string {
  if (publishedAt === null || publishedAt > firstSeenAt || publishedAt < FIRST_YEAR)
    return firstSeenAt;
  return publishedAt;
}

function materialFingerprint(parsed: ParsedItem): string {
  return fingerprintOf(
    22,
    foldText(parsed.stage ?? ""),
    foldText(parsed.title),
    foldText(parsed.summary),
  );
}

/** Below this share of new words a text was corrected, not written anew. */
const NEW_WORDS_SHARE = 0.4;
const NEW_WORDS_LEAST = 8;

type Said = Pick<Item, "title" | "summary" | "stageHint">;

/**
 * True where a known item must be decided again: a new stage, or materially new text. A headline edit alone is neither; where
 * an institution's item has little but its headline, a wholly new one is new text.
 */
export function isMaterialChange(before: Said, after: Said, isOfficial: boolean): boolean {
  if (foldText(before.stageHint ?? "") !== foldText(after.stageHint ?? "")) return true;
  if (
    isNewText(before.summary, after.summary, `${before.title} ${before.summary}`, NEW_WORDS_LEAST)
  )
    return true;
  return isOfficial && isNewText(before.title, after.title, `${before.title} ${before.summary}`, 2);
}

function isNewText(before: string, after: string, known: string, least: number): boolean {
  if (before === after) return false;
  const old = new Set(foldText(known).split(" "));
  const words = [...new Set(foldText(after).split(" "))].filter((word) => word !== "");
  const fresh = words.filter((word) => !old.has(word)).length;
  return fresh >= least && fresh / words.length >= NEW_WORDS_SHARE;
}
