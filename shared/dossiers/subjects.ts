// Dossiers: words by which an item that names no bill shows which one it is about (shared/catalog/subjects.json).
import { z } from "zod";
import file from "../catalog/subjects.json" with { type: "json" };
import type { Dossier } from "../domain/dossier.ts";
import { type Cues, compileCues } from "./find-cues.ts";

const Patterns = z.record(z.string(), z.array(z.string().min(1)));
export const SubjectFile = z.strictObject({ dossiers: Patterns, jurisdictions: Patterns });

let built: z.infer<typeof SubjectFile> | undefined;
const subjects = (): z.infer<typeof SubjectFile> => {
  built ??= SubjectFile.parse(file);
  return built;
};

const compiled = new WeakMap<readonly Dossier[], Cues<string>>();

/**
 * Subject patterns of a registry's dossiers, under `id`; those as good as a name (marked `!` in the file) under `!id`;
 * those of jurisdictions under `@XX`.
 */
export function subjectCuesOf(dossiers: readonly Dossier[]): Cues<string> {
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
  const cues = compileCues(groups);
  compiled.set(dossiers, cues);
  return cues;
}
