// Archive, forms: a list of entries as RSS 2.0, Atom and JSON Feed, all three of one making.
import { generateAtomFeed, generateJsonFeed, generateRssFeed } from "feedsmith";

/** What each feed's address ends with, and its media type. */
export const FEED_TYPES = {
  rss: "application/rss+xml",
  atom: "application/atom+xml",
  json: "application/feed+json",
} as const;
export type FeedForm = keyof typeof FEED_TYPES;
export const FEED_FORMS = Object.keys(FEED_TYPES) as FeedForm[];

export interface OutgoingEntry {
  /** The same for ever, wherever the archive is. */
  readonly id: string;
  readonly title: string;
  /** Where a reader is led: to the source, where it has an address. */
  readonly link: string;
  /** The archive's own page of it. */
  readonly page: string;
  /** Escaped whole. */
  readonly html: string;
  readonly published: string;
  readonly updated: string;
  readonly tags: readonly string[];
  readonly language: string | null;
}

export interface OutgoingFeed {
  readonly title: string;
  readonly description: string;
  /** The page of the same question. */
  readonly home: string;
  readonly self: string;
  /** Where older entries are, or null at the end. */
  readonly next: string | null;
  /** For a feed that has no entry yet. */
  readonly since: string;
  readonly entries: readonly OutgoingEntry[];
}

const NAME = "backdoor-watch";

/** What XML 1.0 has no spelling for (production 2); most are control characters. */
const NO_CHARACTER = /[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu;

/** A text that every form can spell: a lone surrogate becomes the mark for a character that was lost. */
const spelt = (text: string): string =>
  text.replace(/\p{Surrogate}/gu, "\ufffd").replace(NO_CHARACTER, "");

/** A title in which nothing can be seen is none. */
function titleOf(text: string): string {
  const title = spelt(text).trim();
  return /[^\s\p{C}]/u.test(title) ? title : "(untitled)";
}

const speltEntry = (entry: OutgoingEntry): OutgoingEntry => ({
  ...entry,
  title: titleOf(entry.title),
  html: spelt(entry.html),
  tags: entry.tags.map(spelt),
});

const newest = ({ entries, since }: OutgoingFeed): string =>
  entries.reduce((latest, { updated }) => (updated > latest ? updated : latest), "") || since;

const rss = (feed: OutgoingFeed): string =>
  generateRssFeed({
    title: feed.title,
    link: feed.home,
    description: feed.description,
    generator: NAME,
    lastBuildDate: newest(feed),
    ttl: 15,
    atom: {
      links: [
        { href: feed.self, rel: "self", type: FEED_TYPES.rss },
        ...(feed.next === null ? [] : [{ href: feed.next, rel: "next", type: FEED_TYPES.rss }]),
      ],
    },
    items: feed.entries.map((entry) => ({
      title: entry.title,
      link: entry.link,
      description: entry.html,
      guid: { value: entry.id, isPermaLink: false },
      pubDate: entry.published,
      categories: entry.tags.map((name) => ({ name })),
    })),
  });

const atom = (feed: OutgoingFeed): string =>
  generateAtomFeed({
    id: feed.self,
    title: { value: feed.title, type: "text" },
    subtitle: { value: feed.description, type: "text" },
    updated: newest(feed),
    authors: [{ name: NAME }],
    generator: { text: NAME },
    links: [
      { href: feed.self, rel: "self", type: FEED_TYPES.atom },
      { href: feed.home, rel: "alternate", type: "text/html" },
      ...(feed.next === null ? [] : [{ href: feed.next, rel: "next", type: FEED_TYPES.atom }]),
    ],
    entries: feed.entries.map((entry) => ({
      id: entry.id,
      title: { value: entry.title, type: "text" },
      links: [
        { href: entry.link, rel: "alternate", type: "text/html" },
        ...(entry.page === entry.link ? [] : [{ href: entry.page, rel: "related" }]),
      ],
      published: entry.published,
      updated: entry.updated,
      content: { value: entry.html, type: "html" },
      categories: entry.tags.map((term) => ({ term })),
    })),
  });

const json = (feed: OutgoingFeed): string =>
  JSON.stringify({
    // The library leaves an empty list out, and a feed must have one.
    items: [],
    ...(generateJsonFeed({
      title: feed.title,
      home_page_url: feed.home,
      feed_url: feed.self,
      description: feed.description,
      ...(feed.next === null ? {} : { next_url: feed.next }),
      authors: [{ name: NAME }],
      items: feed.entries.map((entry) => ({
        id: entry.id,
        url: entry.link,
        title: entry.title,
        content_html: entry.html,
        date_published: entry.published,
        date_modified: entry.updated,
        tags: [...entry.tags],
        ...(entry.language === null ? {} : { language: entry.language }),
      })),
    }) as object),
  });

const WRITERS: Readonly<Record<FeedForm, (feed: OutgoingFeed) => string>> = { rss, atom, json };

/** @returns the whole document; well formed whatever is in the entries' texts */
export const writeFeed = (form: FeedForm, feed: OutgoingFeed): string =>
  WRITERS[form]({
    ...feed,
    title: spelt(feed.title),
    description: spelt(feed.description),
    entries: feed.entries.map(speltEntry),
  });
