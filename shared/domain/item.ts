// Items: one entry of a feed, and what was decided of it.
import { z } from "zod";
import { FeedFacts } from "./feed.ts";
import { DossierId, FeedId, ItemId } from "./ids.ts";
import {
  type Act,
  ArgumentId,
  Instant,
  Jurisdiction,
  LanguageTag,
  Side,
  Stage,
  ThemeId,
} from "./vocabulary.ts";

/** An item going in, as `classify`, `replay` and `eval` read it: only the title is required. */
export const ItemInput = z.object({
  id: z
    .string()
    .nullish()
    .transform((value) => value ?? null),
  url: z
    .string()
    .nullish()
    .transform((value) => value ?? null),
  title: z.string(),
  summary: z
    .string()
    .nullish()
    .transform((value) => value ?? ""),
  published: Instant.nullish().transform((value) => value ?? null),
  feed: FeedFacts.nullish().transform(
    (value) => value ?? { id: null, kind: null, jurisdiction: null, language: null },
  ),
  /** A bill's stage as the feed's own attribute words it (`Report stage`), where there is one. */
  stageHint: z
    .string()
    .nullish()
    .transform((value) => value ?? null),
});
export type ItemInput = z.infer<typeof ItemInput>;

/** Which words made a decision: offsets into the item's own field, UTF-16 units, `end` exclusive. */
export const Evidence = z.object({
  term: z.string(),
  field: z.enum(["title", "summary"]),
  start: z.number().int().nonnegative(),
  end: z.number().int().positive(),
  /** What the match added to the score (log-odds); null where it was a condition. */
  weight: z.number().nullable().default(null),
});
export type Evidence = z.infer<typeof Evidence>;

export const ThemeScore = z.object({
  id: ThemeId,
  score: z.number().min(0).max(1),
  evidence: z.array(Evidence),
});
export const ArgumentScore = z.object({
  id: ArgumentId,
  side: Side.nullable(),
  score: z.number().min(0).max(1),
  evidence: z.array(Evidence),
});

/** What the keyword models say of one item, with the words that made each decision. */
export const Classification = z.object({
  relevant: z.boolean(),
  score: z.number().min(0).max(1),
  /** The words that made it relevant, or spoke against it. */
  evidence: z.array(Evidence),
  themes: z.array(ThemeScore),
  arguments: z.array(ArgumentScore),
  legislation: z.boolean(),
  stage: Stage,
  jurisdiction: Jurisdiction.nullable(),
  language: LanguageTag.nullable(),
  /** Version of the models. */
  model: z.string(),
});
export type Classification = z.infer<typeof Classification>;

/** What an item reports of its bill; one reading for its page, its dossier and its mail. */
export interface StepFound {
  readonly legislation: boolean;
  readonly stage: Stage;
  /** What that does to its dossier. */
  readonly act: Act;
  /** How likely each act is, 0 to 1. */
  readonly acts: Readonly<Record<Act, number>>;
  /** The words that speak for the act. */
  readonly evidence: readonly Evidence[];
}

/** The classification, and the dossier that the item belongs to. */
export const Decision = Classification.extend({
  dossier: DossierId.nullable(),
  /** Why it went to that dossier, or to none; and whether it is an official move. For people. */
  because: z.array(z.string()),
});
export type Decision = z.infer<typeof Decision>;

export const Source = z.object({ feed: FeedId, url: z.string().nullable(), firstSeen: Instant });

export const Item = z.object({
  id: ItemId,
  feed: FeedFacts.extend({ id: FeedId }),
  guid: z.string().nullable(),
  url: z.string().nullable(),
  title: z.string(),
  summary: z.string(),
  /** The publisher's clock; may be absent, wrong or in the future. */
  publishedAt: Instant.nullable(),
  /** Our clock. */
  firstSeenAt: Instant,
  /** publishedAt, or firstSeenAt where that is absent or later than it: what lists and histories sort by. */
  effectiveAt: Instant,
  stageHint: z.string().nullable(),
  /** 1, and one more at each material change. */
  revision: z.number().int().positive(),
  /** Of the material content: a change of it is a new revision. */
  fingerprint: z.string(),
  /** True where it came with its feed's first poll: it is filed and mails nobody. */
  backfill: z.boolean(),
  /** Every feed that carried the same story, this one first. */
  sources: z.array(Source),
  /** The item that tells the same story and stands for it in lists and digests; absent or null for one that stands for itself. */
  story: ItemId.nullable().optional(),
});
export type Item = z.infer<typeof Item>;

/** `pending` until every consequence of the decision is committed. */
export const StoredItem = Item.extend({
  state: z.enum(["pending", "settled"]),
  decision: Decision.nullable(),
});
export type StoredItem = z.infer<typeof StoredItem>;

/** The same entry as the classifier reads it. */
export function inputOf(item: Item): ItemInput {
  return {
    id: item.id,
    url: item.url,
    title: item.title,
    summary: item.summary,
    published: item.effectiveAt,
    feed: item.feed,
    stageHint: item.stageHint,
  };
}
