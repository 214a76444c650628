import { parseFeed } from "@rowanmanning/feed-parser";
import { Parser } from "htmlparser2";
import { SaxesParser } from "saxes";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { parseFeedDocument } from "../../shared/feeds/parse-feed.ts";
import { HOSTILE, openHostile, ROOT } from "./hostile.ts";
import { BACK_ID, FR_BILL, FR_EVENT, openArchive, type SeededArchive } from "./seed.ts";

const FORMS = ["rss", "atom", "json"] as const;
type Form = (typeof FORMS)[number];
let hostile: Awaited<ReturnType<typeof openHostile>>;
let seeded: SeededArchive;
let publicUrl = ROOT;

beforeAll(async () => {
  hostile = await openHostile();
  seeded = await openArchive({ publicUrl: () => publicUrl });
});
afterAll(async () => {
  hostile.close();
  await seeded.close();
});

const get = async (path: string) => seeded.app.request(`https://other.example/keys${path}`);
const textOf = async (path: string) => (await get(path)).text();

/** Titles and contents of entries, to the letter. Throws where the document is not well formed (XML 1.0, with namespaces). */
function strictly(xml: string): { titles: string[]; contents: string[] } {
  const parser = new SaxesParser({ xmlns: true });
  const titles: string[] = [];
  const contents: string[] = [];
  const open: string[] = [];
  let text = "";
  const add = (more: string) => {
    text += more;
  };
  parser.on("error", (cause) => {
    throw cause;
  });
  parser.on("opentag", ({ name }) => {
    open.push(name);
    text = "";
  });
  parser.on("text", add);
  parser.on("cdata", add);
  parser.on("closetag", ({ name }) => {
    open.pop();
    if (!/^(?:item|entry)$/.test(open.at(-1) ?? "")) return;
    if (name === "title") titles.push(text);
    if (name === "description" || name === "content") contents.push(text);
  });
  parser.write(xml).close();
  return { titles, contents };
}

/** The same of JSON Feed, where JSON itself is strict. */
function toTheLetter(form: Form, text: string) {
  if (form !== "json") return strictly(text);
  const { items } = JSON.parse(text) as { items: Record<string, string>[] };
  return {
    titles: items.map(({ title = "" }) => title),
    contents: items.map(({ content_html = "" }) => content_html),
  };
}

/** What every form can spell of a text: ends of lines are one character in XML, blanks at its ends nothing. */
const speltTitle = (text: string): string =>
  text
    .replace(/\p{Surrogate}/gu, "\ufffd")
    .replace(/[\0\u000b\ufffe\uffff]/g, "")
    .replace(/\r\n?/g, "\n")
    .trim();

async function readByOurs(text: string, url = "") {
  const outcome = await parseFeedDocument(new TextEncoder().encode(text), null, url);
  if (outcome.kind !== "parsed") throw new Error(JSON.stringify(outcome));
  return outcome.feed.items;
}

/** Another reader's eyes; of JSON Feed, what its version 1.1 says. */
function readByOther(form: Form, text: string) {
  if (form !== "json") {
    const { title, url, self, items } = parseFeed(text);
    const entries = items.map((item) => ({
      id: item.id,
      title: item.title,
      url: item.url,
      html: (form === "rss" ? item.description : item.content) ?? "",
    }));
    return { title, url, self, entries };
  }
  const feed = JSON.parse(text);
  expect(feed.version).toBe("https://jsonfeed.org/version/1.1");
  const entries = feed.items.map((item: Record<string, string>) => ({
    id: item["id"],
    title: item["title"],
    url: item["url"],
    html: item["content_html"],
  }));
  return { title: feed.title, url: feed.home_page_url, self: feed.feed_url, entries };
}

/** Every hostile entry of the archive, page by page, as one form gives them. */
async function pagesOf(form: Form): Promise<string[]> {
  const pages: string[] = [];
  let path: string | undefined = `${ROOT}/feed.${form}?limit=100`;
  while (path !== undefined) {
    const text: string = await (await hostile.app().request(path)).text();
    pages.push(text);
    const next: RegExpExecArray | null =
      form === "json"
        ? /"next_url":"([^"]+)"/.exec(text)
        : (/<(?:atom:)?link (?=[^>]*rel="next")[^>]*href="([^"]+)"/.exec(text) ?? null);
    path = next?.[1]?.replaceAll("&amp;", "&");
  }
  return pages;
}

describe.each(FORMS)("a feed of hostile texts as %s", (form) => {
  it("is well formed and holds every item once, to our own reader and to another", async () => {
    const pages = await pagesOf(form);
    const ours = (await Promise.all(pages.map((page) => readByOurs(page)))).flat();
    const others = pages.flatMap((page) => readByOther(form, page).entries);

    expect(ours).toHaveLength(HOSTILE.length);
    expect(others).toHaveLength(HOSTILE.length);
    expect(new Set(ours.map(({ guid }) => guid)).size).toBe(HOSTILE.length);
    expect(others.map(({ id }) => id)).toEqual(ours.map(({ guid }) => guid));
  });

  it("gives text as text: titles to the letter, and no tag of an item's own in an entry", async () => {
    const tags = new Set<string>();
    const read = (await pagesOf(form)).map((page) => toTheLetter(form, page));
    const titles = read.flatMap((page) => page.titles).reverse();
    for (const [n, text] of HOSTILE.entries()) {
      const isSeen = /[^\s\p{C}]/u.test(speltTitle(text));
      const title = isSeen ? speltTitle(text) : "(untitled)";
      expect(titles[n]?.replace(/\r\n?/g, "\n").trim()).toBe(title);
    }
    for (const { contents } of read)
      for (const html of contents) {
        const parser = new Parser({ onopentag: (name) => void tags.add(name) });
        parser.end(html);
      }

    expect([...tags].sort()).toEqual(["a", "bdi", "blockquote", "mark", "p"]);
  });

  it("spells nothing that a strict reader of UTF-8 or of JSON refuses", async () => {
    for (const page of await pagesOf(form)) {
      expect(page).not.toMatch(/\p{Surrogate}/u);
      expect(page).not.toMatch(/\\u(?:d[89a-f]|000b|fff[ef])/i);
    }
  });
});

describe.each(FORMS)("a query as %s", (form) => {
  it("has a stable id per item, the words that made it, and links of PUBLIC_URL, never of the host", async () => {
    const text = await textOf(`/feed.${form}?jurisdiction=FR&theme=french-politics`);
    const feed = readByOther(form, text);
    const [entry] = feed.entries;

    expect(feed.url).toBe(`${ROOT}/items?jurisdiction=FR&theme=french-politics`);
    expect(feed.self).toBe(`${ROOT}/feed.${form}?jurisdiction=FR&theme=french-politics`);
    expect(feed.title).toBe("backdoor-watch: France · French politics");
    expect(feed.entries).toHaveLength(1);
    expect(entry).toMatchObject({
      id: `urn:backdoor-watch:item:${BACK_ID}`,
      url: `https://example.org/${BACK_ID}`,
    });
    expect(entry?.html).toContain("<mark>clause d’accès</mark>");
    expect(entry?.html).toContain(`<a href="${ROOT}/items/${BACK_ID}">`);
    expect(entry?.html).toContain(`<a href="${ROOT}/dossiers/${FR_BILL.id}">`);
    expect(text).not.toContain("other.example");
  });

  it("keeps its ids where the archive moves", async () => {
    const ids = async () =>
      readByOther(form, await textOf(`/feed.${form}`)).entries.map(({ id }: { id: string }) => id);
    const here = await ids();
    publicUrl = "https://elsewhere.example/keys";
    const there = await ids();
    publicUrl = ROOT;

    expect(there).toEqual(here);
    expect(here.length).toBeGreaterThan(3);
  });

  it("is read back by our own reader with its dates and addresses; a link that leads nowhere is our page", async () => {
    const items = JSON.parse(await textOf("/api/items")).items;
    const read = await readByOurs(await textOf(`/feed.${form}`));

    expect(read.map(({ published }) => published)).toEqual(
      items.map((item: { published: string }) => item.published),
    );
    expect(read.map(({ url }) => url)).toEqual(
      items.map(({ url, id }: { url: string; id: string }) =>
        url?.startsWith("https:") ? url : `${ROOT}/items/${id}`,
      ),
    );
  });

  it("refuses what the API refuses, naming it, and may be read by other sites' pages", async () => {
    for (const query of ["colour=red", "theme=x", "limit=0", "cursor=abc"]) {
      const answer = await get(`/feed.${form}?${query}`);
      expect(await answer.json()).toMatchObject({ status: 400, parameter: query.split("=")[0] });
      expect(answer.headers.get("access-control-allow-origin")).toBe("*");
    }
  });

  it("is sent once: who has it is told so, and HEAD tells of it", async () => {
    const url = `https://other.example/keys/feed.${form}`;
    const first = await seeded.app.request(url);
    const tag = first.headers.get("etag") ?? "none";
    const again = await seeded.app.request(url, { headers: { "if-none-match": tag } });
    const head = await seeded.app.request(url, { method: "HEAD" });

    expect(first.headers.get("content-type")).toMatch(
      {
        rss: /^application\/rss\+xml/,
        atom: /^application\/atom\+xml/,
        json: /^application\/feed\+json/,
      }[form],
    );
    expect([again.status, head.status, head.headers.get("etag")]).toEqual([304, 200, tag]);
  });

  it("tells of what came back, of one dossier too, and says what is not confirmed", async () => {
    const all = readByOther(form, await textOf(`/events.${form}`));
    const one = readByOther(form, await textOf(`/events.${form}?dossier=${FR_BILL.id}`));

    expect(all.url).toBe(`${ROOT}/`);
    expect(one.url).toBe(`${ROOT}/dossiers/${FR_BILL.id}`);
    expect(all.entries.map(({ title }: { title: string }) => title)).toEqual([
      "France: access clause for messengers: back from rejected after 208 quiet days",
      "Sweden: stored keys: possibly back from withdrawn after 496 quiet days",
    ]);
    expect(one.entries).toHaveLength(1);
    expect(one.entries[0]).toMatchObject({
      id: `urn:backdoor-watch:event:${FR_EVENT.id}`,
      url: `${ROOT}/events/${FR_EVENT.id}`,
    });
    expect(one.entries[0]?.html).toContain("<mark>clause d’accès</mark>");
  });

  it("is a feed even where nothing is found", async () => {
    const text = await textOf(`/feed.${form}?jurisdiction=DE`);
    if (form !== "json") strictly(text);

    expect(readByOther(form, text).entries).toEqual([]);
    expect(await readByOurs(text)).toEqual([]);
  });
});

describe("each page offers its other forms, to programs and to people", () => {
  async function offersOf(path: string) {
    const head: string[] = [];
    const line: string[] = [];
    const parser = new Parser({
      onopentag(name, { rel, href = "", type }) {
        if (name === "link" && rel === "alternate") head.push(href);
        if (name === "a" && type !== undefined) line.push(href);
      },
    });
    parser.end(await textOf(path));
    return { head, line };
  }

  it.each([
    [
      "/items?theme=french-politics&q=clause&cursor=&limit=5",
      "/feed",
      "?theme=french-politics&q=clause",
    ],
    ["/", "/events", ""],
    [`/dossiers/${FR_BILL.id}`, "/feed", `?dossier=${FR_BILL.id}`],
    [`/dossiers/${FR_BILL.id}`, "/events", `?dossier=${FR_BILL.id}`],
    [`/events/${FR_EVENT.id}`, "/events", `?dossier=${FR_BILL.id}`],
  ])("%s: %s", async (path, feed, query) => {
    const { head, line } = await offersOf(path);
    const api = feed === "/feed" ? "/api/items" : "/api/events";

    for (const form of [...FORMS.map((end) => `${feed}.${end}`), api, `${api}.csv`]) {
      expect(head).toContain(`/keys${form}${query}`);
      expect(line).toContain(`/keys${form}${query}`);
      expect((await get(`${form}${query}`)).status).toBe(200);
    }
  });

  it.each([
    ["en", "The same as", "Its comebacks as"],
    ["fr", "La même chose en", "Ses retours en"],
    ["de", "Dasselbe als", "Seine Rückkehr als"],
  ])("in the reader's language: %s", async (language, ...words) => {
    const answer = await seeded.app.request(`${ROOT}/dossiers/${FR_BILL.id}`, {
      headers: { "accept-language": language },
    });
    const page = await answer.text();

    for (const phrase of words) expect(page).toContain(phrase);
  });
});
