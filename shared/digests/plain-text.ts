// Feed text on its way into a mail: one line of visible characters, and only links that are links.

/** Controls, bidirectional overrides and marks, zero-width signs, soft hyphens, byte order marks, tag characters, lone surrogates. */
const INVISIBLE =
  /[\u0000-\u0008\u000e-\u001f\u007f-\u009f\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\u{e0000}-\u{e007f}]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/gu;

/** Letters that run from right to left. */
const RIGHT_TO_LEFT =
  /[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\u{10800}-\u{10fff}\u{1e800}-\u{1efff}]/u;

/**
 * One line without what the eye cannot see, cut at a word near `most` characters with an ellipsis. One that runs from right
 * to left is isolated, so that our words beside it stay where they are (UAX #9).
 */
export function oneLine(text: string, most: number): string {
  const line = visibleLine(text, most);
  return RIGHT_TO_LEFT.test(line) ? `\u2068${line}\u2069` : line;
}

function visibleLine(text: string, most: number): string {
  // Cut before cleaning, so that a megabyte of title costs nothing.
  const line = text
    .slice(0, most * 4)
    .replace(INVISIBLE, "")
    .replace(/\s+/g, " ")
    .trim();
  if (line.length <= most) return line;
  const cut = line.slice(0, most - 1);
  const word = cut.lastIndexOf(" ");
  return `${(word > most * 0.6 ? cut.slice(0, word) : cut).replace(/[\ud800-\udbff]$/, "")}…`;
}

/** @returns the address exactly as the item has it where it is a plain web address, else null */
export function webLink(url: string | null): string | null {
  if (url === null || url.length > 2000 || /[\s<>"\\^`{|}\u0000-\u0020\u007f-\uffff]/.test(url))
    return null;
  try {
    const { protocol, username, password } = new URL(url);
    const plain = protocol === "https:" || protocol === "http:";
    return plain && username === "" && password === "" ? url : null;
  } catch {
    return null;
  }
}

/**
 * Lines of at most `width` characters where words allow it; links are never broken.
 * @param first what the first line begins with, where that is not `indent`
 */
export function wrap(text: string, width: number, indent = "", first = indent): string {
  const lines: string[] = [];
  let line = "";
  for (const word of text.split(" ")) {
    if (line !== "" && line.length + 1 + word.length > width - indent.length) {
      lines.push(indent + line);
      line = word;
    } else line = line === "" ? word : `${line} ${word}`;
  }
  lines.push(indent + line);
  return first + lines.join("\n").slice(indent.length);
}
