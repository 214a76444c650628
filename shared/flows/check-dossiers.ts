// Dossiers that somebody chose: one that is not followed here can never match, and is refused with its name.
import { type Problem, wrongValue } from "../digests/subscribe-request.ts";
import type { DossierId } from "../domain/ids.ts";
import type { Ports } from "./ports.ts";

/**
 * Those of the registry are followed, and those that items have opened.
 * @param kept what was chosen before: it may stay, though its dossier was merged or left out since
 */
export async function unknownDossiers(
  { registry, store }: Pick<Ports, "registry" | "store">,
  chosen: readonly DossierId[],
  kept: readonly DossierId[] = [],
): Promise<Problem[]> {
  const known = new Set<string>([...kept, ...registry.map(({ id }) => id)]);
  for (const id of chosen) {
    if (known.has(id) || (await store.loadDossier(id)) !== null) continue;
    return [wrongValue("dossiers", id)];
  }
  return [];
}
