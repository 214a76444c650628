// Matching: what an item reports of its bill: the official step, how far a bill has come, and what that does to its dossier.
import type { StepFound } from "../domain/item.ts";
import { ACTS, type Act, type Stage } from "../domain/vocabulary.ts";
import type { Features } from "./features.ts";
import type { Models } from "./keyword-model.ts";
import { evidenceOf, logOddsOf, probabilityOf, spotsOf } from "./score.ts";

const ENDS: readonly Stage[] = ["rejected", "withdrawn", "postponed", "lapsed"];
/** What an end must have by acts and by stages together, half each. Ends are rare, and one that is missed hides the comeback after it. */
const END_THRESHOLD = 0.35;
const SURE_END = 0.8;
export const LEGISLATION_THRESHOLD = 0.5;

const isOfficial = (stage: Stage): boolean => stage !== "statement" && stage !== "none";

/**
 * One stage and one act for an item, which agree: an end is asked twice, of the stages and of the acts, and their mean
 * decides for both.
 * @param legislation log-odds that an official step is reported
 * @param stages log-odds of each stage
 */
export function readStep(
  models: Models,
  reading: Features,
  legislation: number,
  stages: ReadonlyMap<Stage, number>,
): StepFound {
  const byStage = softmax(stages);
  const acts = actsOf(models, reading);
  const byStages = sum(ENDS.map((stage) => byStage.get(stage) ?? 0));
  const ended = (byStages + acts.end) / 2;
  // What was ended before and comes back shows words of both: then the stages must be sure of the end.
  const ends = ended >= END_THRESHOLD && (acts.end > acts.open || byStages >= SURE_END);
  const official =
    (probabilityOf(legislation) + sum([...byStage].map(([id, p]) => (isOfficial(id) ? p : 0)))) / 2;
  const isLegislation = ends || official >= LEGISLATION_THRESHOLD;
  const fits = (stage: Stage) =>
    ends ? ENDS.includes(stage) : isOfficial(stage) === isLegislation && !isEnd(acts, stage);
  const found = {
    act: ends ? "end" : (likeliest(new Map(ACTS.map((id) => [id, acts[id]])), isNoEnd) ?? "none"),
    stage: likeliest(byStage, fits) ?? (isLegislation ? "proposed" : "statement"),
  } as const;
  const agreed = found.stage === "none" ? agree(found.act, acts, byStage) : found;
  return {
    legislation: isLegislation,
    ...agreed,
    acts: { ...acts, end: ends ? ended : acts.end },
    evidence: evidenceFor(models, reading, agreed.act),
  };
}

/** Something was done and nothing was said: the less likely of the two gives way. */
function agree(
  act: Act,
  acts: StepFound["acts"],
  byStage: ReadonlyMap<Stage, number>,
): { readonly act: Act; readonly stage: Stage } {
  const done = acts[act] * (byStage.get("statement") ?? 0);
  const nothing = acts.none * (byStage.get("none") ?? 0);
  return act !== "none" && done > nothing
    ? { act, stage: "statement" }
    : { act: "none", stage: "none" };
}

const isNoEnd = (act: Act): boolean => act !== "end";
/** Where no acts were learned, the stages alone say what ended. */
const isEnd = (acts: StepFound["acts"], stage: Stage): boolean =>
  sum(Object.values(acts)) > 0 && ENDS.includes(stage);

/** How likely each act is; all 0 where none were learned. */
function actsOf(models: Models, { features }: Features): Record<Act, number> {
  const powers = softmax(
    new Map([...models.acts].map(([id, model]) => [id, logOddsOf(model, features)])),
  );
  return Object.fromEntries(ACTS.map((id) => [id, powers.get(id) ?? 0])) as Record<Act, number>;
}

/** The words that speak for an act. */
function evidenceFor(models: Models, reading: Features, act: Act): StepFound["evidence"] {
  const model = models.acts.get(act);
  if (model === undefined) return [];
  return evidenceOf(models, model, reading, spotsOf(models, reading), 1);
}

function softmax<Id>(logOdds: ReadonlyMap<Id, number>): Map<Id, number> {
  const most = Math.max(...logOdds.values());
  const powers = [...logOdds].map(([id, value]) => [id, Math.exp(value - most)] as const);
  const total = sum(powers.map(([, power]) => power));
  return new Map(powers.map(([id, power]) => [id, power / total]));
}

function likeliest<Id>(
  probabilities: ReadonlyMap<Id, number>,
  fits: (id: Id) => boolean,
): Id | null {
  let best: { id: Id; power: number } | null = null;
  for (const [id, power] of probabilities)
    if (fits(id) && power > (best?.power ?? -1)) best = { id, power };
  return best?.id ?? null;
}

const sum = (values: readonly number[]): number => values.reduce((all, value) => all + value, 0);
