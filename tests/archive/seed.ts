// A small archive on a real server: one dossier that came back, one that perhaps did, items hostile and plain.
import type { Hono } from "hono";
import { archiveApp } from "../../shared/archive/app.ts";
import type { Mailbox, MailboxMessage } from "../../shared/archive/mailbox-routes.ts";
import { Dossier, DossierEvent, type DossierRecord } from "../../shared/domain/dossier.ts";
import { FeedDefinition } from "../../shared/domain/feed.ts";
import { eventIdOf, FeedId, fingerprintOf, itemIdOf } from "../../shared/domain/ids.ts";
import type { Decision, Item } from "../../shared/domain/item.ts";
import { checkFeeds } from "../../shared/flows/check-feeds.ts";
import type { LogRecord, Ports } from "../../shared/flows/ports.ts";
import { loadModels } from "../../shared/matching/load-models.ts";
import { flowServer, openStore } from "../servers/dynamo.ts";

export const NOW = new Date("2025-10-20T12:00:00Z");

export const FR_BILL = Dossier.parse({
  id: "fr-test-bill",
  title: "France: access clause for messengers",
  jurisdiction: "FR",
  opened: "2025-01-28",
  aliases: ["clause d’accès"],
  references: ["PPL 99"],
  history: [
    { date: "2025-01-28", stage: "amended", what: "The Senate wrote the clause into the bill." },
    {
      date: "2025-03-20",
      stage: "rejected",
      what: "The Assembly struck the clause out.",
      source: "https://assembly.example.org/clause",
    },
  ],
});
export const SE_BILL = Dossier.parse({
  id: "se-test-bill",
  title: "Sweden: stored keys",
  jurisdiction: "SE",
  opened: "2024-02-01",
  aliases: ["nyckellagen"],
  references: [],
  history: [{ date: "2024-06-01", stage: "withdrawn", what: "The minister took the draft back." }],
});

export interface Sample {
  readonly title: string;
  readonly summary?: string;
  readonly url?: string | null;
  readonly at: string;
  readonly feed?: string;
  readonly kind?: "parliament" | "press";
  readonly decision?: Partial<Decision>;
}

export function itemOf(sample: Sample): { item: Item; decision: Decision } {
  const feed = FeedId.parse(sample.feed ?? "fr-test-assembly");
  const id = itemIdOf(feed, sample.title);
  const url = sample.url === undefined ? `https://example.org/${id}` : sample.url;
  const item: Item = {
    id,
    feed: { id: feed, kind: sample.kind ?? "parliament", jurisdiction: "FR", language: "fr" },
    guid: sample.title,
    url,
    title: sample.title,
    summary: sample.summary ?? "",
    publishedAt: sample.at,
    firstSeenAt: sample.at,
    effectiveAt: sample.at,
    stageHint: null,
    revision: 1,
    fingerprint: fingerprintOf(22, sample.title),
    backfill: false,
    sources: [{ feed, url, firstSeen: sample.at }],
  };
  const decision: Decision = {
    relevant: true,
    score: 0.9,
    evidence: [],
    themes: [],
    arguments: [],
    legislation: true,
    stage: "proposed",
    jurisdiction: "FR",
    language: "fr",
    model: "test-1",
    dossier: null,
    because: [],
    ...sample.decision,
  };
  return { item, decision };
}

const BACK_TITLE = "Le gouvernement rétablit la clause d’accès aux messageries";
const start = BACK_TITLE.indexOf("clause d’accès");
const CLAUSE = {
  term: "clause d’accès",
  field: "title",
  start,
  end: start + 14,
  weight: 2,
} as const;
const BACK = itemOf({
  title: BACK_TITLE,
  summary: "Projet de loi déposé en conseil des ministres, sept mois après le rejet.",
  at: "2025-10-14T10:00:00.000Z",
  decision: {
    dossier: FR_BILL.id,
    themes: [
      {
        id: "french-politics",
        score: 0.8,
        evidence: [CLAUSE],
      },
    ],
    because: ["it names an alias of the dossier, “\u202eclause”"],
  },
});
const PERHAPS = itemOf({
  title: "Stockholm prüft neue Schlüsselpflicht",
  at: "2025-10-10T08:00:00.000Z",
  feed: "se-test-daily",
  kind: "press",
  decision: {
    dossier: SE_BILL.id,
    jurisdiction: "SE",
    language: "de",
    evidence: [{ term: "\u202ekey", field: "title", start: 15, end: 38, weight: 1 }],
  },
});
const NOISE = itemOf({
  title: "Weather warning for the south",
  at: "2025-10-12T08:00:00.000Z",
  decision: { relevant: false, score: 0.02, legislation: false, stage: "none", jurisdiction: null },
});

/** Every spelling that must stay text. */
export const HOSTILE: readonly Sample[] = [
  {
    title: `<script>document.title="owned"</script><img src=x onerror="document.title='owned'">`,
    summary: `"><svg/onload=document.title='owned'></blockquote></main><style>*{display:none}</style>`,
    url: "javascript:document.title='owned'",
    at: "2025-10-16T08:00:00.000Z",
  },
  { title: "data link", url: "data:text/html,<script>1</script>", at: "2025-10-16T07:00:00.000Z" },
  {
    title: "tab link \u202etfel ot thgir",
    summary: "\u2067left open",
    url: "java\tscript:alert(1)",
    at: "2025-10-16T06:00:00.000Z",
  },
  { title: "slashes link", url: "//evil.example/x", at: "2025-10-16T05:00:00.000Z" },
];

export const FR_EVENT = eventOf(FR_BILL, BACK.item, {
  event: "resurfaced",
  from: "rejected",
  quietDays: 208,
  confidence: 0.93,
  reportedBy: "institution",
  reason: "rejected 208 days before, then a government bill",
  evidence: [CLAUSE],
  previous: { at: "2025-03-20T00:00:00.000Z", stage: "rejected", what: "Struck out. \u202e" },
});
const SE_EVENT = eventOf(SE_BILL, PERHAPS.item, {
  event: "possible",
  from: "withdrawn",
  quietDays: 496,
  confidence: 0.4,
  reportedBy: "press",
  reason: "withdrawn 496 days before, then a press report of “\u202eback”",
  evidence: [],
  previous: null,
});

function eventOf(dossier: Dossier, item: Item, facts: object): DossierEvent {
  return DossierEvent.parse({
    id: eventIdOf(dossier.id, item.id),
    dossier: dossier.id,
    at: item.effectiveAt,
    item: item.id,
    stage: "proposed",
    state: "standing",
    backfill: false,
    ...facts,
  });
}

export const BACK_ID = BACK.item.id;
export const NOISE_ID = NOISE.item.id;

const MAIL: MailboxMessage = {
  id: "a".repeat(32),
  to: "reader@example.org",
  subject: "Back from rejected",
  at: "2025-10-14T10:10:00.000Z",
  messageId: "<1@example.org>",
  text: "It is back: https://example.org/x",
  html: `<!doctype html><html><head><title>m</title></head><body style="color:#111"><p>It is back. <a href="https://example.org/x">Source</a><script>parent.document.title="owned"</script></p></body></html>`,
  headers: { subject: "Back from rejected" },
};
const mailbox: Mailbox = {
  list: async () => [MAIL],
  read: async (id) => (id === MAIL.id ? MAIL : null),
};

export interface SeededArchive {
  readonly app: Hono;
  readonly logged: LogRecord[];
  readonly store: Ports["store"];
  close(): Promise<void>;
}

export interface ArchiveOptions {
  readonly mailbox?: boolean;
  /** Asked at each request, as by the demo. */
  readonly publicUrl?: () => string;
  readonly accuracy?: string;
}

export async function openArchive(options: ArchiveOptions = {}): Promise<SeededArchive> {
  const { publicUrl = () => "https://watch.example.org", accuracy = null } = options;
  const server = await flowServer();
  const { store, close } = await openStore(server.endpoint, () => NOW);
  const models = loadModels();
  // Read anew where they are shown, as what the present models decided; the others are by models that are gone.
  const hostile = HOSTILE.map((one) => itemOf({ ...one, decision: { model: models.version } }));
  const samples = [BACK, PERHAPS, NOISE, ...hostile];
  for (const { item, decision } of samples) {
    await store.putPending(item, null);
    await store.settleItem(item, decision, NOW);
  }
  await file(store, FR_BILL, FR_EVENT);
  await file(store, SE_BILL, SE_EVENT);
  const feed = {
    id: "fr-test-assembly",
    url: "https://feeds.example.org/a.xml",
    title: "<b>A</b> \u202eA",
  };
  await store.seedFeeds([FeedDefinition.parse({ ...feed, kind: "parliament" })], NOW);
  const logged: LogRecord[] = [];
  // What the archive reads of the ports, and no more: sending and fetching are not its affair.
  const ports = {
    store,
    models,
    registry: [FR_BILL, SE_BILL],
    now: () => NOW,
    log: (record: LogRecord) => void logged.push(record),
    settings: {
      get publicUrl() {
        return publicUrl();
      },
      contactUrl: "https://example.org/us",
    },
  } as unknown as Ports;
  await checkFeeds(ports);
  const box = options.mailbox ? mailbox : null;
  const app = archiveApp({ ports, mailbox: box, version: "0", accuracy });
  return {
    app,
    logged,
    store,
    async close() {
      close();
      await server.close();
    },
  };
}

async function file(store: Ports["store"], dossier: Dossier, event: DossierEvent): Promise<void> {
  await store.putMove({
    item: event.item,
    dossier: dossier.id,
    at: event.at,
    stage: event.stage,
    official: true,
    counts: true,
    reportedBy: event.reportedBy,
    confidence: event.confidence,
    actor: null,
    reason: event.reason,
    evidence: [],
    backfill: false,
    traits: {},
  });
  const record: DossierRecord = {
    id: dossier.id,
    version: 0,
    state: { stage: event.stage, ended: null, lastMoveAt: event.at, lastMove: event.reason },
    auto: null,
  };
  await store.commitDossier(record, [event], NOW, NOW);
}
