// Feeds: what is whole in a JSON document that is broken somewhere.

export interface WholeJson {
  /** The members of the outermost object, its `items` left out, as far as they can be read. */
  readonly head: Readonly<Record<string, unknown>>;
  readonly items: readonly unknown[];
  /** True where the document ends before it is over. */
  readonly isCut: boolean;
}

/** @returns null where no item of a list called `items` can be read. Linear in the text's length */
export function readWholeItems(text: string): WholeJson | null {
  const list = /"items"\s{0,100}:\s{0,100}\[/.exec(text);
  if (list === null) return null;
  const start = list.index + list[0].length;
  const { parts, end } = elementsFrom(text, start);
  const items = parts.flatMap((part) => readJson(part) ?? []);
  if (items.length === 0) return null;
  const before = text.slice(0, list.index).replace(/,\s*$/, "");
  const head = readJson(`${before}}`);
  return {
    head: typeof head === "object" && head !== null ? { ...head } : {},
    items,
    isCut: end === null || !/\}\s*$/.test(text.slice(end)),
  };
}

/** The texts of a list's elements that have an end, and where the list has its own. */
function elementsFrom(text: string, start: number): { parts: string[]; end: number | null } {
  const parts: string[] = [];
  const signs = /"(?:[^"\\]|\\[\s\S])*"|[[\]{}"]/g;
  signs.lastIndex = start;
  let depth = 0;
  let from = start;
  for (let sign = signs.exec(text); sign !== null; sign = signs.exec(text)) {
    if (sign[0] === "[" || sign[0] === "{") {
      if (depth === 0) from = sign.index;
      depth += 1;
    } else if (sign[0] === "]" || sign[0] === "}") {
      depth -= 1;
      if (depth < 0) return { parts, end: sign.index };
      if (depth === 0) parts.push(text.slice(from, sign.index + 1));
    } else if (sign[0] === '"') break; // a text that never ends
  }
  return { parts, end: null };
}

function readJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
