// Matching: from keywords as people write them to a tree of phrases over numbered word patterns.
import { foldText } from "../domain/fold-text.ts";
import {
  LANGUAGES,
  type Language,
  type Lexicon,
  type PhraseNode,
  type Term,
} from "./keyword-model.ts";
import { stemOf } from "./stem.ts";

/** One concept as the model files give it: its keywords by language. */
export interface ConceptSource {
  readonly id: string;
  readonly terms: Readonly<Partial<Record<Language | "any", readonly string[]>>>;
}

interface Building {
  readonly lexicon: Lexicon;
  readonly patterns: Map<string, number>;
}

/** Alternatives in one keyword multiply; beyond this it should be several keywords. */
const EXPANSIONS_MAX = 1_000;

/**
 * Compiles keywords. The notation, word by word: `word` any inflection that shares its stem (English, French, German,
 * Spanish, Italian, Dutch, Swedish, Portuguese, Norwegian, Russian; as it stands in Danish and Polish); `=word` as it
 * stands; `word*`, `*word`, `*word*` inside compounds; `(a|b|)` either, the empty one optional; `a_b` written as one
 * word or two (a hyphen is a space anyway); `^A` an acronym that counts in capitals alone (`US`, `AI`).
 * @throws RangeError for a keyword that is empty or has too many alternatives
 */
export function compileVocabulary(concepts: readonly ConceptSource[]): {
  terms: Term[];
  lexicons: Record<Language, Lexicon>;
} {
  const terms: Term[] = [];
  const building = new Map<Language, Building>();
  for (const language of LANGUAGES) building.set(language, emptyLexicon(language));
  for (const [concept, source] of concepts.entries()) {
    for (const [key, texts] of Object.entries(source.terms)) {
      const languages = key === "any" ? LANGUAGES : [key as Language];
      for (const text of texts ?? []) {
        for (const phrase of expand(text)) {
          const upper = phrase.startsWith("^");
          const language = key as Term["language"];
          const term = terms.push({ text: plain(phrase), language, concept, upper }) - 1;
          for (const into of languages) {
            const target = building.get(into);
            if (target === undefined) throw new RangeError(`${source.id}: no language ${into}`);
            const end = nodeOf(target, phrase, key === "any");
            // Two inflections with one stem are one keyword.
            const said = end.terms.some(
              (other) => terms[other]?.concept === concept && terms[other]?.upper === upper,
            );
            if (!said) end.terms.push(term);
          }
        }
      }
    }
  }
  const lexicons = Object.fromEntries(
    [...building].map(([language, { lexicon }]) => [language, finish(lexicon)]),
  ) as Record<Language, Lexicon>;
  return { terms, lexicons };
}

/** The keyword as shown to people: without the marks of the notation. */
function plain(text: string): string {
  return text.replaceAll(/[=^⟨⟩]/g, "").replaceAll(/\s+/g, " ");
}

function emptyLexicon(language: Language): Building {
  return {
    patterns: new Map(),
    lexicon: {
      language,
      exact: new Map(),
      stems: new Map(),
      prefixes: new Map(),
      suffixes: new Map(),
      infixes: new Map(),
      infixLengths: [],
      root: { terms: [], next: new Map() },
      later: new Set(),
      seen: new Map(),
    },
  };
}

function finish(lexicon: Lexicon): Lexicon {
  const lengths = new Set([...lexicon.infixes.keys()].map((text) => text.length));
  return { ...lexicon, infixLengths: [...lengths].sort((a, b) => a - b) };
}

/** Where a phrase ends in the tree, grown as far as it was not. */
function nodeOf(target: Building, phrase: string, exact: boolean): PhraseNode {
  const words = phrase.split(/[\s\-'’/.]+(?![^⟨]*⟩)/).filter((word) => word !== "");
  const patterns = words.flatMap((word) => patternsOf(target, word, exact));
  if (patterns.length === 0) throw new RangeError("empty keyword");
  let node: PhraseNode = target.lexicon.root;
  for (const pattern of patterns) {
    let next = node.next.get(pattern);
    if (node !== target.lexicon.root) target.lexicon.later.add(pattern);
    if (next === undefined) {
      next = { terms: [], next: new Map() };
      node.next.set(pattern, next);
    }
    node = next;
  }
  return node;
}

/**
 * `(a b|c|) d_e` → `a b d e`, `a b de`, `c d e` …; whole words that stand as alternatives stay together as one
 * pattern, `⟨a|b⟩`, so that a keyword with many of them is still one way through the tree.
 */
export function expand(text: string): string[] {
  let done = [""];
  const parts = text.split(/(\([^)]*\)|_)/);
  for (const [index, part] of parts.entries()) {
    const choices =
      part === "_"
        ? [" ", ""]
        : part.startsWith("(")
          ? choicesOf(part, standsAlone(parts, index))
          : [part];
    done = done.flatMap((start) => choices.map((choice) => start + choice));
    if (done.length > EXPANSIONS_MAX) throw new RangeError(`too many alternatives: ${text}`);
  }
  return done.map((one) => one.replaceAll(/\s+/g, " ").trim());
}

/** Whether spaces, or the keyword's ends, stand on both sides of a group. */
function standsAlone(parts: readonly string[], index: number): boolean {
  const before = parts[index - 1] ?? "";
  const after = parts[index + 1] ?? "";
  return (
    (before === "" ? index <= 1 || endsInSpace(parts[index - 2] ?? "") : before.endsWith(" ")) &&
    (after === "" ? index >= parts.length - 2 : after.startsWith(" "))
  );
}

/** An optional group before: `(|the )`, after which a word begins. */
function endsInSpace(group: string): boolean {
  return (
    group.startsWith("(") &&
    group
      .slice(1, -1)
      .split("|")
      .every((choice) => choice === "" || choice.endsWith(" "))
  );
}

function choicesOf(group: string, wholeWord: boolean): string[] {
  const choices = group.slice(1, -1).split("|");
  if (!wholeWord) {
    // `(|of |all )(messages|chats)`: what ends a keyword, or stands before a space, still is made of whole words.
    const spaced = choices.every((choice) => choice === "" || choice.endsWith(" "));
    if (!spaced) return choices;
    const words = together(choices.map((choice) => choice.trim()));
    return words.map((word) => (word === "" ? "" : `${word} `));
  }
  return together(choices.map((choice) => choice.trim()));
}

function together(choices: readonly string[]): string[] {
  const single = choices.filter((choice) => /^[=*^\p{L}\p{N}]+$/u.test(choice));
  const other = choices.filter((choice) => !single.includes(choice));
  return single.length > 1 ? [`⟨${single.join("|")}⟩`, ...other] : [...choices];
}

/** The numbered pattern of one written word (several where folding splits it). */
function patternsOf(target: Building, word: string, exactOnly: boolean): number[] {
  if (!word.startsWith("⟨"))
    return piecesOf(word).map(({ piece, before, after }) => {
      const marked = `${before ? "*" : ""}${piece}${after ? "*" : ""}`;
      return patternOf(target, marked, [
        { piece, before, after, exact: exactOnly || word.startsWith("=") },
      ]);
    });
  const alternatives = word.slice(1, -1).split("|");
  const ways = alternatives.flatMap((one) =>
    piecesOf(one).map((way) => ({ ...way, exact: exactOnly || one.startsWith("=") })),
  );
  return [patternOf(target, word, ways)];
}

interface Way {
  readonly piece: string;
  /** True where letters may stand before, or after. */
  readonly before: boolean;
  readonly after: boolean;
}

function piecesOf(word: string): Way[] {
  const pieces = foldText(word)
    .split(" ")
    .filter((piece) => piece !== "");
  return pieces.map((piece, index) => ({
    piece,
    before: word.startsWith("*") && index === 0,
    after: word.endsWith("*") && index === pieces.length - 1,
  }));
}

function patternOf(
  { lexicon, patterns }: Building,
  word: string,
  ways: readonly (Way & { readonly exact: boolean })[],
): number {
  const name = `${word} ${ways.map((way) => (way.exact ? "=" : "~")).join("")}`;
  const known = patterns.get(name);
  if (known !== undefined) return known;
  const id = patterns.size;
  patterns.set(name, id);
  for (const { piece, before, after, exact } of ways) {
    const table =
      before && after
        ? lexicon.infixes
        : before
          ? lexicon.suffixes
          : after
            ? lexicon.prefixes
            : exact
              ? lexicon.exact
              : lexicon.stems;
    const key = table === lexicon.stems ? stemOf(lexicon.language, piece) : piece;
    table.set(key, [...(table.get(key) ?? []), id]);
  }
  return id;
}
