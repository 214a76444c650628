// Feeds: the parsing libraries as readers: each gives what it made of an item, and nothing where it refuses the document.
import { parseFeed as parseWithFeedsmith } from "feedsmith";
import RssParser from "rss-parser";
import { parseDate } from "./parse-date.ts";
import { squeeze, textOfHtml } from "./plain-text.ts";
import { resolveUrl } from "./resolve-url.ts";
import { attributeOf, elementsOf, textOf, type XmlElement } from "./xml-tree.ts";

/** What a library states of one item; the raw tree then mends what it lost. */
export interface LibraryItem {
  readonly guid: string | null;
  readonly url: string | null;
  readonly title: string;
  readonly published: string | null;
}

export type FeedForm = "rss" | "atom";

/** Names that rss-parser reads with capitals. */
const SPELLED: ReadonlyMap<string, string> = new Map([["pubdate", "pubDate"]]);
/**
 * Only what identifies and dates an item goes through rss-parser: it would strip tags from descriptions by quadratic
 * expressions (120 KB of `a<h` take 13 s), and words are read from the tree anyway.
 */
const GIVEN: Readonly<Record<FeedForm, readonly string[]>> = {
  rss: ["guid", "link", "title", "pubdate", "dc:date", "dc:title"],
  atom: ["id", "link", "title", "published", "updated"],
};

/**
 * rss-parser over the lenient tree instead of its own strict XML reader, so that bare `&`, a missing version, odd links, bad
 * dates and `<rss>` in disguise are mended before it sees them.
 * @returns null where it refuses the document even so
 */
export async function readWithRssParser(
  items: readonly XmlElement[],
  form: FeedForm,
): Promise<readonly LibraryItem[] | null> {
  const entries = items.map((item) => shapeOf(item, form));
  const document =
    form === "atom"
      ? { feed: { entry: entries } }
      : { rss: { $: { version: "2.0" }, channel: [{ item: entries }] } };
  const parser = Object.assign(new RssParser(), {
    xmlParser: {
      parseString: (_xml: string, done: (error: null, result: unknown) => void) =>
        done(null, document),
    },
  });
  try {
    const feed = await parser.parseString("");
    return feed.items.map((item) => ({
      guid: wordOf(item.guid ?? (item as { id?: unknown }).id),
      url: resolveUrl(wordOf(item.link), null),
      title: textOfHtml(wordOf(item.title) ?? "", "phrase"),
      published: parseDate(wordOf(item.pubDate ?? item.isoDate)),
    }));
  } catch {
    return null;
  }
}

/** One item in the shape that xml2js gives to rss-parser, its known stumbling blocks left out. */
function shapeOf(item: XmlElement, form: FeedForm): Record<string, unknown[]> {
  const shape: Record<string, unknown[]> = Object.create(null);
  for (const child of elementsOf(item)) {
    const prefix = child.ns === "" || child.ns === form ? "" : `${child.ns}:`;
    const name = prefix + child.local;
    if (!GIVEN[form].includes(name)) continue;
    const value = shapeValue(child, form);
    if (value === null) continue;
    const spelled = SPELLED.get(name) ?? name;
    shape[spelled] = [...(shape[spelled] ?? []), value];
  }
  return shape;
}

function shapeValue(child: XmlElement, form: FeedForm): unknown {
  const text = textOf(child).trim();
  if (child.local === "link" && form === "atom") {
    const href = attributeOf(child, "href");
    return href === null ? null : { $: { href, rel: attributeOf(child, "rel") ?? "alternate" } };
  }
  if (/date|published|updated/.test(child.local)) return parseDate(text);
  return text === "" ? null : text;
}

/**
 * feedsmith over the text itself, for what rss-parser refuses.
 * @returns null where it refuses the document too
 */
export function readWithFeedsmith(text: string): readonly LibraryItem[] | null {
  try {
    const { format, feed } = parseWithFeedsmith(text);
    switch (format) {
      case "rss":
        return (feed.items ?? []).map((item) => ({
          guid: wordOf(item.guid?.value),
          url: resolveUrl(wordOf(item.link), null),
          title: textOfHtml(wordOf(item.title) ?? "", "phrase"),
          published: parseDate(wordOf(item.pubDate ?? item.dc?.dates?.[0])),
        }));
      case "rdf":
        return (feed.items ?? []).map((item) => ({
          guid: wordOf(item.rdf?.about),
          url: resolveUrl(wordOf(item.link), null),
          title: textOfHtml(wordOf(item.title) ?? "", "phrase"),
          published: parseDate(wordOf(item.dc?.dates?.[0])),
        }));
      case "atom":
        return (feed.entries ?? []).map((entry) => ({
          guid: wordOf(entry.id),
          url: resolveUrl(
            wordOf(entry.links?.find(({ rel }) => rel === undefined || rel === "alternate")?.href),
            null,
          ),
          title: textOfHtml(wordOf(entry.title?.value) ?? "", "phrase"),
          published: parseDate(wordOf(entry.published ?? entry.updated)),
        }));
      case "json":
        return null; // read-json.ts reads it, and keeps items that feedsmith drops
      default:
        return null;
    }
  } catch {
    return null;
  }
}

/** Libraries hand out objects where an element had attributes; only words are words. */
function wordOf(value: unknown): string | null {
  if (typeof value !== "string") return null;
  const text = squeeze(value);
  return text === "" ? null : text;
}
