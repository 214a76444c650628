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

export const IssueSnapshot = z.object({
  title: z.string(),
  from: Instant,
  to: Instant,
  resurfaced: z.array(z.object({ event: z.string(), words: ResurfacedWords })),
  items: z.array(ItemWords),
  /** Entries beyond a page's worth. */
  left: z.number().int().nonnegative(),
});
export type IssueSnapshot = z.infer<typeof IssueSnapshot>;
