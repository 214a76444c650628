// Archive, forms: rows as CSV (RFC 4180) that a spreadsheet opens without running anything.

/**
 * What a spreadsheet program takes for the beginning of a formula, wide spellings included, whatever blanks stand before it; and
 * the control characters that some of them pass over.
 */
const RUNS = /^'*(?:[\t\r\n]|[\s\p{Cf}]*[=+\-@＝＋－＠])/u;

/**
 * A text as a cell's content: an apostrophe before what would run, as spreadsheets themselves write a text. Whoever takes one
 * apostrophe off a cell that begins so has the text again: one that begins so of itself is given another.
 */
export function safeText(text: string): string {
  // NUL ends a cell, or the file, in many programs; a lone surrogate has no spelling in UTF-8.
  const written = text.replaceAll("\0", "").replace(/\p{Surrogate}/gu, "\ufffd");
  return RUNS.test(written) ? `'${written}` : written;
}

const cell = (text: string): string => {
  const safe = safeText(text);
  return /[",\r\n]|^\s|\s$/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
};

/** One record, its line end too. */
export const csvLine = (cells: readonly (string | number | boolean | null)[]): string =>
  `${cells.map((value) => (value === null ? "" : cell(String(value)))).join(",")}\r\n`;
