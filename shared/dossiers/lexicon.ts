// Dossiers: the words by which a move is recognised, one reviewed file per language (shared/catalog/moves).
import { z } from "zod";
import da from "../catalog/moves/da.json" with { type: "json" };
import de from "../catalog/moves/de.json" with { type: "json" };
import en from "../catalog/moves/en.json" with { type: "json" };
import es from "../catalog/moves/es.json" with { type: "json" };
import fr from "../catalog/moves/fr.json" with { type: "json" };
import hi from "../catalog/moves/hi.json" with { type: "json" };
import it from "../catalog/moves/it.json" with { type: "json" };
import nl from "../catalog/moves/nl.json" with { type: "json" };
import pl from "../catalog/moves/pl.json" with { type: "json" };
import pt from "../catalog/moves/pt.json" with { type: "json" };
import ru from "../catalog/moves/ru.json" with { type: "json" };
import sv from "../catalog/moves/sv.json" with { type: "json" };
import zh from "../catalog/moves/zh.json" with { type: "json" };
import { type Cues, compileCues } from "./find-cues.ts";

/** What a cue can say. Noise first, then who, then what is done, then what it is done to. */
export const CATEGORIES = [
  "opinion",
  "past",
  "explain",
  "gather",
  "media",
  "react",
  "nonews",
  "official",
  "panel",
  "cabinet",
  "state",
  "court",
  "agency",
  "weak",
  "revive",
  "propose",
  "demand",
  "order",
  "study",
  "leak",
  "extend",
  "uphold",
  "adopt",
  "enact",
  "step",
  "reject",
  "withdraw",
  "postpone",
  "lapse",
  "refusal",
  "rebuff",
  "strike",
  "curb",
  "limit",
  "regret",
  "text",
  "amend",
  "topic",
] as const;
export type Category = (typeof CATEGORIES)[number];

/** A file of cues: per category, patterns in the notation of find-cues.ts. */
export const CueFile = z.strictObject({
  language: z.string(),
  cues: z.partialRecord(z.enum(CATEGORIES), z.array(z.string().min(1))),
});
export type CueFile = z.infer<typeof CueFile>;

const FILES: readonly unknown[] = [da, de, en, es, fr, hi, it, nl, pl, pt, ru, sv, zh];

let lexicons: ReadonlyMap<string, Cues<Category>> | undefined;

/** Languages close enough for one vocabulary. */
const STAND_INS: Readonly<Record<string, string>> = { nb: "da", no: "da", nn: "da" };

/** The cues of a language; English where it has none of its own. */
export function cuesOf(language: string | null): Cues<Category> {
  lexicons ??= compileAll();
  const tag = (language ?? "en").toLowerCase().split("-")[0] ?? "en";
  const found = lexicons.get(tag) ?? lexicons.get(STAND_INS[tag] ?? "en");
  if (found === undefined) throw new RangeError(`no cues for ${tag}`);
  return found;
}

function compileAll(): ReadonlyMap<string, Cues<Category>> {
  const all = new Map<string, Cues<Category>>();
  for (const file of FILES) {
    const { language, cues } = CueFile.parse(file);
    all.set(language, compileCues(Object.entries(cues) as [Category, string[]][]));
  }
  return all;
}
