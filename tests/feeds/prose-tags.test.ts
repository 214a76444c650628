// Prose about tags keeps its words, whatever the format and however often it was escaped; markup goes.
import { describe, expect, test } from "vitest";
import { isMarkup } from "../../shared/feeds/prose-tags.ts";
import { atom, hold, itemsOf, json, rss } from "./form-rows.ts";

const escaped = (text: string): string =>
  text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
const PROSE = [
  "Use of the <canvas> element in government pages",
  "Why <b> is not <strong>",
  "Never trust a <script> from elsewhere",
  "The <video> and <audio> elements",
  "Between <b> and </b> all is bold",
  "List<String> and Map<Key, Value>",
  "if a < b and c > d",
  "Write to Ann <ann@x.example> or see <https://x.example/>",
  "About <img> without an address",
];

describe.each(PROSE)("%s", (text) => {
  const wanted = { title: text, summary: text };

  test.each([
    [
      "RSS, escaped twice",
      rss(
        `<title>${escaped(escaped(text))}</title><description>${escaped(escaped(text))}</description>`,
      ),
    ],
    [
      "RSS, in CDATA, escaped once",
      rss(
        `<title><![CDATA[${escaped(text)}]]></title><description><![CDATA[${escaped(text)}]]></description>`,
      ),
    ],
    [
      "RSS, among paragraphs",
      rss(
        `<title>${escaped(escaped(text))}</title><description>${escaped(`<p>${escaped(text)}</p>`)}</description>`,
      ),
    ],
    [
      "Atom without a type",
      atom(`<title>${escaped(text)}</title><summary>${escaped(text)}</summary>`),
    ],
    [
      "Atom text",
      atom(
        `<title type="text">${escaped(text)}</title><summary type="text">${escaped(text)}</summary>`,
      ),
    ],
    [
      "Atom HTML",
      atom(
        `<title type="html">${escaped(escaped(text))}</title><summary type="html">${escaped(escaped(text))}</summary>`,
      ),
    ],
    [
      "Atom XHTML",
      atom(
        `<title type="xhtml"><div>${escaped(text)}</div></title><summary type="xhtml"><div><p>${escaped(text)}</p></div></summary>`,
      ),
    ],
    ["JSON Feed", json({ id: "1", title: text, content_text: text })],
    [
      "JSON Feed with HTML",
      json({ id: "1", title: text, content_html: `<p>${escaped(text)}</p>` }),
    ],
  ])("%s keeps every word of it", async (_name, document) => {
    expect((await itemsOf(document))[0]).toMatchObject(wanted);
  });

  test("RSS, escaped once too few, keeps every word in a title", async () => {
    expect((await itemsOf(rss(`<title>${escaped(text)}</title>`)))[0]?.title).toBe(text);
  });
});

const refused = { title: "Statement", summary: "Ministers refuse a backdoor mandate." };
const HTML = "<p><strong>Ministers</strong> refuse a back<em>door</em> mandate.</p>";

hold("HTML where plain text was promised", [
  [
    "in an Atom summary without a type",
    atom(`<title>Statement</title><summary>${escaped(HTML)}</summary>`),
    refused,
  ],
  [
    "in Atom text",
    atom(
      `<title type="text">&lt;b&gt;Statement&lt;/b&gt;</title><summary type="text">${escaped(HTML)}</summary>`,
    ),
    refused,
  ],
  [
    "in Atom content in CDATA",
    atom(`<title>Statement</title><content><![CDATA[${HTML}]]></content>`),
    refused,
  ],
  ["in JSON Feed", json({ id: "1", title: "Statement", content_text: HTML }), refused],
  [
    "escaped twice in RSS",
    rss(`<title>Statement</title><description>${escaped(escaped(HTML))}</description>`),
    refused,
  ],
]);

hold("markup among prose about tags", [
  [
    "with the prose escaped as it should be",
    rss(
      `<description>${escaped("<p>An open &lt;a href='https://x.example/ then words, then '&gt;. Members asked.</p>")}</description><title>t</title>`,
    ),
    { summary: "An open <a href='https://x.example/ then words, then '>. Members asked." },
  ],
  [
    "cut off",
    rss(
      "<title>t</title><description>&lt;div&gt; &lt;p&gt;Members &lt;b&gt;asked for</description>",
    ),
    { summary: "Members asked for" },
  ],
  [
    "of a script",
    rss("<title>t</title><description>&lt;script&gt; alert(1) &lt;/script&gt;Words</description>"),
    { summary: "Words" },
  ],
]);

test("a post in a table, escaped once more than the table, is read without its markup", async () => {
  const post = '<!-- SC_OFF --><div class="md"><p>A vote.</p> </div><!-- SC_ON -->';
  const table = `<table><tr><td>${escaped(post)} submitted by x</td></tr></table>`;

  const [item] = await itemsOf(
    atom(`<title>t</title><content type="html">${escaped(table)}</content>`),
  );

  expect(item?.summary).toBe("A vote. submitted by x");
});

test.each([
  ["one<br>two", true],
  ["one<br />two", true],
  ['see <a href="/x">this</a>', true],
  ["<p>First.<p>Second.", true],
  ["the <p> element", false],
  ["<br> is a tag", false],
  ["a <b c", false],
  ["1 < 2 > 0", false],
])("%s is HTML: %s", (text, expected) => {
  expect(isMarkup(text)).toBe(expected);
});
