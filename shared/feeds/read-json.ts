// Feeds: JSON Feed 1.0 and 1.1, each field taken for what it is and none trusted.
import type { ParsedFeed, ParsedItem, ParseOutcome } from "../domain/feed.ts";
import { parseDate } from "./parse-date.ts";
import { squeeze } from "./plain-text.ts";
import { cut, MOST_SUMMARY, MOST_TITLE, wordsOfHtml } from "./read-fields.ts";
import { resolveUrl } from "./resolve-url.ts";

type Fields = Readonly<Record<string, unknown>>;

/** @param mostItems what stands after so many is left out, and `capped` says so */
export function readJsonFeed(
  text: string,
  documentUrl: string | null,
  mostItems: number,
): ParseOutcome {
  let value: unknown;
  try {
    value = parseJson(text);
  } catch (error) {
    const cutShort = !/[}\]]$/.test(text.trimEnd());
    const detail = String(error).slice(0, 120);
    return { kind: "failed", reason: cutShort ? "truncated" : "not-a-feed", detail };
  }
  if (!isFields(value) || !Array.isArray(value["items"]))
    return { kind: "failed", reason: "not-a-feed", detail: "JSON without items" };
  const isJsonFeed = /jsonfeed/i.test(String(value["version"] ?? ""));
  const items: unknown[] = value["items"];
  if (!isJsonFeed && !items.some((item) => isFields(item) && ("id" in item || "url" in item)))
    return { kind: "failed", reason: "not-a-feed", detail: "JSON that is no JSON Feed" };
  const base = documentUrl ?? wordOf(value["feed_url"]) ?? wordOf(value["home_page_url"]);
  const feed: ParsedFeed = {
    title: wordOf(value["title"]),
    language: wordOf(value["language"]),
    items: items
      .slice(0, mostItems)
      .filter(isFields)
      .map((item) => readItem(item, base)),
    ttlMinutes: null,
    skipHours: [],
    capped: items.length > mostItems,
  };
  return { kind: "parsed", feed };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return JSON.parse(mendJson(text));
  }
}

/** What hand-written feeds get wrong: a comma after the last of a list, line ends and tabs inside a text. Linear. */
function mendJson(text: string): string {
  const isInside = (part: number): boolean => part % 2 === 1;
  // A quotation mark that is escaped ends nothing: it is hidden from the split.
  const parts = text.replace(/\\[\s\S]/g, (pair) => (pair === '\\"' ? HIDDEN : pair)).split('"');
  return parts
    .map((part, index) =>
      isInside(index)
        ? part.replaceAll(HIDDEN, '\\"').replace(/[\u0000-\u001f]/g, " ")
        : part.replace(/,(?=\s{0,200}[}\]])/g, ""),
    )
    .join('"');
}

/** Stands in no document: U+FFFF is no character. */
const HIDDEN = "\uffff";

const isFields = (value: unknown): value is Fields =>
  typeof value === "object" && value !== null && !Array.isArray(value);

function readItem(item: Fields, base: string | null): ParsedItem {
  const updated = parseDate(wordOf(item["date_modified"]));
  const id = wordOf(item["id"]);
  const url = resolveUrl(wordOf(item["url"]) ?? wordOf(item["external_url"]), base);
  const html = typeof item["content_html"] === "string" ? item["content_html"] : "";
  const tags = Array.isArray(item["tags"]) ? item["tags"] : [];
  return {
    guid: id,
    url: url ?? (id !== null && /^https?:\/\//i.test(id) ? id : null),
    title: cut(wordsOfHtml(wordOf(item["title"]) ?? "", "phrase"), MOST_TITLE),
    summary: cut(
      wordOf(item["summary"]) ?? wordOf(item["content_text"]) ?? wordsOfHtml(html, "document"),
      MOST_SUMMARY,
    ),
    published: parseDate(wordOf(item["date_published"])) ?? updated,
    stage: wordOf(item["stage"]) ?? wordOf(item["_stage"]),
    updated,
    categories: tags.flatMap((tag) => wordOf(tag) ?? []).slice(0, 50),
  };
}

/** JSON Feed asks for text; ids that are numbers are seen and read as text (the specification says to). */
function wordOf(value: unknown): string | null {
  if (typeof value === "number") return String(value);
  if (typeof value !== "string") return null;
  const text = squeeze(value);
  return text === "" ? null : text;
}
