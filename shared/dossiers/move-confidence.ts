// Dossiers: how sure it is that an item reports an official move; a sum of log-odds.
import type { Classification, ItemInput } from "../domain/item.ts";
import type { Assignment } from "./assign-dossier.ts";
import {
  type Counts,
  ENDING,
  isInstitution,
  NOISE,
  NOISE_WEIGHT,
  OPENING,
  POWERS,
} from "./count-cues.ts";
import type { Act } from "./read-act.ts";
import type { ReadText } from "./read-text.ts";

/** Of assignment scores. */
const CLOSE = 0.3;

/** @returns 0 to 1 */
export function confidenceOf(
  input: ItemInput,
  classification: Classification,
  assignment: Assignment,
  text: ReadText,
  title: Counts,
  summary: Counts,
  act: Act,
): number {
  let odds = -1.2;
  const { kind } = input.feed;
  if (isInstitution(input)) odds += 2.2;
  else if (kind === "ngo" || kind === "community") odds -= 0.9;
  // A state named first is the one that acts.
  const acts = title.count(POWERS) > 0 || title.first(["who-state"]) <= 2;
  if (acts) odds += 1.2;
  else if (title.has("who-state")) odds += 0.6;
  else if (summary.count(POWERS) > 0) odds += 0.6;
  else if (!isInstitution(input)) odds -= 0.4;
  if (title.has("who-weak") && !acts) odds -= 0.8;
  if (title.count(OPENING) + title.count(ENDING) > 0) odds += 1;
  else if (summary.count(OPENING) + summary.count(ENDING) > 0) odds += 0.4;
  if (title.has("what-text") || summary.has("what-text")) odds += 0.4;
  if (act === "none") odds -= 1.5;
  if (!isInstitution(input) && input.title.trimEnd().endsWith("?")) odds -= 0.8;
  if (
    act === "open" &&
    !title.has("act-revive") &&
    (title.has("act-limit") || summary.has("act-limit"))
  )
    odds -= 0.7;
  for (const category of NOISE) {
    const [inTitle, inSummary] = NOISE_WEIGHT[category] ?? [0, 0];
    if (title.has(category)) odds -= inTitle;
    // Said in both, it weighs a little more.
    if (summary.has(category)) odds -= title.has(category) ? inSummary / 2 : inSummary;
  }
  if (classification.legislation) odds += 0.5;
  if (assignment.by === "subject") odds -= 0.2;
  // Two dossiers nearly as likely: a paper's word is not enough to choose.
  if (assignment.margin < CLOSE && !isInstitution(input)) odds -= 0.5;
  if (text.topic === 0 && assignment.by !== "reference") odds -= 0.5;
  return 1 / (1 + Math.exp(-odds));
}
