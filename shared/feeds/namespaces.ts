// Feeds: the vocabularies that feeds mix, each under one short name however its prefix is spelled.

/** Addresses as publishers write them, lower-case, without `www.`, scheme, or trailing `/` and `#`. */
const KNOWN: readonly (readonly [RegExp, string])[] = [
  [/^w3\.org\/2005\/atom$|^purl\.org\/atom\/|^purl\.org\/net\/atom|^example\.com\/necho/, "atom"],
  [
    /^purl\.org\/rss\/1\.0$|^purl\.org\/net\/rss1\.1|^my\.netscape\.com\/(?:rdf|publish)|^channel\.netscape\.com\/rdf|^backend\.userland\.com\/|^blogs\.law\.harvard\.edu\/tech\/rss|^cyber\.law\.harvard\.edu\/rss|^rssboard\.org\/rss-spec|^purl\.org\/rss\/(?:0\.9|2\.0)/,
    "",
  ],
  [/^purl\.org\/dc\/elements\//, "dc"],
  [/^purl\.org\/dc\/terms/, "dcterms"],
  [/^purl\.org\/rss\/1\.0\/modules\/content/, "content"],
  [/^purl\.org\/rss\/1\.0\/modules\/dcterms/, "dcterms"],
  [/^purl\.org\/rss\/1\.0\/modules\/dc/, "dc"],
  [/^w3\.org\/1999\/xhtml/, "xhtml"],
  [/^w3\.org\/1999\/02\/22-rdf-syntax-ns/, "rdf"],
  [/^w3\.org\/xml\/1998\/namespace/, "xml"],
  [/itunes\.com\/dtds\/podcast|^example\.com\/dtds\/podcast/, "itunes"],
  [
    /^search\.yahoo\.com\/mrss|^video\.search\.yahoo\.com\/mrss|^tools\.search\.yahoo\.com\/mrss/,
    "media",
  ],
  [/^prismstandard\.org\/namespaces/, "prism"],
  [/^rssnamespace\.org\/feedburner|^feedburner\./, "feedburner"],
];

/** What a prefix means where it was never declared, or where it was declared as something unheard of. */
const CONVENTIONS: ReadonlyMap<string, string> = new Map([
  ["atom", "atom"],
  ["atom10", "atom"],
  ["atom03", "atom"],
  ["a10", "atom"],
  ["dc", "dc"],
  ["dcterms", "dcterms"],
  ["content", "content"],
  ["rdf", "rdf"],
  ["rss", ""],
  ["itunes", "itunes"],
  ["media", "media"],
  ["prism", "prism"],
  ["xhtml", "xhtml"],
  ["xml", "xml"],
  ["feedburner", "feedburner"],
]);

const remembered = new Map<string, string | null>();

function shortNameOf(uri: string): string | null {
  const known = remembered.get(uri);
  if (known !== undefined) return known;
  const bare = uri
    .trim()
    .toLowerCase()
    .slice(0, 300)
    .replace(/^https?:\/\//, "")
    .replace(/^www\./, "")
    .replace(/[/#]+$/, "");
  const found = KNOWN.find(([pattern]) => pattern.test(bare))?.[1] ?? null;
  if (remembered.size < 1000) remembered.set(uri, found);
  return found;
}

/**
 * @param uri what the prefix was declared as in scope, or null
 * @param home the address of the namespace that the item around it is in, or null where none is
 * @returns the short name (`""` for RSS itself and for what stands in no namespace); an unknown vocabulary keeps its prefix
 * with a `?` before it, so that its `title` is never taken for RSS's
 */
export function namespaceOf(
  prefix: string,
  uri: string | null,
  home: string | null = null,
): string {
  const named = uri === null ? null : shortNameOf(uri);
  if (named !== null) return named;
  // Feeds with a wrong namespace are read all the same; an element that leaves its item's for an unknown one is not the item's.
  if (prefix === "") return home === null || (uri ?? "") === "" || uri === home ? "" : "?";
  if (uri === null || uri === "") return CONVENTIONS.get(prefix.toLowerCase()) ?? `?${prefix}`;
  return `?${prefix}`;
}
