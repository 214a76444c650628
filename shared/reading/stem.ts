// Reading: what two inflections of a word have in common, by natural's stemmers (their subpaths alone).

import en from "natural/lib/natural/stemmers/porter_stemmer.js";
import de from "natural/lib/natural/stemmers/porter_stemmer_de.js";
import es from "natural/lib/natural/stemmers/porter_stemmer_es.js";
import fr from "natural/lib/natural/stemmers/porter_stemmer_fr.js";
import it from "natural/lib/natural/stemmers/porter_stemmer_it.js";
import nl from "natural/lib/natural/stemmers/porter_stemmer_nl.js";
import no from "natural/lib/natural/stemmers/porter_stemmer_no.js";
import pt from "natural/lib/natural/stemmers/porter_stemmer_pt.js";
import ru from "natural/lib/natural/stemmers/porter_stemmer_ru.js";
import sv from "natural/lib/natural/stemmers/porter_stemmer_sv.js";
import { foldText } from "../domain/fold-text.ts";
import type { Language } from "./word-model.ts";

/** Languages that natural has no stemmer for match words as they stand: their files list inflections, or beginnings. */
const STEMMERS: Partial<Record<Language, { stem(word: string): string | undefined }>> = {
  de,
  en,
  es,
  fr,
  it,
  nl,
  no,
  pt,
  ru,
  sv,
};

/** Longer "words" are no words (and natural's rules are not linear): they match as they stand or not at all. */
export const STEM_MAX_LENGTH = 40;
/** Shorter words lose too much: a stem of two letters means nothing. */
const STEM_MIN_LENGTH = 4;

/**
 * The stem of a folded word. Texts come with and without their accents, so stems are made of folded words on both
 * sides; natural answers undefined for some input, which means the word itself.
 */
export function stemOf(language: Language, word: string): string {
  if (word.length < STEM_MIN_LENGTH || word.length > STEM_MAX_LENGTH) return word;
  const stem = STEMMERS[language]?.stem(word);
  if (stem === undefined || stem.length < 2) return word;
  return foldText(stem).replaceAll(" ", "") || word;
}
