// Feeds: JSON Feed 1.0 and 1.1, each field taken for what it is and none trusted.
import type { ParsedFeed, ParsedItem, ParseOutcome } from "../domain/feed.ts";
import { type DateOrder, dateOrderOf, inOrder } from "./date-order.ts";
import { withMendedWords } from "./mend-words.ts";
import { parseDate } from "./parse-date.ts";
import { squeeze } from "./plain-text.ts";
import { isMarkup } from "./prose-tags.ts";
import { cut, MOST_SUMMARY, MOST_TITLE, wordsOfHtml } from "./read-fields.ts";
import { resolveUrl } from "./resolve-url.ts";
import { readWholeItems } from "./whole-json.ts";

type Fields = Readonly<Record<string, unknown>>;

/** @param mostItems what stands after so many is left out, and `capped` says so */
export function readJsonFeed(
  text: string,
  documentUrl: string | null,
  mostItems: number,
): ParseOutcome {
  const { value, isCut, detail } = readValue(text);
  if (!isFields(value) || !Array.isArray(value["items"]))
    return { kind: "failed", reason: isCut ? "truncated" : "not-a-feed", detail };
  const isJsonFeed = /jsonfeed/i.test(String(value["version"] ?? ""));
  const items: unknown[] = value["items"];
  if (!isJsonFeed && !items.some((item) => isFields(item) && ("id" in item || "url" in item)))
    return { kind: "failed", reason: "not-a-feed", detail: "JSON that is no JSON Feed" };
  const base = documentUrl ?? wordOf(value["feed_url"]) ?? wordOf(value["home_page_url"]);
  const stated = items.slice(0, mostItems).filter(isFields);
  const order = dateOrderOf(
    stated.flatMap((item) => [
      wordOf(item["date_published"]) ?? "",
      wordOf(item["date_modified"]) ?? "",
    ]),
    wordOf(value["language"]),
  );
  const feed: ParsedFeed = {
    title: wordOf(value["title"]),
    language: wordOf(value["language"]),
    items: stated.map((item) => withMendedWords(readItem(item, base, order))),
    ttlMinutes: null,
    skipHours: [],
    capped: items.length > mostItems,
  };
  if (isCut) return { kind: "failed", reason: "truncated", detail, whole: feed.items };
  return { kind: "parsed", feed };
}

interface Read {
  readonly value: unknown;
  /** True where the document ends before it is over. */
  readonly isCut: boolean;
  readonly detail: string;
}

/** As it stands, else with its slips mended, else what is whole in it. */
function readValue(text: string): Read {
  try {
    return { value: JSON.parse(text), isCut: false, detail: "JSON without items" };
  } catch {}
  const mended = mendJson(text);
  try {
    return { value: JSON.parse(mended), isCut: false, detail: "JSON without items" };
  } catch (error) {
    const detail = String(error).slice(0, 120);
    const whole = readWholeItems(mended);
    if (whole === null) return { value: null, isCut: !/[}\]]$/.test(text.trimEnd()), detail };
    return { value: { ...whole.head, items: whole.items }, isCut: whole.isCut, detail };
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

function readItem(item: Fields, base: string | null, order: DateOrder | null): ParsedItem {
  const dateOf = (value: unknown): string | null => {
    const text = wordOf(value);
    return parseDate(text === null || order === null ? text : inOrder(text, order));
  };
  const updated = dateOf(item["date_modified"]);
  const id = wordOf(item["id"]);
  const url = resolveUrl(wordOf(item["url"]) ?? wordOf(item["external_url"]), base);
  const html = typeof item["content_html"] === "string" ? item["content_html"] : "";
  const tags = Array.isArray(item["tags"]) ? item["tags"] : [];
  return {
    guid: id,
    url: url ?? (id !== null && /^https?:\/\//i.test(id) ? id : null),
    title: cut(wordsOfHtml(wordOf(item["title"]) ?? "", "phrase"), MOST_TITLE),
    summary: cut(
      textIn(item["summary"]) ?? textIn(item["content_text"]) ?? wordsOfHtml(html, "document"),
      MOST_SUMMARY,
    ),
    published: dateOf(item["date_published"]) ?? updated,
    stage: wordOf(item["stage"]) ?? wordOf(item["_stage"]),
    updated,
    categories: tags.flatMap((tag) => wordOf(tag) ?? []).slice(0, 50),
  };
}

const textIn = (value: unknown): string | null => {
  const text = wordOf(value);
  return text !== null && isMarkup(text) ? wordsOfHtml(text, "document") : text;
};

/** JSON Feed asks for text; ids that are numbers are seen and read as text (the specification says to). */
function wordOf(value: unknown): string | null {
  if (typeof value === "number") return String(value);
  if (typeof value !== "string") return null;
  const text = squeeze(value);
  return text === "" ? null : text;
}
