import { expect, test } from "vitest";
import { decodeText } from "../../shared/feeds/decode-text.ts";

const latin1 = (text: string): Uint8Array => Uint8Array.from(text, (sign) => sign.charCodeAt(0));
const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text);
const wide = (text: string, bytes: 2 | 4, little: boolean, bom = false): Uint8Array => {
  const codes = [...(bom ? "\ufeff" : ""), ...text].map((sign) => sign.codePointAt(0) ?? 0);
  const view = new DataView(new ArrayBuffer(codes.length * bytes));
  for (const [index, code] of codes.entries())
    if (bytes === 2) view.setUint16(index * 2, code, little);
    else view.setUint32(index * 4, code, little);
  return new Uint8Array(view.buffer);
};
const declared = (label: string): string => `<?xml version="1.0" encoding="${label}"?><a>`;

const ROWS: readonly (readonly [
  name: string,
  body: Uint8Array,
  type: string | null,
  end: string,
])[] = [
  ["UTF-8, undeclared", utf8("<a>é€"), null, "é€"],
  ["windows-1252, undeclared", latin1("<a>\xe9\x80"), null, "é€"],
  ["a BOM over every claim", utf8("\ufeff<a>é"), "text/xml; charset=windows-1251", "é"],
  [
    "the header over the declaration",
    latin1(`${declared("koi8-r")}\xcf`),
    "text/xml; charset=windows-1251",
    "П",
  ],
  ["a quoted charset in the header", latin1("<a>\xcf"), 'text/xml; charset="windows-1251"', "П"],
  [
    "the declaration where the header is silent",
    latin1(`${declared("KOI8-R")}\xf0`),
    "text/xml",
    "П",
  ],
  ["ISO-8859-1 declared", latin1(`${declared("ISO-8859-1")}\xe9`), null, "é"],
  ["ISO-8859-1 declared, windows-1252 meant", latin1(`${declared("iso-8859-1")}\x93`), null, "“"],
  ["ISO-8859-2", latin1(`${declared("ISO-8859-2")}\xb3`), null, "ł"],
  ["Shift_JIS", latin1(`${declared("Shift_JIS")}\x93\xfa`), null, "日"],
  ["EUC-JP", latin1(`${declared("euc-jp")}\xc6\xfc`), null, "日"],
  ["GB2312", latin1(`${declared("gb2312")}\xc8\xd5`), null, "日"],
  ["Big5", latin1(`${declared("big5")}\xa4\xe9`), null, "日"],
  ["EUC-KR", latin1(`${declared("euc-kr")}\xc7\xd1`), null, "한"],
  ["code page 437", latin1(`${declared("cp437")}\x80`), null, "Ç"],
  ["code page 866", latin1(`${declared("ibm866")}\x80`), null, "А"],
  ["Mac Roman", latin1(`${declared("macintosh")}\x8e`), null, "é"],
  [
    "EBCDIC",
    Uint8Array.from([
      0x4c, 0x6f, 0xa7, 0x94, 0x93, 0x40, 0x85, 0x95, 0x83, 0x96, 0x84, 0x89, 0x95, 0x87, 0x7e,
      0x7f, 0x83, 0x97, 0xf5, 0xf0, 0xf0, 0x7f, 0x6f, 0x6e, 0x51,
    ]),
    null,
    "é",
  ],
  ["Mac Latin 2", latin1(`${declared("mac_latin2")}\x8e`), null, "é"],
  ["UTF-16 little, by BOM", wide("<a>é", 2, true, true), null, "é"],
  ["UTF-16 big, by BOM, mislabelled", wide("<a>é", 2, false, true), "text/xml; charset=utf-8", "é"],
  ["UTF-16 little, without BOM", wide(`${declared("utf-16")}é`, 2, true), null, "é"],
  ["UTF-16 big, without BOM", wide(`${declared("iso-10646-ucs-2")}é`, 2, false), null, "é"],
  ["UTF-32 big, by BOM", wide("<a>é😀", 4, false, true), null, "é😀"],
  ["UTF-32 little, without BOM", wide(`${declared("ucs-4")}é`, 4, true), null, "é"],
  ["UTF-16 declared over bytes that are none", utf8(`${declared("utf-16")}é`), null, "é"],
  ["base64 as a charset", utf8("<a>é"), "text/xml; charset=base64", "é"],
  ["a charset nobody knows", utf8(`${declared("x-linguist")}é`), "text/xml; charset=bogus", "é"],
  [
    "windows-1252 called UTF-8",
    latin1(`${declared("utf-8")}\xe9t\xe9 \x93`),
    "text/xml; charset=utf-8",
    "été “",
  ],
  [
    "UTF-8 called ISO-8859-1",
    utf8(`${declared("iso-8859-1")}été`),
    "text/xml; charset=iso-8859-1",
    "été",
  ],
];

test.each(ROWS)("%s comes out as its letters", async (_name, body, type, end) => {
  const text = await decodeText(body, type);

  expect(text.endsWith(end)).toBe(true);
  expect(text).not.toContain("\ufffd");
});

test("one broken byte does not turn a whole UTF-8 document into mojibake", async () => {
  const body = Uint8Array.from([...utf8("été à la Chambre, dès août"), 0xff, ...utf8(" déjà")]);

  expect(await decodeText(body, null)).toBe("été à la Chambre, dès août\ufffd déjà");
});
