// Archive, forms: a row as one line of JSON Lines.

/** Characters that JSON lets stand and some readers take for the end of a line. */
const LINE_ENDS = /[\u0085\u2028\u2029]/g;

/** @returns one line, its end too; no character in it ends a line before that */
export const jsonLine = (row: unknown): string =>
  `${JSON.stringify(row).replace(
    LINE_ENDS,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`,
  )}\n`;
