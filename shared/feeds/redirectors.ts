// Feeds: links of search services and networks that lead to a page by way of themselves, and hold its address.
import { Buffer } from "node:buffer";

/** Host, path, and the parameters of which one holds the page's address. */
const KNOWN: readonly (readonly [host: RegExp, path: RegExp, parameters: readonly string[]])[] = [
  [
    /(?:^|\.)google\.[a-z]{2,3}(?:\.[a-z]{2})?$/,
    /^\/(?:url|news\/url|imgres|alerts\/url)$/,
    ["url", "q", "imgrefurl"],
  ],
  [/(?:^|\.)bing\.com$/, /^\/(?:news\/apiclick\.aspx|newtabredir|ck\/a)$/, ["url", "u"]],
  [/(?:^|\.)duckduckgo\.com$/, /^\/l\/?$/, ["uddg"]],
  [/(?:^|\.)yandex\.[a-z]{2,3}$/, /^\/(?:clck|redir)/, ["url"]],
  [/(?:^|\.)(?:facebook|instagram|messenger)\.com$/, /^\/(?:l\.php|flx\/warn\/?)?$/, ["u"]],
  [/(?:^|\.)linkedin\.com$/, /^\/(?:redir\/redirect|safety\/go)\/?$/, ["url"]],
  [/(?:^|\.)youtube\.com$/, /^\/redirect$/, ["q"]],
  [/^out\.reddit\.com$/, /^\//, ["url"]],
  [/(?:^|\.)vk\.com$/, /^\/away\.php$/, ["to"]],
  [/^t\.umblr\.com$/, /^\/redirect$/, ["z"]],
  [/(?:^|\.)disq\.us$/, /^\/url$/, ["url"]],
  [/(?:^|\.)safelinks\.protection\.outlook\.com$/, /^\//, ["url"]],
  [/(?:^|\.)feedsportal\.com$/, /^\//, ["u", "url"]],
  [/(?:^|\.)search\.(?:yahoo|aol)\.com$/, /^\//, ["u", "url", "RU"]],
  [/^slashdot\.org$|(?:^|\.)steamcommunity\.com$/, /^\/(?:linkfilter|redirect)/, ["url", "u"]],
];

/** One redirector may hand over to the next. */
const MOST_HOPS = 3;

/**
 * The page that a redirector's link leads to, where the link itself says so: the same article in two feeds is then one, and no
 * mail sends its reader past somebody who counts.
 * @param url an absolute address
 */
export function withoutRedirector(url: string): string {
  let current = url;
  for (let hop = 0; hop < MOST_HOPS; hop += 1) {
    const next = targetOf(current);
    if (next === null) break;
    current = next;
  }
  return current;
}

/** Any of the parameters and paths above: most links of a service lead to itself. */
const HOLDS_ADDRESS = /[?&](?:url|q|imgrefurl|u|uddg|to|z|RU)=|\/RU=|\/amp\//;
const MAYBE =
  /^https?:\/\/[^/]*(?:google|bing|duckduckgo|yandex|facebook|instagram|messenger|linkedin|youtube|reddit|vk\.|umblr|disq\.us|outlook|feedsportal|yahoo|aol|slashdot|steamcommunity)/i;

function targetOf(url: string): string | null {
  if (!HOLDS_ADDRESS.test(url) || !MAYBE.test(url) || !URL.canParse(url)) return null;
  const { hostname, pathname, searchParams } = new URL(url);
  for (const [host, path, parameters] of KNOWN) {
    if (!host.test(hostname) || !path.test(pathname)) continue;
    for (const name of parameters) {
      const found = addressIn(searchParams.get(name));
      if (found !== null) return found;
    }
  }
  // `/RU=https%3a%2f%2fpaper.example%2fa/RK=2/` (Yahoo) and `/amp/s/paper.example/a` (Google).
  const inPath = /\/RU=([^/]+)\//.exec(pathname)?.[1];
  if (inPath !== undefined && /(?:^|\.)search\.yahoo\.com$/.test(hostname))
    return addressIn(decoded(inPath));
  const amp = /^\/amp\/(s\/)?([^/]+\.[^/]+\/.*)$/.exec(pathname);
  if (amp !== null && /(?:^|\.)google\.[a-z.]{2,6}$/.test(hostname))
    return addressIn(`http${amp[1] === undefined ? "" : "s"}://${amp[2]}`);
  return null;
}

/** Bing writes `a1` and base64. */
function addressIn(value: string | null): string | null {
  if (value === null) return null;
  const text = /^a1aHR0c/.test(value)
    ? Buffer.from(value.slice(2), "base64url").toString("utf8")
    : value;
  return /^https?:\/\/[^\s/]+/i.test(text) && URL.canParse(text) ? text : null;
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
