// Feeds: markup that its writer left out of shape, mended where the meaning is plain, before the tokenizer sees it.

/**
 * `<` that begins no tag becomes text (`3 <4`, `a <b and`), a tag gets the `>` that it lacks, and a CDATA section, a comment
 * or a quotation that is never closed does not swallow the rest. What stands in CDATA is left alone. Linear in the text's
 * length.
 */
export function mendMarkup(text: string): string {
  // A declaration that lacks its `?` would be taken to go on; by now it has nothing more to say.
  const source = unopened(
    unopened(text.replace(/^<\?xml\s[^<>]*>?/i, ""), "<?", "?>"),
    "<!--",
    "-->",
  );
  let mended = "";
  let from = 0;
  let end = -1;
  while (from < source.length) {
    const cdata = source.indexOf(CDATA, from);
    mended += mendTags(source.slice(from, cdata < 0 ? source.length : cdata));
    if (cdata < 0) break;
    if (end < cdata) end = indexOrEnd(source, "]]>", cdata);
    const close = endOfUnclosed(source, cdata, end);
    mended += source.slice(cdata, close ?? end);
    if (close !== null) mended += "]]>";
    from = close ?? end;
  }
  return mended;
}

const CDATA = "<![CDATA[";
/** What nobody writes after a `<` but for a tag. */
const FEED_NAMES =
  /^(?:rss|rdf:RDF|feed|channel|item|entry|title|link|guid|pubDate|published|updated|description|summary|content:encoded)$/;

/** An attribute's value in which its tag ends and another begins: nobody closed its quotation. */
const OPEN_QUOTE = /=(["'])(?=([^"'<>]{0,2100}))\2>(?=[^"'<>]{0,2000}<[/A-Za-z!])/g;
/** Where the quotation mark belongs: before what ends the tag. */
const closeQuote = (_open: string, quote: string, value: string): string =>
  `=${quote}${value.replace(/\s{0,100}\/?$/, `${quote}$&`)}>`;

/** A comment or instruction that is never closed would swallow the items after it: its sign goes, unless only words come after. */
function unopened(text: string, open: string, close: string): string {
  const at = text.lastIndexOf(open);
  if (at < 0 || text.includes(close, at + open.length) || !text.includes("</", at)) return text;
  return text.slice(0, at) + text.slice(at + open.length);
}

function indexOrEnd(text: string, sign: string, from: number): number {
  const at = text.indexOf(sign, from);
  return at < 0 ? text.length : at;
}

function mendTags(text: string): string {
  if (!text.includes("<")) return text;
  return text
    .replace(/<(\/?)([\w:.-]{1,60})\s{0,100}(?=<)/g, (tag, slash: string, name: string) =>
      slash === "/" || FEED_NAMES.test(name) ? `<${slash}${name}>` : tag,
    )
    .replace(OPEN_QUOTE, closeQuote)
    .replace(/<(?=[^A-Za-z_:/!?\u0080-\uffff]|[A-Za-z_:][^<>"'=]*<)/g, "&lt;");
}

/**
 * A section that begins another, or never ends, was left open.
 * @param end where its first `]]>` stands, or the text's length
 * @returns where the element around it ends before that; null where the section is as it should be, or past mending
 */
function endOfUnclosed(text: string, start: number, end: number): number | null {
  const inside = text.slice(start + CDATA.length, end);
  if (end < text.length && !inside.includes(CDATA)) return null;
  const before = text.slice(Math.max(0, start - 300), start);
  const around = /^<([^\s<>/!?]+)[^<>]*>/.exec(before.slice(before.lastIndexOf("<")));
  const close = around === null ? -1 : inside.indexOf(`</${around[1]}`);
  return close < 0 ? null : start + CDATA.length + close;
}
