// Issues: a daily or weekly digest as the public archive keeps it, in words, without anybody's links.
import { z } from "zod";
import { Instant } from "./vocabulary.ts";

const ItemWords = z.object({
  title: z.string(),
  summary: z.string(),
  facts: z.string(),
  words: z.string(),
  source: z.string(),
});

const ResurfacedWords = z.object({
  back: z.string(),
  dossier: z.string(),
  place: z.string(),
  before: z.string().nullable(),
  now: z.string(),
  reportedBy: z.string(),
  title: z.string(),
  summary: z.string(),
  words: z.string(),
  themes: z.string(),
  arguments: z.string(),
  notes: z.array(z.string()),
  source: z.string(),
  dossierUrl: z.string(),
});

const CorrectionWords = z.object({
  dossier: z.string(),
  place: z.string(),
  told: z.string(),
  reason: z.string(),
  late: z.object({ title: z.string(), source: z.string() }).nullable(),
  eventUrl: z.string(),
});

export const IssueSnapshot = z.object({
  title: z.string(),
  from: Instant,
  to: Instant,
  resurfaced: z.array(z.object({ event: z.string(), words: ResurfacedWords })),
  /** Reported and not confirmed when the issue was made; absent where nothing was. */
  possible: z.array(z.object({ event: z.string(), words: ResurfacedWords })).optional(),
  /** What earlier issues told and is no longer so; absent in issues that were kept before there were any. */
  corrections: z.array(CorrectionWords).optional(),
  items: z.array(ItemWords),
  /** Entries beyond a page's worth. */
  left: z.number().int().nonnegative(),
});
export type IssueSnapshot = z.infer<typeof IssueSnapshot>;
