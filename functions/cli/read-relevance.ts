// `train`: items that say what is relevant: real feeds with the labelled ones among them, streams, and our own examples; and what these report.
import { createReadStream } from "node:fs";
import type { Readable } from "node:stream";
import { createGunzip } from "node:zlib";
import { z } from "zod";
import { ItemInput } from "../../shared/domain/item.ts";
import { LabelledAct, type LabelledItem } from "../../shared/matching/evaluate.ts";
import { type ActItem, actItemsOf, actOfLabel } from "../../shared/training/learn-acts.ts";
import type { RelevanceItem } from "../../shared/training/learn-relevance.ts";
import type { Io } from "./io.ts";
import { type LineReport, readLines } from "./read-items.ts";

/** Of a labelled item of a real feed only this is asked here; one on which its reader was undecided teaches nothing. */
const RealLabel = z.object({
  id: z.string().min(1),
  labels: z.object({ relevant: z.boolean() }),
  doubt: z.boolean().default(false),
});
const BackgroundItem = ItemInput.extend({ id: z.string().min(1) });
const StreamLine = ItemInput.extend({
  relevant: z.boolean(),
  dossier: z.string().nullish(),
  act: LabelledAct.optional(),
  official_move: z.boolean().default(false),
});

/** Relevant items of real feeds are two in a thousand: each counts as much as this many of the others. */
const REAL_WEIGHT = 5;
/** Our own examples are invented, and may be harder or easier than what feeds bring. */
const OWN_WEIGHT = 0.5;

export interface RelevanceFiles {
  readonly background: string;
  readonly labelled: readonly string[];
  readonly streams: readonly string[];
}

const open = (file: string): Readable => {
  const bytes = createReadStream(file);
  return file.endsWith(".gz") ? bytes.pipe(createGunzip()) : bytes;
};

/** @param own our own examples, and whatever labelled items were given beside them */
export async function readRelevance(
  files: RelevanceFiles,
  own: readonly LabelledItem[],
  io: Io,
  report: LineReport,
): Promise<{ items: RelevanceItem[]; acts: ActItem[] }> {
  const labels = new Map<string, z.infer<typeof RealLabel>>();
  const read = <S extends z.ZodType>(file: string, schema: S) =>
    readLines(`train: ${file}`, open(file), schema, io.stderr, report);
  for (const file of files.labelled)
    for await (const { value } of read(file, RealLabel)) labels.set(value.id, value);
  const items: RelevanceItem[] = [];
  const acts = actItemsOf(own);
  for await (const { value } of read(files.background, BackgroundItem)) {
    const label = labels.get(value.id);
    if (label?.doubt === true) continue;
    const relevant = label?.labels.relevant ?? false;
    const source = value.feed.id ?? "";
    const weight = relevant ? REAL_WEIGHT : 1;
    items.push({ input: value, relevant, weight, source, background: true });
  }
  for (const file of files.streams)
    for await (const { value } of read(file, StreamLine)) {
      const source = value.dossier ?? file;
      items.push({ input: value, relevant: value.relevant, weight: 1, source, background: false });
      if (value.act !== undefined && value.dossier != null)
        acts.push({ input: value, act: actOfLabel(value.act, value.official_move), stream: true });
    }
  for (const { labels: said, ...input } of own)
    items.push({
      input,
      relevant: said.relevant,
      weight: OWN_WEIGHT,
      source: input.id ?? input.title,
      background: false,
    });
  return { items, acts };
}
