// Archive, forms: which columns a spreadsheet of items or events has, and what stands in them.
import type { Evidence } from "../../domain/item.ts";
import type { presentEvent, presentItem } from "../present.ts";
import { csvLine } from "./csv.ts";

type PresentedItem = ReturnType<typeof presentItem>;
type PresentedEvent = ReturnType<typeof presentEvent>;
type Cell = string | number | boolean | null;
/** Name and content. @param root PUBLIC_URL */
type Columns<T> = Readonly<Record<string, (row: T, root: string) => Cell>>;

const words = (evidence: readonly Evidence[]): string =>
  [...new Set(evidence.map(({ term }) => term))].join("; ");

/** All that counted, whatever it counted for. */
const allWords = (item: PresentedItem): string =>
  words([
    ...item.evidence,
    ...item.themes.flatMap(({ evidence }) => evidence),
    ...item.arguments.flatMap(({ evidence }) => evidence),
  ]);

const ITEM_COLUMNS: Columns<PresentedItem> = {
  id: ({ id }) => id,
  title: ({ title }) => title,
  summary: ({ summary }) => summary,
  url: ({ url }) => url,
  published: ({ published }) => published,
  firstSeen: ({ firstSeen }) => firstSeen,
  feed: ({ feed }) => feed.id,
  kind: ({ feed }) => feed.kind,
  jurisdiction: ({ jurisdiction }) => jurisdiction,
  language: ({ language }) => language,
  stage: ({ stage }) => stage,
  legislation: ({ legislation }) => legislation,
  dossier: ({ dossier }) => dossier,
  relevant: ({ relevant }) => relevant,
  score: ({ score }) => score,
  themes: ({ themes }) => themes.map(({ id }) => id).join(" "),
  arguments: (item) =>
    item.arguments.map(({ id, side }) => (side === null ? id : `${id}:${side}`)).join(" "),
  evidence: allWords,
  because: ({ because }) => because.join("; "),
  sources: ({ sources }) => sources.map(({ feed }) => feed).join(" "),
  revision: ({ revision }) => revision,
  model: ({ model }) => model,
  page: ({ id }, root) => `${root}/items/${id}`,
};

const EVENT_COLUMNS: Columns<PresentedEvent> = {
  id: ({ id }) => id,
  event: ({ event }) => event,
  state: ({ state }) => state,
  at: ({ at }) => at,
  dossier: ({ dossier }) => dossier,
  dossierTitle: ({ dossierTitle }) => dossierTitle,
  item: ({ item }) => item,
  stage: ({ stage }) => stage,
  from: ({ from }) => from,
  quietDays: ({ quietDays }) => quietDays,
  confidence: ({ confidence }) => confidence,
  reportedBy: ({ reportedBy }) => reportedBy,
  reason: ({ reason }) => reason,
  evidence: ({ evidence }) => words(evidence),
  raisedAt: ({ raisedAt }) => raisedAt,
  page: ({ id }, root) => `${root}/events/${id}`,
};

const headOf = <T>(columns: Columns<T>): string => csvLine(Object.keys(columns));
const lineOf = <T>(columns: Columns<T>, row: T, root: string): string =>
  csvLine(Object.values(columns).map((content) => content(row, root)));

export const ITEM_HEAD = headOf(ITEM_COLUMNS);
export const EVENT_HEAD = headOf(EVENT_COLUMNS);

/** @param root PUBLIC_URL, which the address of its page begins with */
export const itemLine = (item: PresentedItem, root: string): string =>
  lineOf(ITEM_COLUMNS, item, root);

/** @param root PUBLIC_URL, which the address of its page begins with */
export const eventLine = (event: PresentedEvent, root: string): string =>
  lineOf(EVENT_COLUMNS, event, root);
