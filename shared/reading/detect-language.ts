// Reading: which languages a text may be in, from its small words and those of its headlines; the feed's own claim is one voice among them.
import type { Token } from "../domain/fold-text.ts";
import type { Language, LanguageFacts } from "./word-model.ts";

/** Whom a small word speaks for: places in the list of languages, each with its weight. */
type Voices = ReadonlyMap<
  string,
  readonly { readonly language: number; readonly weight: number }[]
>;

const voicesOf = new WeakMap<readonly LanguageFacts[], Voices>();

function hear(languages: readonly LanguageFacts[]): Voices {
  const known = voicesOf.get(languages);
  if (known !== undefined) return known;
  const voices = new Map<string, { language: number; weight: number }[]>();
  for (const [language, { small }] of languages.entries())
    for (const word of new Set(small)) {
      const list = voices.get(word);
      if (list === undefined) voices.set(word, [{ language, weight: 1 }]);
      else list.push({ language, weight: 1 });
    }
  // A word that several languages share speaks for each of them, more faintly.
  for (const list of voices.values())
    for (const voice of list) voice.weight = 1 / (0.5 + list.length / 2);
  voicesOf.set(languages, voices);
  return voices;
}

/** How many words are listened to: a long text says no more of its language after these. */
const WORDS_HEARD = 60;
const SIGNS_HEARD = 500;
/** The feed's claim weighs as much as two small words. */
const CLAIM = 2;
/** A language this much fainter than the loudest is not considered. */
const CLEARLY = 0.6;
const MOST = 3;

/**
 * @param claimed the feed's BCP 47 tag, or null
 * @returns the likely languages, likeliest first, at most three; empty where nothing speaks for any
 */
export function detectLanguages(
  languages: readonly LanguageFacts[],
  text: string,
  fields: readonly (readonly Token[])[],
  claimed: string | null,
): readonly Language[] {
  const voices = hear(languages);
  const scores = new Float64Array(languages.length);
  const add = (language: number, weight: number) => {
    scores[language] = (scores[language] ?? 0) + weight;
  };
  for (const tokens of fields)
    for (let index = 0; index < tokens.length && index < WORDS_HEARD; index++) {
      const heard = voices.get(tokens[index]?.text ?? "");
      if (heard !== undefined) for (const voice of heard) add(voice.language, voice.weight);
    }
  const start = text.slice(0, SIGNS_HEARD);
  if (/[^\x00-\x7f]/.test(start))
    for (const [language, { signs }] of languages.entries())
      for (const { letters, weight } of signs) if (letters.test(start)) add(language, weight);
  const tag = languageOfTag(languages, claimed);
  if (tag !== null) add(tag, CLAIM);
  const best = Math.max(...scores);
  return languages
    .map(({ id }, index) => ({ id, score: scores[index] ?? 0 }))
    .filter(({ score }) => score > 0 && score >= best * CLEARLY)
    .sort((a, b) => b.score - a.score)
    .slice(0, MOST)
    .map(({ id }) => id);
}

/** Its place in the list: `pt-BR` → that of `pt`, `nb` → that of `no`; null for a language without words. */
function languageOfTag(languages: readonly LanguageFacts[], tag: string | null): number | null {
  const primary = tag?.split("-")[0]?.toLowerCase() ?? "";
  const index = languages.findIndex(({ id, tags }) => id === primary || tags.includes(primary));
  return index < 0 ? null : index;
}
