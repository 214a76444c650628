// Dossiers: what an item says was done to a bill, and in which direction.
import type { ItemInput } from "../domain/item.ts";
import { type Counts, ENDING, isInstitution, OPENING, POWERS } from "./count-cues.ts";

/** What a move does to its dossier. */
export type Act = "open" | "adopt" | "step" | "end" | "limit" | "none";

/** The title reports the act; the summary speaks only where the title does not, or tells how a session ended. */
export function actOf(input: ItemInput, title: Counts, summary: Counts): Act {
  const said = actIn(title, input) ?? actIn(summary, input);
  if (said === "step" && summary.has("act-postpone") && !summary.has("act-revive")) return "end";
  // A chamber's own text that spares encryption is its counter-position (corpus guide 11, 12).
  if ((said === "step" || said === "adopt") && summary.has("act-limit")) return "limit";
  if (said !== undefined) return said;
  // Institutions title what they publish without a verb.
  return isInstitution(input) && (title.has("what-text") || summary.has("what-text"))
    ? "open"
    : "none";
}

function actIn(field: Counts, input: ItemInput): Act | undefined {
  const open = field.count(OPENING);
  // A comeback that is refused is none.
  if (field.has("act-refusal")) return "end";
  if (field.has("act-revive") || field.has("act-uphold")) return "open";
  if (field.has("act-enact")) return "adopt";
  // A ruling that limits a power is none that gives it back (corpus guide 9).
  if (field.has("act-curb") && field.has("who-court")) return "limit";
  const end = field.has("act-rebuff") ? 0 : field.count(ENDING);
  // "Extension rejected": what is rejected is named first.
  const onlyObject = open > 0 && field.has("act-extend") && open === 1;
  if (end > 0 && (field.first(ENDING) < field.first(OPENING) || end > open || onlyObject))
    return field.has("who-weak") && field.count(POWERS) === 0 ? undefined : "end";
  if (field.has("act-limit")) return "limit";
  if (field.has("act-adopt")) {
    // A cabinet that adopts a bill sends it to the chambers.
    if (field.has("act-amend") || field.has("who-cabinet")) return "open";
    if (field.has("who-panel")) return "step";
    if (!field.has("act-propose") || input.feed.kind === "parliament") return "adopt";
  }
  if (field.has("act-step") && (open < 2 || input.feed.kind === "parliament")) return "step";
  if (open > 0) return "open";
  return undefined;
}
