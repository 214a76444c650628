// Feeds: what looks like a tag: markup to take out, or the subject of a sentence (`use of the <canvas> element`).

const setOf = (names: string): ReadonlySet<string> => new Set(names.split(" "));

/** Elements that stand between words; all others may stand inside one. */
export const BREAKING = setOf(
  "address article aside blockquote br caption center dd details div dl dt fieldset figcaption figure footer form h1 h2 h3 h4 h5 h6 header hr li main nav ol p pre section summary table tbody td tfoot th thead tr ul option img iframe video audio object embed",
);
export const KNOWN_ELEMENT = setOf(
  "a abbr acronym address applet area article aside audio b base basefont bdi bdo big blink blockquote body br button canvas caption center cite code col colgroup data dd del details dfn dialog dir div dl dt em embed fieldset figcaption figure font footer form frame frameset h1 h2 h3 h4 h5 h6 head header hr html i iframe img input ins kbd label legend li link main map mark marquee menu meta meter nav nobr noframes noscript object ol optgroup option output p param picture pre progress q rp rt ruby s samp script section select small source span strike strong style sub summary sup svg table tbody td template textarea tfoot th thead time title tr track tt u ul var video wbr xmp",
);
const VOID = setOf(
  "area base basefont br col embed frame hr img input link meta param source track wbr",
);
/** Those that do something without an attribute. */
const BARE_VOID = setOf("br hr wbr");
/** What holds other elements or may end without an end tag: where a text was cut, no end tag follows. */
const STRUCTURE = setOf(
  "address article aside blockquote body caption center colgroup dd div dl dt fieldset figcaption figure footer form head header html li main nav ol optgroup option p pre section tbody td tfoot th thead tr ul",
);
const FLAGS = setOf(
  "allowfullscreen async autofocus autoplay checked compact controls default defer disabled hidden ismap itemscope loop multiple muted nohref noresize noshade novalidate nowrap open readonly required reversed selected",
);

const BEFORE = /[\s"'([{“„«‘‚`,:;/–—-]/;
const AFTER = /[\s"')\]}”“»’‘`.,:;?!/–—-]/;
/** The look back stands after what is rarer, or it would be taken at every sign of the text. */
const JOINED =
  /<([a-z]\w{0,9})>(?<=(?:\s|^)<\1>)(\s*(?:and|or|to|und|oder|bis|et|ou|à|y|o|e|a|i|en|of|och|eller|og|vs\.?|[-,/…–]|\.\.\.)\s*)<(\/\1)>(?=[\s.,;:!?)]|$)/gi;

/** `between <b> and </b>`: a pair that holds nothing but a conjunction is spoken of. */
export const escapePairs = (html: string): string =>
  html.includes("</") ? html.replace(JOINED, "&lt;$1&gt;$2&lt;$3&gt;") : html;

/**
 * @param at where its `<` stands
 * @param end after its `>`
 * @param name lower-case
 * @param mode see textOfHtml
 * @param isClosed whether an end tag of that name stands anywhere in the text; asked last, since it reads all of it
 * @returns true where the writer meant the word, since as markup it would do nothing
 */
export function isMention(
  html: string,
  at: number,
  end: number,
  name: string,
  mode: "document" | "phrase",
  isClosed: (name: string) => boolean,
): boolean {
  if (html[at + 1] === "/") return false;
  const inner = html.slice(at + 1 + name.length, end - 1);
  // `<ann@x.example>` and `<https://x.example/>` are addresses.
  if (inner.startsWith("@") || (name.endsWith(":") && inner.startsWith("//"))) return true;
  if (inner.includes("=")) return false;
  const rest = inner.trim();
  if (VOID.has(name)) return rest === "" && !BARE_VOID.has(name);
  if (rest.endsWith("/")) return false;
  return looksSpokenOf(html, at, end, name, rest, mode) && !isClosed(name);
}

/** @param rest what stands in the tag beside its name */
function looksSpokenOf(
  html: string,
  at: number,
  end: number,
  name: string,
  rest: string,
  mode: "document" | "phrase",
): boolean {
  // `a <b and c> d`
  if (rest !== "")
    return rest.split(/\s+/).every((word) => /^\w+$/.test(word) && !FLAGS.has(word.toLowerCase()));
  const before = html[at - 1] ?? " ";
  if (!KNOWN_ELEMENT.has(name)) return !name.includes(":");
  // `List<Object>`
  if (/\w/.test(before) && /^[A-Z][a-z]/.test(html.slice(at + 1, at + 3))) return true;
  if (mode === "document" && STRUCTURE.has(name)) return false;
  return BEFORE.test(before) && AFTER.test(html[end] ?? " ");
}

const TAG =
  /<(\/?)([A-Za-z][A-Za-z0-9]{0,10})((?:\s(?:"[^"]{0,2000}"|'[^']{0,2000}'|[^<>"']){0,2000})?)(\/?)>/g;

/**
 * True where a text that was to be plain, or that was decoded once, is HTML: its tags do something. What speaks of tags is
 * not: `the <p> element`, `between <b> and </b>`.
 */
export function isMarkup(text: string): boolean {
  const { evidence, mentions } = weigh(text);
  return evidence > 0 && evidence >= mentions;
}

/** Names of elements in which HTML is quoted. */
const QUOTES = /<(?:pre|code|kbd|samp|tt|textarea)[\s>]/i;

/**
 * True where HTML holds a whole document that was escaped once more (reddit's posts in a table); a sample of HTML or a word
 * about a tag is no document.
 */
export function holdsDocument(html: string, words: string): boolean {
  if (QUOTES.test(html)) return false;
  const { blocks, mentions } = weigh(words);
  return blocks > 1 && mentions === 0;
}

function weigh(text: string): { evidence: number; blocks: number; mentions: number } {
  if (!text.includes("<") || !text.includes(">")) return { evidence: 0, blocks: 0, mentions: 0 };
  const tags = [...text.matchAll(TAG)]
    .slice(0, 500)
    .filter(([, , name = ""]) => KNOWN_ELEMENT.has(name.toLowerCase()));
  let evidence = 0;
  let mentions = 0;
  let blocks = 0;
  const opened = new Map<string, RegExpExecArray[]>();
  for (const tag of tags) {
    const [whole, slash, written = "", attributes = "", closes] = tag;
    const name = written.toLowerCase();
    const after = text[tag.index + whole.length] ?? " ";
    const before = text[tag.index - 1] ?? " ";
    if (slash === "/") {
      const start = opened.get(name)?.pop();
      if (start === undefined) continue;
      if (!isFilled(text, start, tag)) continue;
      evidence += 1;
      if (BREAKING.has(name)) blocks += 1;
    } else if (VOID.has(name)) {
      const isUsed = attributes.includes("=") || closes === "/" || /\/\s*$/.test(attributes);
      if (isUsed || (BARE_VOID.has(name) && /\S\S/.test(before + after))) evidence += 1;
      else if (!/\S/.test(before + after)) mentions += 1;
    } else {
      const isFirst = tag.index === 0 && /\S/.test(after);
      if (isFirst) evidence += 1;
      opened.set(name, [...(opened.get(name) ?? []), tag]);
    }
  }
  for (const [name, left] of opened) if (!STRUCTURE.has(name)) mentions += left.length;
  return { evidence, blocks, mentions };
}

/** True for a pair that stands close around its words, or around the whole text. */
function isFilled(text: string, start: RegExpExecArray, end: RegExpExecArray): boolean {
  const inner = text.slice(start.index + start[0].length, end.index);
  const isAll = start.index === 0 && end.index + end[0].length === text.length;
  return /^\S/.test(inner) || /\S$/.test(inner) || isAll || (start[3] ?? "").includes("=");
}
