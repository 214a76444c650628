// Test kit: which keyword says nothing that another one of its concept does not say already.
import {
  type Phrase,
  type PhraseWord,
  phrasesOf,
  type Way,
} from "../../shared/reading/notation.ts";
import { stemOf } from "../../shared/reading/stem.ts";
import { ANY, type Language } from "../../shared/reading/word-model.ts";

interface Written {
  readonly text: string;
  readonly own: boolean;
  readonly phrases: readonly Phrase[];
}

/** Whether the first word of a phrase meets all that the second meets. */
type Wider = (wide: PhraseWord, word: PhraseWord) => boolean;

/**
 * Keywords of one concept in one language that others of it cover, those of all languages included; of two that cover
 * each other the longer.
 */
export function coveredAmong(
  language: Language,
  keywords: readonly string[],
  ofAll: readonly string[],
): { readonly keyword: string; readonly by: string }[] {
  const written = (exactOnly: boolean, own: boolean) => (text: string) => ({
    text,
    own,
    phrases: phrasesOf(text, exactOnly),
  });
  const left: Written[] = [
    ...(language === ANY ? [] : ofAll.map(written(true, false))),
    ...keywords.map(written(language === ANY, true)),
  ];
  const wider = widerIn(language);
  const covered: { keyword: string; by: string }[] = [];
  // What a longer one says is most often said by a shorter.
  for (const one of [...left].sort((a, b) => b.text.length - a.text.length)) {
    if (!one.own) continue;
    const others = left.filter((other) => other !== one);
    const by = one.phrases.map((phrase) =>
      others.find((other) => other.phrases.some((wide) => covers(wider, wide, phrase))),
    );
    if (by.some((other) => other === undefined)) continue;
    covered.push({
      keyword: one.text,
      by: [...new Set(by.map((other) => other?.text))].join(" and "),
    });
    left.splice(left.indexOf(one), 1);
  }
  return covered;
}

function covers(wider: Wider, wide: Phrase, narrow: Phrase): boolean {
  if (wide.upper && !narrow.upper) return false;
  const room = narrow.words.length - wide.words.length;
  for (let offset = 0; offset <= (wide.upper ? Math.min(0, room) : room); offset++) {
    const fits = wide.words.every((word, index) => {
      const own = narrow.words[offset + index];
      return own !== undefined && (index === 0 || own.gap <= word.gap) && wider(word, own);
    });
    if (fits) return true;
  }
  return false;
}

/** Each two words are compared once. */
function widerIn(language: Language): Wider {
  const known = new Map<string, Map<string, boolean>>();
  return (wide, word) => {
    const row = known.get(wide.name) ?? new Map<string, boolean>();
    known.set(wide.name, row);
    let answer = row.get(word.name);
    if (answer === undefined) {
      answer = word.ways.every((way) => wide.ways.some((one) => isWider(one, way, language)));
      row.set(word.name, answer);
    }
    return answer;
  };
}

/** Whether the first meets every word that the second meets. */
function isWider(wide: Way, way: Way, language: Language): boolean {
  const open = way.before || way.after;
  const stemmed = !open && !way.exact;
  const start = stemmed ? sharedStart(way.piece, stemOf(language, way.piece)) : way.piece;
  if (wide.before && wide.after) return start.includes(wide.piece);
  if (wide.after) return !way.before && start.startsWith(wide.piece);
  if (wide.before) return !way.after && !stemmed && way.piece.endsWith(wide.piece);
  if (open) return false;
  if (wide.exact) return way.exact && way.piece === wide.piece;
  return stemOf(language, wide.piece) === stemOf(language, way.piece);
}

/** What all words with a stem begin with, near enough: `party` and `parti` share `part`. */
function sharedStart(word: string, stem: string): string {
  let length = 0;
  while (length < stem.length && word[length] === stem[length]) length++;
  return word.slice(0, length);
}
