// Feeds: the head of an HTTP/1 response, read as browsers read it rather than as the grammar has it.

/** Names in lower case; each with its values in order, as Latin-1 (a byte is a character). */
export type HttpHeaders = ReadonlyMap<string, readonly string[]>;

export interface HttpHead {
  readonly status: number;
  readonly headers: HttpHeaders;
}

/** The blank line after the headers, with or without carriage returns. */
const END = /\n\r{0,2}\n/;
const STATUS = /^(?:HTTP(?:\/\d+(?:\.\d+)?)?|ICY)[ \t]+(\d{3})(?!\d)/i;
const CONTROLS = /[\u0000-\u0008\u000a-\u001f\u007f]/g;

/**
 * @param tail the last three characters read before `text`
 * @returns where in `text` the body begins, or -1
 */
export function endOfHead(tail: string, text: string): number {
  const end = END.exec(tail + text);
  return end === null ? -1 : end.index + end[0].length - tail.length;
}

/**
 * Accepted beyond the grammar, as browsers and curl do: lines that end in a bare LF, a missing reason phrase, versions in any
 * spelling, space around a name, lines without a colon (passed over), folded lines, control characters in values (taken out).
 * Such laxness lets requests be smuggled where a connection carries several messages through several readers. Ours carries one
 * request and ends with its answer, so there is no second message that could be read otherwise.
 * @returns null for what is no HTTP response
 */
export function parseHead(text: string): HttpHead | null {
  const [first = "", ...lines] = text.split(/\r{0,2}\n/);
  const status = STATUS.exec(first.replace(CONTROLS, ""));
  if (status === null) return null;
  const unfolded: string[] = [];
  for (const line of lines) {
    const last = unfolded.at(-1);
    if (/^[ \t]/.test(line) && last !== undefined) unfolded[unfolded.length - 1] = last + line;
    else unfolded.push(line);
  }
  const headers = new Map<string, string[]>();
  for (const line of unfolded) {
    const colon = line.indexOf(":");
    const name = line.slice(0, Math.max(colon, 0)).replace(CONTROLS, "").trim().toLowerCase();
    if (name === "") continue;
    const value = line
      .slice(colon + 1)
      .replace(CONTROLS, "")
      .trim();
    headers.set(name, [...(headers.get(name) ?? []), value]);
  }
  return { status: Number(status[1]), headers };
}

/** The last value of a header, or null. */
export const headerOf = (headers: HttpHeaders, name: string): string | null =>
  headers.get(name)?.at(-1) ?? null;
