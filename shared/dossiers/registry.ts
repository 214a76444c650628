// Dossiers: the registry of bills and demands that are followed, read once and checked entry by entry.
import registry from "../catalog/dossiers.json" with { type: "json" };
import { Dossier } from "../domain/dossier.ts";

/** What can be followed, and what cannot: one bad entry never costs the others. */
export interface Registry {
  readonly dossiers: readonly Dossier[];
  /** `entry 3 (eu-csar), history.0.stage: …`, one for each field that is wrong. */
  readonly problems: readonly string[];
}

let loaded: Registry | undefined;

/** The registry that ships with the product, and what is wrong with it. */
export function builtInRegistry(): Registry {
  loaded ??= readRegistry(registry);
  return loaded;
}

/** @param tell told of each entry that cannot be followed */
export function loadRegistry(tell: (problem: string) => void = () => {}): readonly Dossier[] {
  const { dossiers, problems } = builtInRegistry();
  problems.forEach(tell);
  return dossiers;
}

/** A document that is no registry at all. */
export class RegistryError extends Error {
  override readonly name = "RegistryError";
}

/**
 * Reads a registry given as text: one JSON array, or one dossier a line.
 * @throws RegistryError where nothing in it can be read
 */
export function parseRegistry(text: string): Registry {
  const trimmed = text.replace(/^\uFEFF/, "").trim();
  if (!trimmed.startsWith("[")) return readLines(trimmed);
  let entries: unknown;
  try {
    entries = JSON.parse(trimmed);
  } catch (cause) {
    throw new RegistryError(`not JSON: ${(cause as Error).message}`, { cause });
  }
  return readRegistry(entries);
}

function readLines(text: string): Registry {
  const entries: unknown[] = [];
  const places: string[] = [];
  const unread: string[] = [];
  for (const [index, line] of text.split("\n").entries()) {
    if (line.trim() === "") continue;
    try {
      entries.push(JSON.parse(line));
      places.push(`line ${index + 1}`);
    } catch (cause) {
      unread.push(`line ${index + 1}: not JSON: ${(cause as Error).message}`);
    }
  }
  if (entries.length === 0 && unread.length > 0) throw new RegistryError(unread.join("; "));
  const { dossiers, problems } = readRegistry(entries, places);
  return { dossiers, problems: [...unread, ...problems] };
}

/** @param places what an entry is called where it is wrong; its number unless told */
function readRegistry(entries: unknown, places: readonly string[] = []): Registry {
  if (!Array.isArray(entries)) throw new RegistryError("no list of dossiers");
  const dossiers = new Map<string, Dossier>();
  const problems: string[] = [];
  for (const [index, entry] of entries.entries()) {
    const id: unknown = (entry as { id?: unknown } | null)?.id;
    const place = places[index] ?? `entry ${index + 1}`;
    const name = typeof id === "string" ? `${place} (${id.slice(0, 60)})` : place;
    const read = Dossier.safeParse(entry);
    if (!read.success)
      for (const { path, message } of read.error.issues)
        problems.push(`${name}, ${path.join(".") || "whole"}: ${message}`);
    else if (dossiers.has(read.data.id))
      problems.push(`${name}, id: ${read.data.id} is there twice`);
    else dossiers.set(read.data.id, read.data);
  }
  return { dossiers: [...dossiers.values()], problems };
}
