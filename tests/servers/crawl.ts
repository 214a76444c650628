// A crawler for our own pages: follows every address that a page of ours names, and says which lead nowhere.
import { Parser } from "htmlparser2";

export interface Crawl {
  /** Pages and files that were read, by address without fragment. */
  readonly read: ReadonlySet<string>;
  /** `address (status), named by page`. */
  readonly dead: readonly string[];
  /** Addresses of other sites that pages name; they are not asked for. */
  readonly outside: ReadonlySet<string>;
}

interface Named {
  readonly addresses: readonly string[];
  readonly ids: ReadonlySet<string>;
}

const ADDRESSES = ["href", "src", "action"] as const;

/** What a page names, and the fragments that it has; the target of a form that posts is no page to look at. */
function readPage(html: string): Named {
  const addresses: string[] = [];
  const ids = new Set<string>();
  const parser = new Parser({
    onopentag(_name, attributes) {
      if (attributes["id"] !== undefined) ids.add(attributes["id"]);
      if ((attributes["method"] ?? "get").toLowerCase() === "post") return;
      for (const name of ADDRESSES) {
        const address = attributes[name];
        if (address !== undefined) addresses.push(address);
      }
    },
  });
  parser.end(html);
  return { addresses, ids };
}

const MOST_PAGES = 2_000;

/** A guest who is told to wait waits as long as the answer says (RFC 6585, section 4). */
async function askPolitely(url: string): Promise<Response> {
  for (;;) {
    const answer = await fetch(url);
    if (answer.status !== 429) return answer;
    await answer.body?.cancel();
    const seconds = Number(answer.headers.get("retry-after") ?? 1);
    await new Promise((resolve) => setTimeout(resolve, seconds * 1_000));
  }
}

/**
 * @param home where the archive begins, path and all: an address of its origin that is not below it is dead
 * @param get asks for one address
 */
export async function crawl(
  home: string,
  get: (url: string) => Promise<Response> = askPolitely,
): Promise<Crawl> {
  const root = home.replace(/\/$/, "");
  const { origin } = new URL(home);
  const dead: string[] = [];
  const outside = new Set<string>();
  const ids = new Map<string, ReadonlySet<string>>();
  const fragments: { page: string; id: string; by: string }[] = [];
  const waiting: { url: string; by: string }[] = [{ url: `${root}/`, by: "home" }];
  const seen = new Set<string>([`${root}/`]);
  for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
    if (seen.size > MOST_PAGES) throw new Error(`more than ${MOST_PAGES} pages below ${home}`);
    const { url, by } = next;
    const answer = await get(url);
    const body = await answer.text();
    // 410 is an answer: a link in a mail has had its time, and its page says what to do.
    if (answer.status !== 200 && answer.status !== 410)
      dead.push(`${url} (${answer.status}), named by ${by}`);
    if (!(answer.headers.get("content-type") ?? "").startsWith("text/html")) continue;
    const page = readPage(body);
    ids.set(url, page.ids);
    for (const address of page.addresses) {
      const target = new URL(address, url);
      if (target.origin !== origin) {
        outside.add(address);
        continue;
      }
      const id = decodeURIComponent(target.hash.slice(1));
      target.hash = "";
      if (id !== "") fragments.push({ page: target.href, id, by: url });
      if (seen.has(target.href)) continue;
      seen.add(target.href);
      waiting.push({ url: target.href, by: url });
    }
  }
  for (const { page, id, by } of fragments)
    if (ids.get(page)?.has(id) !== true) dead.push(`${page}#${id} (no such place), named by ${by}`);
  return { read: seen, dead, outside };
}
