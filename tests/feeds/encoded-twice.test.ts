// Words that a publisher's tool read in the wrong encoding and wrote down so.
import { Buffer } from "node:buffer";
import iconv from "iconv-lite";
import { expect, test } from "vitest";
import { mendWords } from "../../shared/feeds/mend-words.ts";
import { hold, json, rss } from "./form-rows.ts";

const asLatin = (text: string): string => Buffer.from(text).toString("latin1");
const asWindows = (text: string): string => iconv.decode(Buffer.from(text), "windows-1252");

const WORDS = [
  "Le Sénat rejette l’accès aux messages chiffrés",
  "Déjà là – «où?»",
  "SÉNAT : ÉLÉVATION",
  "Größere Überwachung für „Straßen“…",
  "Zażółć gęślą jaźń",
  "Κυβέρνηση και ψήφος",
  "Дума отклонила закон",
  "国会は暗号化を否決",
  "Key 🔑 handed over",
];

test.each(WORDS)("%s comes back from Latin-1, once and twice", (text) => {
  expect(mendWords(asLatin(text))).toBe(text);
  expect(mendWords(asLatin(asLatin(text)))).toBe(text);
});

test.each(["Le Sénat rejette l’accès", "Größere Straßen", "Zażółć"])(
  "%s comes back from windows-1252",
  (text) => {
    expect(mendWords(asWindows(text))).toBe(text);
  },
);

test("Russian comes back from windows-1251", () => {
  const text = "Госдума отклонила закон о ключах";
  expect(mendWords(iconv.decode(Buffer.from(text), "windows-1251"))).toBe(text);
});

test.each([
  ...WORDS,
  "Spaß“ und „Straße“",
  "LIBERTÉ… et CAFÉ’S",
  "« À l’été » – É…",
  "NAÇÃO ALEMÃ…",
  "PÅ” og SÅ…",
  "ESPAÑA, Ñ…",
  "Ó” – Ð–",
  "Рассказ о СССР и РФ: «Россия»",
  "Â, Ã and Ä are letters",
])("%s, which was never harmed, stays as it is", (text) => {
  expect(mendWords(text)).toBe(text);
});

hold("a title encoded twice", [
  ["in RSS", rss(`<title>${asLatin("l’accès")}</title>`), { title: "l’accès" }],
  [
    "as references escaped twice",
    rss("<title>acc&amp;Atilde;&amp;uml;s</title>"),
    { title: "accès" },
  ],
  [
    "as entities escaped three times",
    rss("<description>&amp;amp;eacute;t&amp;amp;eacute;</description><title>t</title>"),
    { summary: "été" },
  ],
  [
    "whose hard space is lost",
    rss(`<title>${asLatin("l’accès à la clé – « où ? »")}</title>`),
    { title: "l’accès à la clé – « où ? »" },
  ],
  ["in JSON Feed", json({ id: "1", title: asWindows("l’accès") }), { title: "l’accès" }],
]);
