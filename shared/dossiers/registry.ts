// Dossiers: the registry of bills and demands that are followed, read once and checked.
import { z } from "zod";
import registry from "../catalog/dossiers.json" with { type: "json" };
import { Dossier } from "../domain/dossier.ts";

const Registry = z.array(Dossier);

let loaded: readonly Dossier[] | undefined;

/** The registry that ships with the product. @throws RegistryError naming entry and field */
export function loadRegistry(): readonly Dossier[] {
  loaded ??= readRegistry(registry);
  return loaded;
}

/** A registry that is wrong, with every entry and field that is. */
export class RegistryError extends Error {
  override readonly name = "RegistryError";
}

/**
 * Reads a registry given as text: one JSON array, or one dossier a line.
 * @throws RegistryError naming entry and field
 */
export function parseRegistry(text: string): readonly Dossier[] {
  return readRegistry(readJson(text));
}

function readJson(text: string): unknown {
  const trimmed = text.trim();
  try {
    if (trimmed.startsWith("[")) return JSON.parse(trimmed);
  } catch (cause) {
    throw new RegistryError(`not JSON: ${(cause as Error).message}`, { cause });
  }
  return trimmed
    .split("\n")
    .filter((line) => line.trim() !== "")
    .map((line, index) => {
      try {
        return JSON.parse(line);
      } catch (cause) {
        throw new RegistryError(`line ${index + 1}: not JSON`, { cause });
      }
    });
}

function readRegistry(value: unknown): readonly Dossier[] {
  const read = Registry.safeParse(value);
  if (!read.success) {
    const problems = read.error.issues.map((issue) => {
      const [entry, ...field] = issue.path;
      return `entry ${Number(entry ?? 0) + 1}, ${field.join(".") || "whole"}: ${issue.message}`;
    });
    throw new RegistryError(problems.join("; "));
  }
  const seen = new Set<string>();
  for (const [index, { id }] of read.data.entries()) {
    if (seen.has(id)) throw new RegistryError(`entry ${index + 1}, id: ${id} is there twice`);
    seen.add(id);
  }
  return read.data;
}
