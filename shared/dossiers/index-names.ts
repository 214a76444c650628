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
  const phrases = dossiers.map((dossier) => [dossier, phrasesOf(dossier)] as const);
  for (const dossier of dossiers) {
    for (const given of namesOf(dossier)) {
      const phrase = ` ${given.words.join(" ")} `;
      const shared = phrases.some(([other, text]) => other !== dossier && text.includes(phrase));
      const name = shared ? { ...given, weight: given.weight * SHARED } : given;
      const key = (name.words[0] ?? "").slice(0, 3);
      names.set(key, [...(names.get(key) ?? []), name]);
    }
  }
  // Longer names first, so that a shorter one within them is seen to be covered.
  for (const list of names.values()) list.sort((a, b) => b.words.length - a.words.length);
  return { names };
}

/** A name that stands within another dossier's names, too, tells little: `lawful access`, `going dark`. */
const SHARED = 0.55;

const phrasesOf = (dossier: Dossier): string =>
  [dossier.title, ...dossier.aliases, ...dossier.references]
    .map((text) => ` ${wordsOf(text).join(" ")} `)
    .join("|");

/** What follows a number to say which session or year it is of; items leave it out. */
const SESSION = /\s\([^)]*\)$/;

function namesOf(dossier: Dossier): Name[] {
  const names: Name[] = [];
  for (const text of dossier.references) {
    const words = wordsOf(text.replace(SESSION, ""));
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
  if (letters <= 6 && /\d/.test(text)) return 0.6;
  return words.length >= 4 ? 1.4 : words.length === 3 ? 1.2 : 1.1;
}
