// Archive: what the API answers, as schemas: the description at /api/openapi.json is made of them, and tests hold answers to them.
import { z } from "zod";
import {
  DossierEvent,
  DossierState,
  HistoryEntry,
  Dossier as KnownDossier,
  Move,
} from "../domain/dossier.ts";
import { DossierId, FeedId, ItemId } from "../domain/ids.ts";
import { ArgumentScore, Evidence, Source, ThemeScore } from "../domain/item.ts";
import { Instant, Jurisdiction, Kind, LanguageTag, Stage, ThemeId } from "../domain/vocabulary.ts";

const Next = z
  .string()
  .nullable()
  .describe("Where the list goes on, for `cursor`; null at its end.");

export const Item = z.object({
  id: ItemId,
  title: z.string(),
  summary: z.string(),
  url: z.string().nullable(),
  published: Instant.nullable(),
  firstSeen: Instant,
  feed: z.object({
    id: FeedId,
    kind: Kind.nullable(),
    jurisdiction: Jurisdiction.nullable(),
    language: LanguageTag.nullable(),
  }),
  revision: z.int().positive(),
  sources: z.array(Source),
  relevant: z.boolean(),
  score: z.number().min(0).max(1),
  evidence: z.array(Evidence),
  themes: z.array(ThemeScore),
  arguments: z.array(ArgumentScore),
  legislation: z.boolean(),
  stage: Stage,
  jurisdiction: Jurisdiction.nullable(),
  language: LanguageTag.nullable(),
  dossier: DossierId.nullable(),
  because: z.array(z.string()),
  model: z.string().nullable(),
});

export const Event = DossierEvent.extend({ dossierTitle: z.string(), raisedAt: Instant });

const Fact = HistoryEntry.extend({
  source: z.string().nullable(),
  sourceNote: z.object({ en: z.string(), fr: z.string(), de: z.string() }).optional(),
});
export const Dossier = KnownDossier.extend({ history: z.array(Fact), state: DossierState });
export const DossierStory = Dossier.extend({ moves: z.array(Move), events: z.array(Event) });

export const Feed = z.object({
  id: FeedId,
  url: z.string(),
  title: z.string(),
  kind: Kind,
  jurisdiction: Jurisdiction.nullable(),
  language: LanguageTag.nullable(),
  health: z.object({
    status: z.enum(["new", "ok", "degraded", "failing", "silent", "gone", "quarantined"]),
    reason: z.string().nullable(),
    detail: z.string().nullable(),
    lastSuccessAt: Instant.nullable(),
    lastNewItemAt: Instant.nullable(),
    usualGapMinutes: z.number().nullable(),
    failures: z.int().nonnegative(),
    nextPollAt: Instant,
    lastPolledAt: Instant.nullable(),
    intervalMinutes: z.number().positive(),
    itemsRead: z.int().nonnegative(),
    itemsNew: z.int().nonnegative(),
  }),
});

export const Items = z.object({ items: z.array(Item), next: Next });
export const Events = z.object({ events: z.array(Event), next: Next });
export const Dossiers = z.object({ dossiers: z.array(Dossier), next: Next });
export const Feeds = z.object({ feeds: z.array(Feed), next: Next });
export const Themes = z.object({
  themes: z.array(z.object({ id: ThemeId, arguments: z.array(z.string()) })),
});
export const Health = z.object({
  ok: z.boolean(),
  parts: z.record(z.string(), z.looseObject({ ok: z.boolean(), detail: z.string().optional() })),
});
/** RFC 9457. */
export const Problem = z.looseObject({
  type: z.string(),
  title: z.string(),
  status: z.int(),
  detail: z.string(),
  parameter: z.string().optional().describe("Which parameter is wrong."),
});
