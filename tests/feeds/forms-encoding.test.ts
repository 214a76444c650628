// Encodings of whole documents, as other parsers' suites exercise them, in documents of our own.
import { Buffer } from "node:buffer";
import iconv from "iconv-lite";
import { describe, expect, test } from "vitest";
import { itemsOf } from "./form-rows.ts";

const document = (title: string, declaration: string): string =>
  `${declaration}<rss version="2.0"><channel><title>c</title><item><title>${title}</title><guid>g</guid></item></channel></rss>`;
const declared = (label: string): string => `<?xml version="1.0" encoding="${label}"?>\n`;

/** Text, the encoding of its bytes, what the declaration calls it (null: none is given), what the server calls it. */
type Row = readonly [
  name: string,
  title: string,
  encoding: string,
  declaration: string | null,
  contentType?: string,
];

const FRENCH = "Chiffrement : l’Assemblée supprime la clé dérobée à 100 €";
const LATIN = "Débat à l'Assemblée: où est la clé?";
const RUSSIAN = "Дума приняла закон о шифровании во втором чтении";
const JAPANESE = "暗号化された通信を傍受する法案が参議院で可決";
const CHINESE = "立法院三讀通過加密通訊法案";
const SIMPLE = "人大常委会通过密码法修正案";
const KOREAN = "국회가 암호화 통신 감청 법안을 부결했다";

const ROWS: readonly Row[] = [
  ["UTF-8 declared", FRENCH, "utf8", "utf-8"],
  ["UTF-8 in capitals and quotes of the other kind", FRENCH, "utf8", "UTF8"],
  ["UTF-8 undeclared", FRENCH, "utf8", null],
  ["UTF-8 served as us-ascii", FRENCH, "utf8", "utf-8", "text/xml; charset=us-ascii"],
  ["UTF-8 served as text/xml without a charset", FRENCH, "utf8", "utf-8", "text/xml"],
  ["UTF-8 declared as ISO-8859-1", FRENCH, "utf8", "iso-8859-1"],
  [
    "UTF-8 declared as windows-1251 and served as UTF-8",
    RUSSIAN,
    "utf8",
    "windows-1251",
    "text/xml; charset=utf-8",
  ],
  ["UTF-8 declared as UTF-16", FRENCH, "utf8", "utf-16"],
  ["UTF-8 served as UTF-16", FRENCH, "utf8", null, "text/xml; charset=utf-16le"],
  ["UTF-8 served as KOI8-R", RUSSIAN, "utf8", null, "text/xml; charset=koi8-r"],
  ["UTF-8 declared as ISO-8859-2", "Sejm odrzucił ustawę", "utf8", "iso-8859-2"],
  ["UTF-8 declared as EBCDIC", FRENCH, "utf8", "cp500"],
  ["UTF-8 with an encoding that nobody knows", FRENCH, "utf8", "x-none"],
  ["UTF-8 with an empty encoding", FRENCH, "utf8", ""],
  ["ISO-8859-1 declared", LATIN, "latin1", "ISO-8859-1"],
  ["ISO-8859-1 under a name of its registry", LATIN, "latin1", "ISO_8859-1:1987"],
  ["ISO-8859-1 called latin1", LATIN, "latin1", "latin1"],
  ["ISO-8859-1 called l1", LATIN, "latin1", "l1"],
  ["ISO-8859-1 undeclared", LATIN, "latin1", null],
  ["ISO-8859-1 declared as UTF-8", LATIN, "latin1", "utf-8"],
  [
    "ISO-8859-1 by the server alone",
    LATIN,
    "latin1",
    null,
    "application/rss+xml; charset=ISO-8859-1",
  ],
  ["ISO-8859-15", "Débat à 100 €", "iso-8859-15", "ISO-8859-15"],
  ["ISO-8859-2", "Sejm odrzucił ustawę o szyfrowaniu wiadomości", "iso-8859-2", "ISO-8859-2"],
  ["ISO-8859-5", RUSSIAN, "iso-8859-5", "ISO-8859-5"],
  ["ISO-8859-7", "Η Βουλή απέρριψε το νομοσχέδιο", "iso-8859-7", "ISO-8859-7"],
  ["ISO-8859-9", "Meclis şifreleme yasasını reddetti", "iso-8859-9", "ISO-8859-9"],
  ["windows-1250", "Sejm odrzucił ustawę – „szyfrowanie”", "windows-1250", "windows-1250"],
  ["windows-1251", RUSSIAN, "windows-1251", "windows-1251"],
  ["windows-1251 called cp1251", RUSSIAN, "windows-1251", "cp1251"],
  ["windows-1251 called CP-1251", RUSSIAN, "windows-1251", "CP-1251"],
  [
    "windows-1251 by the server alone",
    RUSSIAN,
    "windows-1251",
    null,
    "text/xml;charset=windows-1251",
  ],
  [
    "windows-1251 by the server against a declaration of UTF-8",
    RUSSIAN,
    "windows-1251",
    "utf-8",
    "text/xml; charset=windows-1251",
  ],
  ["windows-1252", FRENCH, "windows-1252", "windows-1252"],
  ["windows-1252 called ISO-8859-1", FRENCH, "windows-1252", "iso-8859-1"],
  ["windows-1253", "Η Βουλή απέρριψε το νομοσχέδιο", "windows-1253", "windows-1253"],
  ["windows-1254", "Meclis şifreleme yasasını reddetti", "windows-1254", "windows-1254"],
  ["windows-1255", "הכנסת דחתה את הצעת החוק", "windows-1255", "windows-1255"],
  ["windows-1256", "البرلمان يرفض القانون", "windows-1256", "windows-1256"],
  ["windows-1257", "Seimas atmetė šifravimo įstatymą", "windows-1257", "windows-1257"],
  ["TIS-620", "รัฐสภาปฏิเสธร่างกฎหมาย", "tis620", "TIS-620"],
  ["KOI8-R", RUSSIAN, "koi8-r", "KOI8-R"],
  ["KOI8-U", "Рада ухвалила закон про шифрування", "koi8-u", "koi8-u"],
  ["Shift_JIS", JAPANESE, "shift_jis", "Shift_JIS"],
  ["Shift_JIS called x-sjis", JAPANESE, "shift_jis", "x-sjis"],
  ["Shift_JIS called windows-31j", JAPANESE, "shift_jis", "Windows-31J"],
  ["Shift_JIS called SJIS", JAPANESE, "shift_jis", "SJIS"],
  ["Shift_JIS called cp932", JAPANESE, "shift_jis", "cp932"],
  ["EUC-JP", JAPANESE, "euc-jp", "EUC-JP"],
  ["EUC-JP called x-euc-jp", JAPANESE, "euc-jp", "x-euc-jp"],
  ["GB2312", SIMPLE, "gb2312", "gb2312"],
  ["GBK", SIMPLE, "gbk", "GBK"],
  ["GB18030", `${SIMPLE}€`, "gb18030", "gb18030"],
  ["GB2312 called EUC-CN", SIMPLE, "gb2312", "euc-cn"],
  ["GBK called cp936", SIMPLE, "gbk", "cp936"],
  ["Big5", CHINESE, "big5", "Big5"],
  ["Big5-HKSCS", CHINESE, "big5-hkscs", "big5-hkscs"],
  ["Big5 called cp950", CHINESE, "big5", "cp950"],
  ["EUC-KR", KOREAN, "euc-kr", "euc-kr"],
  ["EUC-KR called ks_c_5601-1987", KOREAN, "euc-kr", "ks_c_5601-1987"],
  ["EUC-KR called cp949", KOREAN, "euc-kr", "cp949"],
  ["EUC-KR called x-windows-949", KOREAN, "euc-kr", "x-windows-949"],
  ["Big5 called 950", CHINESE, "big5", "950"],
  ["ISO-2022-JP", "ASCII alone", "latin1", "iso-2022-jp"],
  ["EUC-JP called eucJIS2004", JAPANESE, "euc-jp", "eucJIS2004"],
  ["Mac Roman", LATIN, "macintosh", "macintosh"],
  ["code page 850", LATIN, "cp850", "cp850"],
  ["UTF-16, little end first, declared", FRENCH, "utf16-le", "utf-16"],
  ["UTF-16, big end first, declared", FRENCH, "utf16-be", "utf-16"],
  [
    "UTF-16, little end first, by the server alone",
    FRENCH,
    "utf16-le",
    null,
    "text/xml; charset=utf-16le",
  ],
  ["UTF-16, declared as UTF-8 all the same", FRENCH, "utf16-le", "utf-8"],
  ["UTF-32, big end first", FRENCH, "utf32-be", "utf-32"],
  ["UTF-32, little end first", FRENCH, "utf32-le", "utf-32"],
];

describe("a title keeps its letters", () => {
  for (const [name, title, encoding, declaration, contentType = null] of ROWS)
    test(name, async () => {
      const text = document(title, declaration === null ? "" : declared(declaration));

      const items = await itemsOf(iconv.encode(text, encoding), contentType);

      expect(items).toMatchObject([{ title, guid: "g" }]);
    });

  test.each(["utf8", "utf16-le", "utf16-be", "utf32-le", "utf32-be"])(
    "%s, by its byte order mark against server and declaration",
    async (encoding) => {
      const body = iconv.encode(document(FRENCH, declared("iso-8859-5")), encoding, {
        addBOM: true,
      });

      const items = await itemsOf(body, "text/xml; charset=koi8-r");

      expect(items).toMatchObject([{ title: FRENCH, guid: "g" }]);
    },
  );

  test.each([
    ["white space", "\n\n  "],
    ["a tool's warning", "Notice: Undefined index in /srv/feed.php on line 3\n"],
  ])("%s stands before the declaration of ISO-8859-1", async (_name, before) => {
    const body = iconv.encode(before + document(LATIN, declared("iso-8859-1")), "latin1");

    expect(await itemsOf(body)).toMatchObject([{ title: LATIN }]);
  });

  test.each([
    ["white space", "\n\n  "],
    ["a tool's warning", "Notice: Undefined index in /srv/feed.php on line 3\n"],
  ])("%s stands before the declaration of windows-1251", async (_name, before) => {
    const body = iconv.encode(before + document(RUSSIAN, declared("windows-1251")), "windows-1251");

    expect(await itemsOf(body)).toMatchObject([{ title: RUSSIAN }]);
  });
});

test("a replacement character that its publisher stored is no broken byte", async () => {
  const items = await itemsOf(document("caf\ufffd et th\u00e9", declared("utf-8")));

  expect(items).toMatchObject([{ title: "caf\ufffd et th\u00e9" }]);
});

describe("bytes that are wrong cost themselves alone", () => {
  const cut = (label: string, encoding: string, title: string, bad: readonly number[]): Buffer => {
    const [before = "", after = ""] = document(`${title}|`, declared(label)).split("|");
    return Buffer.concat([
      iconv.encode(before, encoding),
      Buffer.from(bad),
      iconv.encode(after, encoding),
    ]);
  };

  test.each([
    ["UTF-8", "utf-8", "utf8", FRENCH, [0xe2, 0x82]],
    ["UTF-8 with a surrogate in it", "utf-8", "utf8", FRENCH, [0xed, 0xa0, 0x80]],
    ["Shift_JIS", "shift_jis", "shift_jis", JAPANESE, [0xff]],
    ["EUC-KR", "euc-kr", "euc-kr", KOREAN, [0xff]],
    ["GB2312", "gb2312", "gb2312", SIMPLE, [0xff]],
    ["Big5", "big5", "big5", CHINESE, [0xff]],
    ["EUC-JP", "euc-jp", "euc-jp", JAPANESE, [0xff]],
  ] as const)("%s", async (_name, label, encoding, title, bad) => {
    const items = await itemsOf(cut(label, encoding, title, bad));

    expect(items).toMatchObject([{ guid: "g" }]);
    expect(items[0]?.title.startsWith(title)).toBe(true);
  });
});
