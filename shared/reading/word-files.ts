// Reading: word files as people write them, checked line by line; a bad one is never half-read.
import type { LanguageFacts } from "./word-model.ts";

/** A file of words: its name, for whoever wrote it, and its text. */
export interface WordFile {
  readonly name: string;
  readonly text: string;
}

/** A part of a file under `[heading]`: its lines that are neither empty nor comments. */
export interface Section {
  /** Null for what stands before the first heading. */
  readonly heading: string | null;
  readonly line: number;
  readonly lines: readonly { readonly text: string; readonly line: number }[];
}

/** A longer line cannot be reviewed. */
export const LINE_MAX = 200;

/** @throws RangeError naming file and line */
export function fail(file: WordFile, line: number, problem: string): never {
  throw new RangeError(`${file.name}:${line}: ${problem}`);
}

/**
 * `[heading]` and the lines below it; `#` begins a comment.
 * @throws RangeError naming file and line where one is too long, or a heading is there twice
 */
export function sectionsOf(file: WordFile): Section[] {
  let current = {
    heading: null as string | null,
    line: 1,
    lines: [] as Section["lines"][number][],
  };
  const sections = [current];
  const headings = new Set<string>();
  for (const [index, raw] of file.text.split("\n").entries()) {
    const line = index + 1;
    const text = raw.trim();
    if (text.length > LINE_MAX) fail(file, line, `longer than ${LINE_MAX} characters`);
    if (text === "" || text.startsWith("#")) continue;
    const heading = /^\[(.*)\]$/.exec(text)?.[1];
    if (heading === undefined) {
      current.lines.push({ text, line });
      continue;
    }
    if (headings.has(heading)) fail(file, line, `[${heading}] is there twice`);
    headings.add(heading);
    current = { heading, line, lines: [] };
    sections.push(current);
  }
  return sections;
}

/** What stands before the first heading, without reading what follows. */
export function headOf({ name, text }: WordFile): Section {
  const end = text.startsWith("[") ? 0 : text.indexOf("\n[");
  const [head] = sectionsOf({ name, text: end < 0 ? text : text.slice(0, end) });
  return head ?? { heading: null, line: 1, lines: [] };
}

/** What is said of a concept or a pair for its readers alone: nothing depends on it. */
export const EXPLAINED = ["means", "yes", "no"];

/** `key: value` of each line, in order. @throws RangeError naming file and line */
export function fieldsOf(
  file: WordFile,
  { lines }: Section,
  keys: readonly string[],
): { readonly key: string; readonly value: string; readonly line: number }[] {
  return lines.map(({ text, line }) => {
    const [, key = "", value = ""] = /^([a-z][a-z-]*):\s*(.*)$/.exec(text) ?? [];
    if (!keys.includes(key)) fail(file, line, `expected one of ${keys.join(", ")}: ${text}`);
    return { key, value, line };
  });
}

const FACTS = ["home", "common", "tags", "small", "sign", "abbreviation", "numbered"];

/** What stands at the head of a language's file. @throws RangeError naming file and line */
export function factsOf(
  file: WordFile,
  head: Section,
): LanguageFacts & {
  readonly abbreviations: readonly string[];
  readonly numbered: readonly string[];
} {
  const fields = fieldsOf(file, head, FACTS);
  const wordsOf = (key: string) =>
    fields.filter((one) => one.key === key).flatMap(({ value }) => value.split(/\s+/));
  const home = fields.find(({ key }) => key === "home");
  const common = fields.find(({ key }) => key === "common");
  return {
    id: file.name.replace(/\.txt$/, ""),
    tags: wordsOf("tags"),
    home: home === undefined ? null : homeOf(file, home),
    common: common === undefined ? 0 : rankOf(file, common),
    small: wordsOf("small"),
    signs: fields.filter(({ key }) => key === "sign").map((field) => signOf(file, field)),
    abbreviations: wordsOf("abbreviation"),
    numbered: wordsOf("numbered"),
  };
}

interface Field {
  readonly value: string;
  readonly line: number;
}

function homeOf(file: WordFile, { value, line }: Field): LanguageFacts["home"] {
  const [, jurisdiction = "", weight] = /^([A-Z]{2,3}) ([\d.]+)$/.exec(value) ?? [];
  if (weight === undefined) fail(file, line, "expected a jurisdiction and a weight: FR 0.75");
  return { jurisdiction, weight: Number(weight) };
}

function rankOf(file: WordFile, { value, line }: Field): number {
  if (!/^[1-9]$/.test(value))
    fail(file, line, "expected a rank from 1 to 9, the commonest highest");
  return Number(value);
}

function signOf(file: WordFile, { value, line }: Field): LanguageFacts["signs"][number] {
  const [, letters = "", weight] = /^(\S+) ([\d.]+)$/.exec(value) ?? [];
  if (weight === undefined) fail(file, line, "expected letters and a weight: åä 1");
  try {
    return { letters: new RegExp(`[${letters}]`, "iu"), weight: Number(weight) };
  } catch (cause) {
    return fail(file, line, (cause as Error).message);
  }
}
