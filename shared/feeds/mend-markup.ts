// Feeds: markup that its writer left out of shape, mended where the meaning is plain, before the tokenizer sees it.

/**
 * `<` that begins no tag becomes text (`3 <4`, `a <b and`), an end tag gets the `>` that it lacks, and a CDATA section that
 * is never closed ends with its element. What stands in CDATA is left alone. Linear in the text's length.
 */
export function mendMarkup(text: string): string {
  // A declaration that lacks its `?` would be taken to go on; by now it has nothing more to say.
  const source = text.replace(/^<\?xml\s[^<>]*>/i, "");
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

function indexOrEnd(text: string, sign: string, from: number): number {
  const at = text.indexOf(sign, from);
  return at < 0 ? text.length : at;
}

function mendTags(text: string): string {
  if (!text.includes("<")) return text;
  return text
    .replace(/<\/([\w:.-]{1,60})\s{0,100}(?=<)/g, "</$1>")
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
