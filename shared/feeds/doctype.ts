// Feeds: the document type declaration: its few honest entities, and nothing of its traps.
import { decodeXML } from "entities";

/** Entity name to its text. */
export type Entities = ReadonlyMap<string, string>;

/** Longer or further references belong to an attack, not to a feed. */
const MOST_ENTITIES = 300;
const MOST_LENGTH = 60;

/**
 * Takes the DOCTYPE out of the text. Internal entities are kept where they are short and hold no further entity; external
 * and nested ones are never expanded. Linear in the text's length.
 */
export function readDoctype(text: string): { entities: Entities; rest: string } {
  const entities = new Map<string, string>();
  // A comment may speak of one.
  const head = text
    .slice(0, 4096)
    .replace(/<!--[\s\S]*?-->/g, (comment) => " ".repeat(comment.length));
  const start = head.search(/<!DOCTYPE/i);
  const element = head.search(/<[A-Za-z_]/);
  // One that comes after the first element is somebody's HTML.
  if (start < 0 || (element >= 0 && element < start)) return { entities, rest: text };
  const end = endOf(text, start);
  const declaration = text.slice(start, Math.min(end, start + 200_000));
  for (const match of declaration.matchAll(
    /<!ENTITY\s+([\w.:-]{1,60})\s+(?:"([^"]*)"|'([^']*)')\s*>/g,
  )) {
    const value = match[2] ?? match[3] ?? "";
    if (entities.size >= MOST_ENTITIES || value.length > MOST_LENGTH || /&[^#]/.test(value))
      continue;
    // What it stands for is text, whatever it looks like: markup must not come out of an entity.
    const decoded = decodeXML(value);
    entities.set(match[1] ?? "", /[&<]/.test(decoded) ? escapeXml(decoded) : decoded);
  }
  return { entities, rest: text.slice(0, start) + text.slice(end) };
}

const escapeXml = (text: string): string => text.replaceAll("&", "&amp;").replaceAll("<", "&lt;");

/** After the `>` that ends the declaration, its internal subset in brackets included. */
function endOf(text: string, start: number): number {
  let depth = 0;
  let quote = "";
  for (let index = start; index < text.length; index += 1) {
    const sign = text[index] ?? "";
    if (quote !== "") {
      if (sign === quote) quote = "";
    } else if (depth > 0 && text.startsWith("<!--", index)) {
      const close = text.indexOf("-->", index);
      index = close < 0 ? text.length : close + 2;
    } else if (sign === '"' || sign === "'") quote = sign;
    else if (sign === "[") depth += 1;
    else if (sign === "]") depth -= 1;
    else if (sign === ">" && depth <= 0) return index + 1;
    else if (sign === "<" && depth <= 0 && index > start) return index;
  }
  return text.length;
}
