// Dossiers: names, references and subject words of a registry, indexed once per registry.
import type { Dossier } from "../domain/dossier.ts";
import { tokensOf } from "../domain/fold-text.ts";

export interface Name {
  readonly dossier: Dossier;
  readonly kind: "reference" | "alias";
  readonly text: string;
  readonly words: readonly string[];
  /** 1 for a name that can mean nothing else, less for short or common ones. */
  readonly weight: number;
}

export interface DossierIndex {
  /** By the first three letters of their first word. */
  readonly names: ReadonlyMap<string, readonly Name[]>;
  /** Subject words (first seven letters) and how much each tells this dossier from others. */
  readonly subjects: ReadonlyMap<Dossier, ReadonlyMap<string, number>>;
  readonly perJurisdiction: ReadonlyMap<string, number>;
}

const indexes = new WeakMap<readonly Dossier[], DossierIndex>();

/** The index of a registry; kept as long as the registry is. */
export function indexOf(dossiers: readonly Dossier[]): DossierIndex {
  const known = indexes.get(dossiers);
  if (known !== undefined) return known;
  const made = makeIndex(dossiers);
  indexes.set(dossiers, made);
  return made;
}

function makeIndex(dossiers: readonly Dossier[]): DossierIndex {
  const names = new Map<string, Name[]>();
  const perJurisdiction = new Map<string, number>();
  for (const dossier of dossiers) {
    perJurisdiction.set(dossier.jurisdiction, (perJurisdiction.get(dossier.jurisdiction) ?? 0) + 1);
    for (const name of namesOf(dossier)) {
      const key = (name.words[0] ?? "").slice(0, 3);
      names.set(key, [...(names.get(key) ?? []), name]);
    }
  }
  return { names, perJurisdiction, subjects: subjectsOf(dossiers) };
}

function namesOf(dossier: Dossier): Name[] {
  const names: Name[] = [];
  for (const text of dossier.references) {
    const words = wordsOf(text.replace(/\((?!COD|INT|JO|SP|41|45)[^)]*\)/g, " "));
    if (words.length > 0)
      names.push({ dossier, kind: "reference", text, words, weight: referenceWeight(words) });
  }
  for (const text of dossier.aliases) {
    const words = wordsOf(text);
    if (words.length > 0)
      names.push({ dossier, kind: "alias", text, words, weight: aliasWeight(words, text) });
  }
  return names;
}

const wordsOf = (text: string): string[] => tokensOf(text).map((token) => token.text);

/** `2022/0155(COD)` is unmistakable, `S.1829` nearly, `C-22` only at home. */
function referenceWeight(words: readonly string[]): number {
  const letters = words.join("").length;
  return letters >= 8 ? 1 : letters >= 5 ? 0.7 : 0.3;
}

/** Abbreviations collide (IPA, ORI, HLG); a phrase of several words hardly does. */
function aliasWeight(words: readonly string[], text: string): number {
  const letters = words.join("").length;
  if (words.length === 1) return letters <= 4 ? 0.5 : letters <= 6 ? 0.8 : 1;
  return letters <= 6 && /\d/.test(text) ? 0.6 : 1.1;
}

/** Words that say nothing of which dossier is meant. */
const COMMON = new Set(
  tokensOf(
    "and the of for on to in by with law laws act bill bills access draft from its an at de la le les des du et aux sur loi der die das und zu zum im von fur mit een het van voor och om til lov wet ley del los en el sobre zakon data services service statements demands demand national new encrypted encryption chiffrement messages messaging messenger communications communication kryptering cifrado that would said after without under first also had has was were were not no it as is be their his her they who which than more",
  ).map((token) => token.text),
);

/** Rarer words tell more; a word that half of the registry shares tells nothing. */
function subjectsOf(
  dossiers: readonly Dossier[],
): ReadonlyMap<Dossier, ReadonlyMap<string, number>> {
  const spread = new Map<string, number>();
  const own = new Map<Dossier, Set<string>>();
  for (const dossier of dossiers) {
    const words = new Set<string>();
    const sources = [dossier.title, ...dossier.aliases, ...(dossier.subject ?? [])];
    for (const source of sources)
      for (const word of wordsOf(source))
        if (word.length > 2 && !COMMON.has(word)) words.add(word.slice(0, 7));
    own.set(dossier, words);
    for (const word of words) spread.set(word, (spread.get(word) ?? 0) + 1);
  }
  return new Map(
    dossiers.map((dossier) => [
      dossier,
      new Map(
        [...(own.get(dossier) ?? [])].map((word) => [word, 0.9 / (spread.get(word) ?? 1) ** 0.7]),
      ),
    ]),
  );
}
