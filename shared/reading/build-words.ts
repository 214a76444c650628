// Reading: words of all files together: which concepts there are, and each language's lexicon when it is first needed.
import { createHash } from "node:crypto";
import { compileLexicon, type Keywords } from "./compile-lexicon.ts";
import { lexiconOf, plainLexicon } from "./compiled-lexicon.ts";
import { type Keep, keepNothing } from "./keep-compiled.ts";
import { pairsOf, vetoesOf } from "./pair-files.ts";
import { lookOf, plainLook } from "./quick-look.ts";
import {
  EXPLAINED,
  factsOf,
  fail,
  fieldsOf,
  headOf,
  type Section,
  sectionsOf,
  type WordFile,
} from "./word-files.ts";
import {
  ANY,
  type Language,
  type Lexicon,
  type PlaceConcept,
  type Term,
  type Words,
} from "./word-model.ts";

/** The files of shared/catalog/words. */
export interface WordFiles {
  readonly concepts: WordFile;
  readonly pairs: WordFile;
  readonly vetoes: WordFile;
  readonly places: WordFile;
  /** `any.txt` and one per language, in order of their names. */
  readonly languages: readonly WordFile[];
}

/** What concepts.txt says of a concept, and pairs.txt of a pair. */
export interface Concept {
  readonly id: string;
  readonly means: string;
  /** Titles that must show it and that must not, each in one language. */
  readonly yes: readonly Example[];
  readonly no: readonly Example[];
}

export interface Example {
  readonly language: Language;
  readonly text: string;
}

const CONCEPT_ID = /^[a-z][a-z0-9-]*$/;

/**
 * @param others what else may stand there
 * @throws RangeError naming file and line
 */
export function conceptsOf(file: WordFile, others: readonly string[] = []): Concept[] {
  return sectionsOf(file).flatMap((section) => {
    const { heading } = section;
    if (heading === null) return [];
    if (!CONCEPT_ID.test(heading)) fail(file, section.line, `no name for a concept: ${heading}`);
    const fields = fieldsOf(file, section, [...EXPLAINED, ...others]);
    const examplesOf = (key: string): Example[] =>
      fields
        .filter((field) => field.key === key)
        .map(({ value, line }) => {
          const [, language = "", text] = /^([a-z]{2}) (.+)$/.exec(value) ?? [];
          if (text === undefined) fail(file, line, "expected a language and a title: en A title");
          return { language, text };
        });
    const means = fields.find(({ key }) => key === "means")?.value ?? "";
    if (means === "") fail(file, section.line, `nothing says what [${heading}] means`);
    return [{ id: heading, means, yes: examplesOf("yes"), no: examplesOf("no") }];
  });
}

/**
 * Checks the files; keywords are checked as their language is compiled.
 * @param keep where compiled languages are kept
 * @throws RangeError naming file and line
 */
export function buildWords(files: WordFiles, keep: Keep = keepNothing): Words {
  const placeSections = placesOf(files.places);
  const ids = [
    ...conceptsOf(files.concepts).map(({ id }) => id),
    ...placeSections.map(({ id }) => id),
  ];
  const pairIds = sectionsOf(files.pairs).flatMap(({ heading }) => heading ?? []);
  const concepts = [...ids, ...pairIds];
  const conceptIndex = new Map(concepts.map((id, index) => [id, index]));
  const twice = concepts.find((id, index) => conceptIndex.get(id) !== index);
  if (twice !== undefined) throw new RangeError(`${files.pairs.name}: ${twice} is there twice`);
  const facts = files.languages.map((file) => factsOf(file, headOf(file)));
  const version = versionOf(files);
  const terms: Term[] = [];
  const lexicons = new Map<Language, Lexicon>();
  const compile = (language: Language): Lexicon => {
    const file = files.languages.find((one) => languageOf(one) === language);
    if (file === undefined) throw new RangeError(`no words of the language ${language}`);
    const plain = keep(version, `lexicon-${language}`, () => {
      const keywords = sectionsOf(file).flatMap((section) =>
        keywordsOf(file, section, conceptIndex),
      );
      const placed =
        language === ANY
          ? placeSections.map(({ id, section }) => ({
              concept: conceptIndex.get(id) ?? 0,
              list: listOf(files.places, section),
            }))
          : [];
      const own: Term[] = [];
      return plainLexicon(compileLexicon(language, [...keywords, ...placed], own), own);
    });
    return lexiconOf(language, plain, terms);
  };
  const words: Words = {
    version,
    concepts,
    conceptIndex,
    terms,
    places: new Map(placeSections.map(({ id, place }) => [conceptIndex.get(id) ?? 0, place])),
    pairs: pairsOf(files.pairs, conceptIndex, ids.length),
    vetoes: vetoesOf(files.vetoes, conceptIndex),
    languages: facts.filter(({ id }) => id !== ANY).sort((a, b) => b.common - a.common),
    abbreviations: {
      always: new Set(facts.flatMap(({ abbreviations }) => abbreviations)),
      numbered: new Set(facts.flatMap(({ numbered }) => numbered)),
    },
    lookFor: (wanted) => {
      const name = `look-${[...wanted].sort((a, b) => a - b).join("-")}`;
      return lookOf(keep(version, name, () => plainLook(words, wanted)));
    },
    lexicon: (language) => {
      const known = lexicons.get(language) ?? compile(language);
      lexicons.set(language, known);
      return known;
    },
  };
  return words;
}

const languageOf = (file: WordFile): Language => file.name.replace(/\.txt$/, "");

function keywordsOf(
  file: WordFile,
  section: Section,
  conceptIndex: ReadonlyMap<string, number>,
): Keywords[] {
  if (section.heading === null) return [];
  const concept = conceptIndex.get(section.heading);
  if (concept === undefined) fail(file, section.line, `no such concept: ${section.heading}`);
  return [{ concept, list: listOf(file, section) }];
}

const listOf = (file: WordFile, { lines }: Section): Keywords["list"] =>
  lines.map(({ text, line }) => ({ text, where: `${file.name}:${line}` }));

/** `[EU 4]`: words that name a jurisdiction, and how much they say. */
function placesOf(
  file: WordFile,
): { readonly id: string; readonly place: PlaceConcept; readonly section: Section }[] {
  return sectionsOf(file).flatMap((section) => {
    if (section.heading === null) return [];
    const [, jurisdiction = "", weight] = /^([A-Z]{2}|INT) ([1-4])$/.exec(section.heading) ?? [];
    if (weight === undefined)
      return fail(file, section.line, "expected a jurisdiction and a weight: [FR 3]");
    const id = `place-${jurisdiction.toLowerCase()}-${weight}`;
    return [{ id, place: { jurisdiction, weight: Number(weight) }, section }];
  });
}

/** Ten hexadecimal digits of all that is read: a changed word is another version. */
function versionOf({ concepts: _explained, ...files }: WordFiles): string {
  const hash = createHash("sha256");
  const explained = new RegExp(`^(${EXPLAINED.join("|")}): .*\n`, "gm");
  for (const { name, text } of Object.values(files).flat())
    hash.update(`${name}\n${text.replaceAll(explained, "")}\n`);
  return hash.digest("hex").slice(0, 10);
}
