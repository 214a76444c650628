// Dossiers: words by which an item that names no bill shows which one it is about (shared/catalog/subjects.json).
import { z } from "zod";
import file from "../catalog/subjects.json" with { type: "json" };
import type { Dossier } from "../domain/dossier.ts";
import type { Token } from "../domain/fold-text.ts";
import { compileLexicon } from "../reading/compile-lexicon.ts";
import { findHits, withoutOverlaps } from "../reading/find-hits.ts";
import { ANY, type Lexicon, type Term } from "../reading/word-model.ts";

const Patterns = z.record(z.string(), z.array(z.string().min(1)));
export const SubjectFile = z.strictObject({ dossiers: Patterns, jurisdictions: Patterns });

let built: z.infer<typeof SubjectFile> | undefined;
const subjects = (): z.infer<typeof SubjectFile> => {
  built ??= SubjectFile.parse(file);
  return built;
};

/** Subject patterns, compiled; no word in them is inflected. */
export interface Subjects {
  readonly categories: readonly string[];
  readonly lexicon: Lexicon;
  readonly terms: readonly Term[];
}

const compiled = new WeakMap<readonly Dossier[], Subjects>();

/**
 * Subject patterns of a registry's dossiers, under `id`; those as good as a name (marked `!` in the file) under `!id`;
 * those of jurisdictions under `@XX`.
 */
export function subjectsOf(dossiers: readonly Dossier[]): Subjects {
  const known = compiled.get(dossiers);
  if (known !== undefined) return known;
  const groups: [string, readonly string[]][] = [];
  for (const dossier of dossiers) {
    const patterns = [...(subjects().dossiers[dossier.id] ?? []), ...(dossier.subject ?? [])];
    groups.push([dossier.id, patterns.filter((pattern) => !pattern.startsWith("!"))]);
    const strong = patterns.filter((pattern) => pattern.startsWith("!"));
    groups.push([`!${dossier.id}`, strong.map((pattern) => pattern.slice(1))]);
  }
  for (const [id, patterns] of Object.entries(subjects().jurisdictions))
    groups.push([`@${id}`, patterns]);
  const terms: Term[] = [];
  const keywords = groups.map(([category, texts], concept) => ({
    concept,
    list: texts.map((text) => ({ text, where: `subject of ${category}` })),
  }));
  const lexicon = compileLexicon(ANY, keywords, terms);
  const made = { categories: groups.map(([category]) => category), lexicon, terms };
  compiled.set(dossiers, made);
  return made;
}

/** Whether somebody wrote down what a dossier's subject is called: if not, its own title, names and history say it. */
export const hasList = ({ id, subject }: Dossier): boolean =>
  (subject?.length ?? 0) > 0 || Object.hasOwn(subjects().dossiers, id);

/** Which subjects a text speaks of: first and last token, inclusive. */
export function subjectsIn(
  { categories, lexicon, terms }: Subjects,
  tokens: readonly Token[],
  stops: readonly boolean[],
): { readonly category: string; readonly first: number; readonly last: number }[] {
  const hits = findHits([lexicon], terms, "", tokens, stops);
  return withoutOverlaps(hits).map(({ concept, from, to }) => ({
    category: categories[concept] ?? "",
    first: from,
    last: to - 1,
  }));
}
