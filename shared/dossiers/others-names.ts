// Dossiers: another country's law with the same name is another law; so is one whose longer name ends like a dossier's.
import type { Dossier } from "../domain/dossier.ts";
import { foldText, type Token } from "../domain/fold-text.ts";
import type { FieldReading } from "../reading/read-item.ts";

/** Words that may stand between a country and the name of its law: `Kenya's new Online Safety Bill`. */
const BEFORE = 3;
const REGION = /^[A-Z]{2}$/;

/** Whether the words before a name make it another's. @param at the name's first token */
export function isOthersName(
  { jurisdiction }: Dossier,
  { tokens, stops }: Pick<FieldReading, "tokens" | "stops">,
  text: string,
  at: number,
): boolean {
  if (!REGION.test(jurisdiction) || jurisdiction === "EU") return false;
  let country: string | undefined;
  for (let before = at - 1; before >= Math.max(0, at - BEFORE) && !stops[before]; before--) {
    country ??= countryOf(tokens, before);
    // After a sign of punctuation something else begins: `Kenya: Online Safety Act passed in London`.
    if (/[,:;–—|()"“”«»]/.test(text.slice(tokens[before]?.end, tokens[before + 1]?.start))) break;
    if (country !== undefined) break;
  }
  return (country !== undefined && country !== jurisdiction) || isWithinLonger(tokens, text, at);
}

/** `Kids Online Safety Act` in running text: what stands before a name in capitals, in capitals too, belongs to it. */
function isWithinLonger(tokens: readonly Token[], text: string, at: number): boolean {
  const [name, before, earlier] = [tokens[at], tokens[at - 1], tokens[at - 2]];
  if (name === undefined || before === undefined || earlier === undefined) return false;
  const between = text.slice(before.end, name.start);
  const isLarge = (token: Token) => /^\p{Lu}\p{Ll}/u.test(text.slice(token.start, token.end));
  if (between !== " " || !isLarge(name) || !isLarge(before) || isLarge(earlier)) return false;
  // In a language that writes nouns large, or a headline that writes all so, capitals say nothing.
  const large = tokens.filter(isLarge).length;
  return (
    large < tokens.length / 2 && nameOfCountry(before.text) === undefined && !GERMAN.test(text)
  );
}

const GERMAN = /\b(?:der|die|das|und|für|den|ein|eine)\b/;

const countryOf = (tokens: readonly Token[], at: number): string | undefined =>
  nameOfCountry(tokens[at]?.text ?? "") ??
  nameOfCountry(`${tokens[at - 1]?.text ?? ""} ${tokens[at]?.text ?? ""}`);

/** Languages in which a text may call a country by a name that begins as its adjective does. */
const LANGUAGES = ["en", "de", "fr", "es", "it", "pt", "nl", "sv"] as const;
/** Shorter names are words of other languages: `Mali`, `Cuba`, `Iran`. */
const SHORTEST = 5;

let names: ReadonlyMap<string, readonly (readonly [string, string])[]> | undefined;

/** The country that a word names, or whose people or offices it names: `Kenya`, `Kenyan`. */
function nameOfCountry(word: string): string | undefined {
  if (word.length < SHORTEST) return undefined;
  names ??= namesOfCountries();
  return names.get(word.slice(0, SHORTEST))?.find(([name]) => word.startsWith(name))?.[1];
}

function namesOfCountries(): ReadonlyMap<string, readonly (readonly [string, string])[]> {
  const found = new Map<string, (readonly [string, string])[]>();
  for (const language of LANGUAGES) {
    const display = new Intl.DisplayNames([language], { type: "region", fallback: "none" });
    for (const id of REGIONS) {
      const name = foldText(display.of(id) ?? "");
      if (name.length < SHORTEST) continue;
      const key = name.slice(0, SHORTEST);
      found.set(key, [...(found.get(key) ?? []), [name, id]]);
    }
  }
  return found;
}

const LETTERS = [..."ABCDEFGHIJKLMNOPQRSTUVWXYZ"];
/** All codes that could be a country's: those that name none have no name to display. */
const REGIONS: readonly string[] = LETTERS.flatMap((one) => LETTERS.map((two) => one + two));
