// Feeds: an encoding that nobody declared, by what the bytes look like.

/** Encodings that feeds are written in; rarer ones would only win over them by chance. */
const LIKELY =
  "koi8-r koi8-u windows-1250 windows-1251 windows-1252 windows-1253 windows-1254 windows-1255 windows-1256 windows-1257 windows-1258 iso-8859-2 iso-8859-5 iso-8859-7 iso-8859-9 cp866 big5hkscs cp932 cp949 euc-kr euc-jis-2004 gb18030 shift_jis_2004 tis-620 cp874".split(
    " ",
  );
/** More would not make it surer. */
const MOST_BYTES = 1_000;

/** Fewer letters than these say nothing of their language. */
const LEAST_HIGH = 4;
const LATIN = LIKELY.filter((label) => /^(?:windows-125[02478]|iso-8859-[29])$/.test(label));

/**
 * The detector weighs a megabyte of letter frequencies, so it is loaded when a document needs it: hardly ever.
 * @param text the words in question, without the markup around them
 * @returns a label that charsets.ts knows; windows-1252 where there is nothing to go by
 */
export async function detectCharset(text: Uint8Array): Promise<string> {
  const sample = text.subarray(0, MOST_BYTES);
  if (highIn(sample) < LEAST_HIGH) return "windows-1252";
  const { detect } = await import("jschardet");
  // Few accents among plain letters are Latin, whatever a detector would make of them.
  const likely = shareOfHigh(sample) < 0.35 ? LATIN : LIKELY;
  return detect(sample, { detectEncodings: likely }).encoding?.toLowerCase() ?? "windows-1252";
}

const isLetter = (byte: number): boolean => (byte | 0x20) > 0x60 && (byte | 0x20) < 0x7b;
const highIn = (bytes: Uint8Array): number => bytes.reduce((sum, byte) => sum + (byte >> 7), 0);

/** How many of the letters are none of ASCII's, from 0 to 1; 0 where they are fewer than `least`. */
export function shareOfHigh(bytes: Uint8Array, least = LEAST_HIGH): number {
  const high = highIn(bytes);
  const plain = bytes.reduce((sum, byte) => sum + (isLetter(byte) ? 1 : 0), 0);
  return high < least ? 0 : high / (high + plain);
}
