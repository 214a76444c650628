// Documents that do not say, or not truly, what their letters are: one encoding unnamed, or two in one document.
import { Buffer } from "node:buffer";
import iconv from "iconv-lite";
import { describe, expect, test } from "vitest";
import { decodeText } from "../../shared/feeds/decode-text.ts";
import { itemsOf } from "./form-rows.ts";

type Part = readonly [text: string, charset: string];

const encode = (...parts: readonly Part[]): Uint8Array =>
  Buffer.concat(parts.map(([text, charset]) => iconv.encode(text, charset)));
const document = (charset: string, ...titles: readonly string[]): Uint8Array =>
  mixed(null, ...titles.map((title): Part => [title, charset]));
function mixed(declared: string | null, ...titles: readonly Part[]): Uint8Array {
  const encoding = declared === null ? "" : ` encoding="${declared}"`;
  return encode(
    [`<?xml version="1.0"${encoding}?><rss version="2.0"><channel><title>c</title>`, "latin1"],
    ...titles.flatMap(([title, charset]): Part[] => [
      ["<item><title>", "latin1"],
      [title, charset],
      ["</title></item>", "latin1"],
    ]),
    ["</channel></rss>", "latin1"],
  );
}

const RUSSIAN = "Дума отклонила законопроект о ключах шифрования";
const JAPANESE = "国会は暗号化されたメッセージへのアクセス法案を否決した";
const FRENCH = "Le Sénat rejette l’accès aux messages chiffrés";

const UNDECLARED: readonly (readonly [charset: string, title: string])[] = [
  ["koi8-r", RUSSIAN],
  ["koi8-r", "Всё о слежке: ещё один закон"],
  ["windows-1251", RUSSIAN],
  ["windows-1251", "Верховна Рада відхилила законопроєкт про їхні повідомлення"],
  ["iso-8859-5", RUSSIAN],
  ["cp866", RUSSIAN],
  ["shift_jis", JAPANESE],
  ["euc-jp", JAPANESE],
  ["gb18030", "立法会否决加密通讯后门法案"],
  ["big5", "立法院否決加密通訊後門法案"],
  ["euc-kr", "국회가 암호화 메시지 접근 법안을 부결했다"],
  ["windows-1250", "Sejm odrzucił ustawę o dostępie do zaszyfrowanych wiadomości"],
  ["iso-8859-2", "Poslanecká sněmovna zamítla zákon o přístupu k šifrovaným zprávám"],
  ["windows-1253", "Η Βουλή απέρριψε το νομοσχέδιο για την πρόσβαση"],
  ["windows-1254", "Meclis şifreli mesajlara erişim yasasını reddetti"],
  ["windows-1255", "הכנסת דחתה את הצעת החוק לגישה להודעות מוצפנות"],
  ["windows-1256", "رفض البرلمان مشروع قانون الوصول إلى الرسائل المشفرة"],
  ["windows-1257", "Seimas atmetė įstatymą dėl prieigos prie šifruotų žinučių"],
  ["windows-1252", FRENCH],
  ["windows-1252", "Der Bundestag lehnt „Chatkontrolle“ für verschlüsselte Nachrichten ab"],
];

describe("a document that declares no encoding", () => {
  test.each(UNDECLARED)("%s is read in its own letters: %s", async (charset, title) => {
    const [item] = await itemsOf(document(charset, title));

    expect(item?.title).toBe(title);
  });

  test("ISO-2022-JP, which looks like ASCII, is read as Japanese", async () => {
    const body = Buffer.concat([
      Buffer.from("<rss><channel><item><title>"),
      Buffer.from([0x1b, 0x24, 0x42, 0x46, 0x7c, 0x4b, 0x5c, 0x1b, 0x28, 0x42]),
      Buffer.from("</title></item></channel></rss>"),
    ]);

    expect((await itemsOf(body))[0]?.title).toBe("日本");
  });
});

describe("a document whose declaration is wrong", () => {
  test.each([
    ["windows-1251", "iso-8859-1", RUSSIAN],
    ["koi8-r", "utf-8", RUSSIAN],
    ["shift_jis", "utf-8", JAPANESE],
    ["windows-1250", "iso-8859-2", "Rząd wycofał projekt – śledztwo trwa"],
  ])("%s called %s is read in its own letters", async (charset, declared, title) => {
    const [item] = await itemsOf(mixed(declared, [title, charset]));

    expect(item?.title).toBe(title);
  });
});

const TWO: readonly (readonly [name: string, declared: string | null, parts: readonly Part[]])[] = [
  [
    "Latin-1 around UTF-8",
    "iso-8859-1",
    [
      ["Eksempel søg", "latin1"],
      ["i København", "utf8"],
    ],
  ],
  [
    "UTF-8 around windows-1252",
    "utf-8",
    [
      [FRENCH, "utf8"],
      [FRENCH, "windows-1252"],
    ],
  ],
  [
    "UTF-8 around windows-1251",
    "utf-8",
    [
      [FRENCH, "utf8"],
      [RUSSIAN, "windows-1251"],
    ],
  ],
  [
    "UTF-8 around KOI8-R, undeclared",
    null,
    [
      [RUSSIAN, "utf8"],
      [RUSSIAN, "koi8-r"],
    ],
  ],
  [
    "windows-1251 around UTF-8",
    "windows-1251",
    [
      [RUSSIAN, "windows-1251"],
      [RUSSIAN, "utf8"],
    ],
  ],
  [
    "KOI8-R around UTF-8",
    "koi8-r",
    [
      ["Всё о слежке", "koi8-r"],
      [RUSSIAN, "utf8"],
    ],
  ],
  [
    "GBK around UTF-8",
    "gbk",
    [
      ["立法会否决加密通讯后门法案", "gbk"],
      ["隐私组织发表声明", "utf8"],
    ],
  ],
  [
    "Shift_JIS around UTF-8",
    "shift_jis",
    [
      [JAPANESE, "shift_jis"],
      [JAPANESE, "utf8"],
    ],
  ],
];

describe("two encodings in one document", () => {
  test.each(TWO)("%s: each title is read as what it is", async (_name, declared, parts) => {
    const items = await itemsOf(mixed(declared, ...parts));

    expect(items.map(({ title }) => title)).toEqual(parts.map(([text]) => text));
  });

  test.each([
    ["windows-1252", "« PÅ» … – «LIBERTÉ»…"],
    ["windows-1252", "Spaß“ – É… – Ä“ – Ó”"],
    ["koi8-r", "ещё всё моё твоё"],
    ["windows-1251", "«РОССИЯ» — Ђорђе, Њ"],
  ])("%s whose letters look like UTF-8 by chance is left alone: %s", async (charset, title) => {
    const [item] = await itemsOf(mixed(charset, [title, charset]));

    expect(item?.title).toBe(title);
  });

  test("both in one sentence are told apart letter by letter", async () => {
    const body = encode(
      ["<a>l’accès ", "utf8"],
      ["l’été à Orléans", "windows-1252"],
      [" déjà là, après, très", "utf8"],
    );

    expect(await decodeText(body, null)).toBe("<a>l’accès l’été à Orléans déjà là, après, très");
  });

  test("the halves of a character above U+FFFF, each in UTF-8 of its own, are one character", async () => {
    const halves = Buffer.from([0xed, 0xa0, 0xbd, 0xed, 0xb4, 0x91]);

    expect(await decodeText(Buffer.concat([Buffer.from("<a>Key "), halves]), null)).toBe(
      "<a>Key 🔑",
    );
  });
});

describe("punctuation of windows-1252 under another label", () => {
  test.each([
    [
      "as control characters in UTF-8",
      encode(["<a>l\u0092accès : \u0093oui\u0094 \u0085", "utf8"]),
    ],
    [
      "under ISO-8859-1",
      encode([`<?xml version="1.0" encoding="ISO-8859-1"?><a>l’accès : “oui” …`, "windows-1252"]),
    ],
    [
      "under ISO-8859-15",
      encode([`<?xml version="1.0" encoding="ISO-8859-15"?><a>l’accès : “oui” …`, "windows-1252"]),
    ],
  ])("%s keeps its signs", async (_name, body) => {
    expect((await decodeText(body, null)).endsWith("<a>l’accès : “oui” …")).toBe(true);
  });
});
