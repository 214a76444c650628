// Feeds: numeric references that name no character by themselves.

const HALF = /&#(?:x0*d[89a-f]|0*5[5-7]\d{3};)/i;
const HALVES = /(?:&#(?:x0*d[89a-f][\da-f]{2}|0*5[5-7]\d{3});)+/gi;

/**
 * Two halves of one character, each as a reference of its own (`&#xD83D;&#xDD11;`, as UTF-16 software writes it), are that
 * character; a half alone is nothing, and so is U+0000, which is no character of XML in any spelling.
 */
export function mendReferences(text: string): string {
  if (!text.includes("&#")) return text;
  const bare = /&#x?0/i.test(text) ? text.replace(/&#(?:0+|x0+);/gi, "") : text;
  return HALF.test(bare) ? bare.replace(HALVES, joined) : bare;
}

function joined(run: string): string {
  const text = run.replace(/&#(x?)([\da-f]+);/gi, (whole, hex: string, digits: string) => {
    const code = Number.parseInt(digits, hex === "" ? 10 : 16);
    return code >= 0xd800 && code <= 0xdfff ? String.fromCharCode(code) : whole;
  });
  return withoutHalves(text);
}

/** Without halves of characters whose other half is missing. */
export const withoutHalves = (text: string): string => text.replace(/\p{Surrogate}/gu, "");
