// A digest for the mails' tests: what came back, a news story from many feeds, a late item, a hostile one.
import type { Digest, Envelope, ItemEntry, ResurfacedEntry } from "../../shared/digests/digest.ts";
import type { Dossier, DossierEvent } from "../../shared/domain/dossier.ts";
import { type DossierId, eventIdOf, type FeedId, itemIdOf } from "../../shared/domain/ids.ts";
import type { Decision, Evidence, StoredItem } from "../../shared/domain/item.ts";
import type { MailLanguage } from "../../shared/domain/vocabulary.ts";

const FEED = "senat-fr" as FeedId;

/** Where a word stands in a text, as evidence. */
export function evidenceOf(field: "title" | "summary", text: string, term: string): Evidence {
  const start = text.indexOf(term);
  if (start < 0) throw new Error(`'${term}' is not in '${text}'`);
  return { term, field, start, end: start + term.length, weight: 1 };
}

export function mailItem(
  key: string,
  over: Partial<StoredItem> = {},
  decided: Partial<Decision> = {},
): StoredItem {
  const at = over.effectiveAt ?? "2026-03-12T09:30:00.000Z";
  return {
    id: itemIdOf(FEED, key),
    feed: { id: FEED, kind: "parliament", jurisdiction: "FR", language: "fr" },
    guid: key,
    url: `https://www.example.fr/travaux/${key}?vue=texte&page=1#article-8`,
    title: `Texte ${key}`,
    summary: "",
    publishedAt: at,
    firstSeenAt: at,
    effectiveAt: at,
    stageHint: null,
    revision: 1,
    fingerprint: key,
    backfill: false,
    sources: [],
    state: "settled",
    decision: {
      relevant: true,
      score: 0.95,
      evidence: [],
      themes: [],
      arguments: [],
      legislation: true,
      stage: "amended",
      jurisdiction: "FR",
      language: "fr",
      model: "test",
      dossier: null,
      because: [],
      ...decided,
    },
    ...over,
  };
}

const TITLE =
  "Le Sénat adopte en commission un amendement imposant l’accès aux messageries chiffrées";
const SUMMARY =
  "L’amendement n° 31 reprend l’article 8 ter de la proposition de loi narcotrafic : les fournisseurs devraient installer une porte dérobée dans un délai de 72 heures.";
const DOSSIER = "fr-narcotrafic-8ter" as DossierId;

const comeback = mailItem(
  "amendement-31",
  { title: TITLE, summary: SUMMARY },
  {
    themes: [
      { id: "french-politics", score: 0.9, evidence: [] },
      { id: "technical-debate", score: 0.7, evidence: [] },
    ],
    arguments: [
      { id: "inevitable-leak", side: "against", score: 0.8, evidence: [] },
      { id: "assembly-versus-government", side: null, score: 0.6, evidence: [] },
    ],
    evidence: [evidenceOf("summary", SUMMARY, "porte dérobée")],
    dossier: DOSSIER,
  },
);

export const comebackEvent: DossierEvent = {
  id: eventIdOf(DOSSIER, comeback.id),
  event: "resurfaced",
  dossier: DOSSIER,
  at: "2026-03-12T09:30:00.000Z",
  item: comeback.id,
  stage: "amended",
  from: "rejected",
  quietDays: 357,
  confidence: 0.93,
  reportedBy: "institution",
  reason: "an amendment takes up the clause",
  state: "standing",
  evidence: [
    evidenceOf("summary", SUMMARY, "article 8 ter"),
    evidenceOf("title", TITLE, "messageries chiffrées"),
  ],
  previous: {
    at: "2025-03-20T12:00:00.000Z",
    stage: "rejected",
    what: "The Assembly refused to put the clause back.",
  },
  backfill: false,
};

export const comebackEntry: ResurfacedEntry = {
  event: comebackEvent,
  item: comeback,
  dossier: {
    id: DOSSIER,
    title: "France: access to encrypted messaging in the narcotrafic bill",
    jurisdiction: "FR",
  },
};

const pressTitle =
  "Chat Control: Council presidency tables yet another compromise on client-side scanning";
const press: ItemEntry = {
  item: mailItem(
    "press",
    {
      title: pressTitle,
      summary: "Scanning would be voluntary, with a review clause after three years.",
      url: "https://news.example.org/2026/03/11/chat-control",
      feed: { id: "news" as FeedId, kind: "press", jurisdiction: "EU", language: "en" },
      sources: ["news", "wire", "daily"].map((feed) => ({
        feed: feed as FeedId,
        url: null,
        firstSeen: "2026-03-11T08:00:00.000Z",
      })),
    },
    {
      jurisdiction: "EU",
      themes: [{ id: "eu-international", score: 0.9, evidence: [] }],
      evidence: [evidenceOf("title", pressTitle, "client-side scanning")],
    },
  ),
  dossier: { id: "eu-csar", title: "EU: child sexual abuse regulation", jurisdiction: "EU" },
};

const late: ItemEntry = {
  item: mailItem(
    "late",
    {
      title: "Impact assessment on lawful access to data",
      url: "https://www.example.gov.uk/impact",
      publishedAt: "2026-01-05T12:00:00.000Z",
      effectiveAt: "2026-01-05T12:00:00.000Z",
      firstSeenAt: "2026-03-10T12:00:00.000Z",
    },
    { jurisdiction: "GB" },
  ),
  dossier: null,
};

export const sampleDigest = (over: Partial<Digest> = {}): Digest => ({
  cadence: "weekly",
  resurfaced: [comebackEntry],
  items: [press, late],
  coverage: { feedsChecked: 312, feedsFailing: 4, itemsRead: 1_284 },
  period: { from: new Date("2026-03-09T06:00:00Z"), to: new Date("2026-03-16T06:00:00Z") },
  ...over,
});

export const sampleEnvelope = (
  language: MailLanguage,
  over: Partial<Envelope["preferences"]> = {},
): Envelope => ({
  to: "reader@example.org",
  messageId: "<sample@watch.example.org>",
  preferences: {
    cadence: "weekly",
    themes: ["french-politics", "eu-international"],
    jurisdictions: ["FR", "EU", "GB"],
    dossiers: [],
    language,
    timezone: "Europe/Paris",
    ...over,
  },
  links: {
    publicUrl: "https://watch.example.org",
    contactUrl: "https://watch.example.org/about",
    unsubscribe: "https://watch.example.org/unsubscribe?token=u.sample",
    preferences: "https://watch.example.org/preferences?token=p.sample",
    listHost: "watch.example.org",
  },
});

export const registryTitles = new Map<string, Dossier["title"]>([
  [DOSSIER, comebackEntry.dossier.title],
]);
