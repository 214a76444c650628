// JSON Feed, as other parsers' suites exercise it, in documents of our own.
import { hold, json } from "./form-rows.ts";

const A = "2001-01-01T00:00:00Z";
const B = "2002-02-02T00:00:00Z";
const published = "2001-01-01T00:00:00.000Z";

hold("JSON Feed", [
  [
    "a whole item",
    json({
      id: "g",
      url: "https://x.example/1",
      title: "One",
      date_published: A,
      date_modified: B,
      content_html: "<p>w</p>",
    }),
    { guid: "g", url: "https://x.example/1", title: "One", published, summary: "w" },
  ],
  [
    "no id but an address",
    json({ url: "https://x.example/1", title: "One" }),
    { guid: null, url: "https://x.example/1" },
  ],
  [
    "an id that is the address",
    json({ id: "https://x.example/1", title: "One" }),
    { guid: "https://x.example/1", url: "https://x.example/1" },
  ],
  ["a fraction as id", json({ id: 1.5, title: "One" }), { guid: "1.5" }],
  ["a relative address", json({ id: "g", url: "/1" }), { url: "https://x.example/1" }],
  ["date_modified alone", json({ id: "g", date_modified: A }), { published }],
  [
    "a date that is no date",
    json({ id: "g", date_published: "soon", date_modified: A }),
    { published },
  ],
  [
    "a date that is a number",
    json({ id: "g", date_published: 1072865695 }),
    { published: "2003-12-31T10:14:55.000Z" },
  ],
  [
    "a title with an entity, which is its text",
    json({ id: "g", title: "Law & order" }),
    { title: "Law & order" },
  ],
  [
    "a title that is null",
    json({ id: "g", title: null, content_text: "words" }),
    { title: "", summary: "words" },
  ],
  ["a title that is a list", json({ id: "g", title: ["x"] }, { id: "h" }), { guid: "g", items: 2 }],
  ["items that are no items", json(null, 7, "x", { id: "g" }), { guid: "g" }],
  [
    "fields that nobody knows",
    json({
      id: "g",
      _x: { title: "Wrong" },
      author: { name: "Wrong" },
      tags: "x",
      attachments: {},
    }),
    { guid: "g", title: "" },
  ],
  ["a byte order mark", `\ufeff${json({ id: "g" })}`, { guid: "g" }],
  [
    "white space around an address",
    json({ id: " g ", url: " https://x.example/1\n" }),
    { guid: "g", url: "https://x.example/1" },
  ],
  ["a script as address", json({ id: "g", url: "javascript:alert(1)" }), { url: null }],
  [
    "a version spelled otherwise",
    JSON.stringify({ version: "https://www.jsonfeed.org/version/1", items: [{ id: "g" }] }),
    { guid: "g" },
  ],
  [
    "no version",
    JSON.stringify({ title: "c", items: [{ id: "g", url: "https://x.example/1" }] }),
    { guid: "g" },
  ],
  [
    "an empty address beside an external one",
    json({ id: "g", url: "", external_url: "https://y.example/" }),
    { url: "https://y.example/" },
  ],
  [
    "a comma too many",
    '{"version":"https://jsonfeed.org/version/1.1","items":[{"id":"g","title":"One",},]}',
    { guid: "g", title: "One" },
  ],
  [
    "a control character in a text",
    '{"version":"https://jsonfeed.org/version/1.1","items":[{"id":"g","title":"One\ttwo"}]}',
    { guid: "g", title: "One two" },
  ],
]);
