// What a subscriber asked for: the same three filters as the archive's. Values of one filter are alternatives; filters add up.
import type { DossierEvent } from "../domain/dossier.ts";
import type { StoredItem } from "../domain/item.ts";
import type { Preferences } from "../domain/subscriber.ts";

const anyOf = <T>(chosen: readonly T[], has: readonly T[]): boolean =>
  chosen.length === 0 || chosen.some((value) => has.includes(value));

/** True for a relevant item that these choices ask for. */
export function wantsItem(preferences: Preferences, item: StoredItem): boolean {
  const { decision } = item;
  if (decision === null || !decision.relevant) return false;
  const jurisdiction = decision.jurisdiction ?? item.feed.jurisdiction;
  return (
    anyOf(
      preferences.themes,
      decision.themes.map(({ id }) => id),
    ) &&
    anyOf(preferences.jurisdictions, jurisdiction === null ? [] : [jurisdiction]) &&
    anyOf(preferences.dossiers, decision.dossier === null ? [] : [decision.dossier])
  );
}

/**
 * True for an event that these choices ask for: the dossier's own jurisdiction counts as well as the item's, and an item
 * that was given no theme speaks of its dossier all the same, so themes do not hide it.
 */
export function wantsEvent(
  preferences: Preferences,
  event: Pick<DossierEvent, "dossier">,
  item: StoredItem,
  dossierJurisdiction: string,
): boolean {
  const themes = item.decision?.themes.map(({ id }) => id) ?? [];
  const places = [dossierJurisdiction, item.decision?.jurisdiction, item.feed.jurisdiction];
  return (
    (themes.length === 0 || anyOf(preferences.themes, themes)) &&
    anyOf(
      preferences.jurisdictions,
      places.filter((place) => place !== null && place !== undefined),
    ) &&
    anyOf(preferences.dossiers, [event.dossier])
  );
}
