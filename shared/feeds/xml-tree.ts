// Feeds: a lenient reader of XML: whatever the bytes, a tree, with every name resolved and every entity decoded once.
import { decodeHTMLStrict } from "entities";
import { Parser } from "htmlparser2";
import { type Entities, readDoctype } from "./doctype.ts";
import { mendMarkup } from "./mend-markup.ts";
import { namespaceOf } from "./namespaces.ts";
import { mendReferences } from "./references.ts";
import { ENTRIES, giveBack, isFeedOfItsOwn, leaves } from "./tree-repair.ts";

export interface XmlAttribute {
  readonly ns: string;
  /** Lower-case, without prefix. */
  readonly local: string;
  /** As written. */
  readonly name: string;
  readonly value: string;
}

export interface XmlElement {
  /** Lower-case, prefix included. */
  readonly name: string;
  /** See namespaces.ts. */
  readonly ns: string;
  /** Lower-case, without prefix. */
  readonly local: string;
  readonly attributes: readonly XmlAttribute[];
  readonly children: (XmlElement | string)[];
  readonly parent: XmlElement | null;
  /** False where the document never closes it. */
  closed: boolean;
  /** How many elements it stands in. */
  readonly depth: number;
}

export interface XmlTree {
  /** Holds the top-level elements. */
  readonly root: XmlElement;
  /** True where the text ends inside a tag, a comment or a CDATA section. */
  readonly cutInMarkup: boolean;
}

/** Elements below this depth are read as part of the one above: no feed nests so far, and recursion over it is safe. */
const MOST_DEPTH = 200;

/**
 * Never throws, whatever the text. Undeclared entities are read as HTML's, bare `&` stays, an end tag that fits nothing is
 * passed over, and one that fits an outer element closes what is inside. Entities of a DTD are expanded only where they are
 * short and flat (no entity expansion, no external entity).
 */
export function readXml(text: string): XmlTree {
  const { entities, rest } = readDoctype(text);
  const source = mendMarkup(rest);
  const root = element("", "", "", [], null);
  const scopes: Map<string, string>[] = [new Map()];
  const opened: XmlElement[] = [];
  let current = root;
  /** The namespace that stands for RSS or Atom in this document, where it is one that nobody knows. */
  let own: string | null = null;
  let skipped = 0;
  let inCdata = false;

  const parser = new Parser(
    {
      onopentag(name, raw) {
        if (current.depth >= MOST_DEPTH || isStrayEntry(name, current, source, parser.endIndex)) {
          skipped += 1;
          return;
        }
        const attributes = Object.entries(raw);
        const outer = scopes.at(-1) ?? new Map();
        const scope = scopeOf(outer, attributes, entities);
        const [prefix, local] = splitName(name);
        const uri = scope.get(prefix) ?? null;
        const home = ENTRIES.has(current.local)
          ? (outer.get(splitName(current.name)[0]) ?? "")
          : null;
        const stated = namespaceOf(prefix, uri, home);
        own ??= isFeedOfItsOwn(current, stated, local) ? uri : null;
        const ns = uri !== null && uri === own ? "" : stated;
        while (leaves(current, ns, local) && current.parent !== null) current = current.parent;
        const child = element(
          name,
          ns,
          local,
          attributes.map(([key, value]) => attribute(key, decode(value, entities), scope)),
          current,
        );
        current.children.push(child);
        scopes.push(scope);
        opened.push(child);
        current = child;
      },
      onclosetag(_name, implied) {
        if (skipped > 0) {
          skipped -= 1;
          return;
        }
        const ended = opened.pop();
        scopes.pop();
        // One that was left before has had its end.
        if (ended === undefined || ended !== current) return;
        if (!implied || endsSelfClosed(source, parser.endIndex)) ended.closed = true;
        else giveBack(ended);
        current = ended.parent ?? root;
      },
      oncdatastart() {
        inCdata = true;
      },
      oncdataend() {
        inCdata = false;
      },
      ontext(data) {
        append(current, inCdata ? data : decode(data, entities));
      },
    },
    { xmlMode: true, decodeEntities: false, lowerCaseTags: true },
  );
  parser.end(source);
  return { root, cutInMarkup: endsInMarkup(source) };
}

/** An entry that ends where it begins says nothing; inside another one it would only cut that in two. */
const isStrayEntry = (name: string, around: XmlElement, text: string, end: number): boolean =>
  ENTRIES.has(name.slice(name.indexOf(":") + 1)) &&
  isInEntry(around) &&
  (text[end - 1] === "/" || /^>\s{0,200}<\/(?:item|entry)/i.test(text.slice(end, end + 220)));

function isInEntry(node: XmlElement): boolean {
  for (let at: XmlElement | null = node; at !== null; at = at.parent)
    if (ENTRIES.has(at.local)) return true;
  return false;
}

function element(
  name: string,
  ns: string,
  local: string,
  attributes: readonly XmlAttribute[],
  parent: XmlElement | null,
): XmlElement {
  return {
    name,
    ns,
    local,
    attributes,
    children: [],
    parent,
    closed: false,
    depth: (parent?.depth ?? -1) + 1,
  };
}

function attribute(name: string, value: string, scope: ReadonlyMap<string, string>): XmlAttribute {
  const [prefix, local] = splitName(name);
  const ns = prefix === "" ? "" : namespaceOf(prefix, scope.get(prefix) ?? null);
  return { ns, local: local.toLowerCase(), name, value };
}

function splitName(name: string): [prefix: string, local: string] {
  const colon = name.indexOf(":");
  return colon < 0 ? ["", name] : [name.slice(0, colon), name.slice(colon + 1)];
}

/** The declarations in force inside an element: its parent's, unless it declares any itself. */
function scopeOf(
  outer: Map<string, string>,
  attributes: readonly (readonly [string, string])[],
  entities: Entities,
): Map<string, string> {
  let inner: Map<string, string> | null = null;
  for (const [key, value] of attributes) {
    if (!/^xmlns(?::|$)/i.test(key)) continue;
    inner ??= new Map(outer);
    inner.set(key.slice(6).toLowerCase(), decode(value, entities));
  }
  return inner ?? outer;
}

/** References of HTML too: feeds use `&nbsp;` and `&eacute;` where XML knows neither. */
function decode(text: string, entities: Entities): string {
  if (!text.includes("&")) return text;
  const expanded =
    entities.size === 0
      ? text
      : text.replace(/&([\w.:-]{1,60});/g, (whole, name: string) => entities.get(name) ?? whole);
  return decodeHTMLStrict(mendReferences(expanded));
}

function append(target: XmlElement, text: string): void {
  const last = target.children.length - 1;
  const previous = target.children[last];
  if (typeof previous === "string") target.children[last] = previous + text;
  else target.children.push(text);
}

/** The tokenizer calls the end of `<item/>` implied, as it does that of an element which its parent's end tag closes. */
const endsSelfClosed = (text: string, end: number): boolean =>
  text[end] === ">" && text[end - 1] === "/";

function endsInMarkup(text: string): boolean {
  const opensLast = (open: string, close: string): boolean => {
    const at = text.lastIndexOf(open);
    return at >= 0 && text.indexOf(close, at) < 0;
  };
  return (
    opensLast("<![CDATA[", "]]>") ||
    opensLast("<!--", "-->") ||
    /<[^\s<>][^<>]{0,2000}$/.test(text.slice(-2100))
  );
}

/** All text inside, in order, markup left out. */
export function textOf(node: XmlElement): string {
  const [only] = node.children;
  if (node.children.length === 1 && typeof only === "string") return only;
  return node.children.map((child) => (typeof child === "string" ? child : textOf(child))).join("");
}

export function elementsOf(node: XmlElement): XmlElement[] {
  return node.children.filter((child) => typeof child !== "string");
}

export function attributeOf(node: XmlElement, local: string, ns = ""): string | null {
  return node.attributes.find((held) => held.local === local && held.ns === ns)?.value ?? null;
}
