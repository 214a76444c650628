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

/** Subject patterns of a registry's dossiers, under `dossier id`, and of jurisdictions, under `@XX`. */
export function subjectCuesOf(dossiers: readonly Dossier[]): Cues<string> {
  const known = compiled.get(dossiers);
  if (known !== undefined) return known;
  const groups: [string, readonly string[]][] = dossiers.map((dossier) => [
    dossier.id,
    [...(subjects().dossiers[dossier.id] ?? []), ...(dossier.subject ?? [])],
  ]);
  for (const [id, patterns] of Object.entries(subjects().jurisdictions))
    groups.push([`@${id}`, patterns]);
  const cues = compileCues(groups);
  compiled.set(dossiers, cues);
  return cues;
}
