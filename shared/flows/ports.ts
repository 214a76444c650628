// What the flows need of the world outside, as plain records of functions. Two files build them: functions/aws/compose.ts, functions/local/compose.ts.

import type {
  Dossier,
  DossierEvent,
  DossierRecord,
  DossierState,
  Move,
} from "../domain/dossier.ts";
import type { FeedDefinition, FeedState, ParseOutcome } from "../domain/feed.ts";
import type { FetchOutcome, FetchRequest } from "../domain/fetch.ts";
import type { Domain, DossierId, EventId, FeedId, ItemId, SubscriberId } from "../domain/ids.ts";
import type { IssueSnapshot } from "../domain/issue.ts";
import type { Decision, Item, StoredItem } from "../domain/item.ts";
import type { Mail, SendOutcome } from "../domain/mail.ts";
import type { Subscriber } from "../domain/subscriber.ts";
import type { Stage } from "../domain/vocabulary.ts";
import type { Models } from "../matching/keyword-model.ts";
import type { ClockStore, RedateStore } from "./clock-ports.ts";
import type { DigestJob, PollJob } from "./jobs.ts";
import type { Ledger } from "./ledger.ts";
import type { MailKind } from "./mail-figures.ts";
import type { Outbox } from "./outbox.ts";
import type { WatchStore } from "./watch-ports.ts";

/** A page of something that goes on; `next` is opaque and null at the end. */
export interface Page<T> {
  readonly rows: readonly T[];
  readonly next: string | null;
}

/** Filters of the archive; an empty list filters nothing, several values mean any of them. */
export interface ItemQuery {
  /** Any of these searches; all items where there is none. */
  readonly q: readonly string[];
  readonly theme: readonly string[];
  readonly argument: readonly string[];
  readonly dossier: readonly string[];
  readonly jurisdiction: readonly string[];
  readonly stage: readonly string[];
  readonly language: readonly string[];
  readonly kind: readonly string[];
  /** ISO instants on effectiveAt: from inclusive, to exclusive. */
  readonly from: string | null;
  readonly to: string | null;
  readonly relevant: "true" | "false" | "any";
  /** True where items that another one stands for are asked for too; lists and pages never show them. */
  readonly stories?: true;
  readonly limit: number;
  readonly cursor: string | null;
}

/** One function at a time may speak to a registrable domain; the lease ends by itself if its holder dies. */
export interface DomainLease {
  readonly domain: Domain;
  readonly token: string;
  /** No request to this domain before then (spacing, or Retry-After), or null. */
  readonly holdUntil: string | null;
}

export interface FeedsDue {
  readonly id: FeedId;
  readonly domain: Domain;
}

export interface FeedStore {
  /** Adds catalogue feeds that are not known yet, and brings changed definitions up to date; never touches poll state. */
  seedFeeds(definitions: readonly FeedDefinition[], now: Date): Promise<void>;
  loadFeed(id: FeedId): Promise<FeedState | null>;
  /** @returns false where another save came between (state.version is the one read). */
  saveFeed(state: FeedState): Promise<boolean>;
  feedsDue(now: Date, limit: number): Promise<readonly FeedsDue[]>;
  /** @returns null where another holds it, or the domain is to be left alone until later. */
  acquireDomain(domain: Domain, now: Date, leaseSeconds: number): Promise<DomainLease | null>;
  releaseDomain(lease: DomainLease, holdUntil: Date | null): Promise<void>;
}

export interface ItemStore {
  loadItem(id: ItemId): Promise<StoredItem | null>;
  /**
   * Writes a new item, or a new revision of a known one, as pending.
   * @param previous what was decided of the revision before, kept until the new one is settled
   * @returns `known` where this revision, or a later one, is there already (whatever its state).
   */
  putPending(item: Item, previous: Decision | null): Promise<"new" | "known">;
  /** Marks the revision settled, files it under every filter, and lets an irrelevant one expire. */
  settleItem(item: Item, decision: Decision, now: Date): Promise<void>;
  /** Adds a source to a settled item without making a revision. */
  addSource(id: ItemId, source: Item["sources"][number]): Promise<void>;
  /**
   * Takes a story's names for this item where nobody holds them (for STORY_DAYS).
   * @returns the other items that hold one of them
   */
  claimStory(keys: readonly string[], id: ItemId, now: Date): Promise<readonly ItemId[]>;
  /** Items pending since before then: a crash left them. */
  pendingItems(before: Date, limit: number): Promise<readonly StoredItem[]>;
  /** Newest first by effectiveAt. @throws BadCursor where the cursor is not one of this query's. */
  queryItems(query: ItemQuery): Promise<Page<StoredItem>>;
  /** Settled relevant items by when they were first seen, oldest first: what a digest period holds. */
  itemsSeen(from: Date, to: Date, cursor: string | null): Promise<Page<StoredItem>>;
}

export interface DossierStore {
  loadDossier(id: DossierId): Promise<DossierRecord | null>;
  /** Leaves or replaces the item's move (same item, same row). */
  putMove(move: Move): Promise<void>;
  /** Takes a move back: a new revision of its item went to another dossier. */
  removeMove(dossier: DossierId, item: string): Promise<void>;
  listMoves(id: DossierId): Promise<readonly Move[]>;
  /**
   * One compare-and-set on the dossier (record.version is the one read; the stored one is one more), then its events.
   * Events are upserted so that a later version is never overwritten by an earlier one; those not named stay as they are.
   * @returns false where another commit came between: load and decide again.
   */
  commitDossier(
    record: DossierRecord,
    events: readonly DossierEvent[],
    now: Date,
    announceAt: Date,
  ): Promise<boolean>;
  listDossiers(): Promise<readonly DossierRecord[]>;
  /** Those that opened themselves, by id; `next` is the last id given out, or null at the end. */
  autoDossiers(after: DossierId | null, limit: number): Promise<Page<DossierRecord>>;
  /** Dossiers that opened themselves in this jurisdiction. */
  listAuto(jurisdiction: string): Promise<readonly Dossier[]>;
}

/** An event as stored: with when it is to be told, and when it was. */
export interface StoredEvent {
  readonly event: DossierEvent;
  readonly raisedAt: string;
  readonly announceAt: string | null;
  readonly announcedAt: string | null;
  /** When what had been news was taken back, by an operator or a late item; null or absent while it stands. */
  readonly correctedAt?: string | null;
  /** When those who were told of it are to be told that; null or absent where that was done, or is not due. */
  readonly tellCorrectionAt?: string | null;
}

export interface EventStore {
  loadEvent(id: EventId): Promise<StoredEvent | null>;
  /**
   * Newest first by `at`.
   * @param dossier whose events; of several, those of any of them; null for all events
   */
  listEvents(
    limit: number,
    cursor: string | null,
    dossier: DossierId | readonly DossierId[] | null,
  ): Promise<Page<StoredEvent>>;
  eventsToAnnounce(now: Date, limit: number): Promise<readonly StoredEvent[]>;
  markAnnounced(id: EventId, now: Date): Promise<void>;
  /** By when they were raised, oldest first. */
  eventsRaised(from: Date, to: Date): Promise<readonly StoredEvent[]>;
  /** Events that were news and are no longer, whose readers have not been told. */
  correctionsToTell(now: Date, limit: number): Promise<readonly StoredEvent[]>;
  markCorrectionTold(id: EventId): Promise<void>;
  /** Events that were news, by when they were taken back, oldest first; one that stands again is not among them. */
  eventsCorrected(from: Date, to: Date): Promise<readonly StoredEvent[]>;
}

/** A dossier's stage as one item changed it, to be told to those who are mailed at once. */
export interface StageChange {
  readonly dossier: DossierId;
  readonly stage: Stage;
  readonly item: ItemId;
  readonly at: string;
  readonly reportedBy: DossierEvent["reportedBy"];
  readonly evidence: DossierEvent["evidence"];
  readonly raisedAt: string;
  /** Null once it was told. */
  readonly announceAt: string | null;
}

export interface StageStore {
  /** @returns false where the dossier reached this stage lately, by this item or another */
  putStageChange(change: StageChange): Promise<boolean>;
  loadStageChange(dossier: DossierId, stage: Stage): Promise<StageChange | null>;
  stageChangesToTell(now: Date, limit: number): Promise<readonly StageChange[]>;
  markStageTold(change: StageChange): Promise<void>;
}

/** The public archive of issues, per cadence, period, language and filters. */
export interface IssueStore {
  /** @returns false where it is kept already: the first writer wins */
  putIssue(id: string, issue: IssueSnapshot): Promise<boolean>;
  loadIssue(id: string): Promise<IssueSnapshot | null>;
}

export interface SubscriberStore extends Ledger, Outbox {
  loadSubscriber(id: SubscriberId): Promise<Subscriber | null>;
  /** @returns false where another save came between (version is the one read; 0 for a new one). */
  saveSubscriber(subscriber: Subscriber): Promise<boolean>;
  /** Active subscribers who are mailed at once, one shard at a time (0 to SUBSCRIBER_SHARDS - 1). */
  immediateSubscribers(shard: number, cursor: string | null): Promise<Page<SubscriberId>>;
  /** Active subscribers whose daily or weekly digest is due. */
  subscribersDue(now: Date, shard: number, limit: number): Promise<readonly SubscriberId[]>;
  suppress(id: SubscriberId, reason: string, now: Date): Promise<void>;
  isSuppressed(id: SubscriberId): Promise<boolean>;
  /** Why nothing is sent there (`refused`, `bounce`, `complaint`, `deleted`), or null. */
  suppressionOf(id: SubscriberId): Promise<string | null>;
  /** Takes the mark away: its owner confirmed anew. */
  liftSuppression(id: SubscriberId): Promise<void>;
  /** Deletes the record and its ledger. */
  deleteSubscriber(id: SubscriberId): Promise<void>;
  /** Every record, in no order; for operators. */
  listSubscribers(): AsyncIterable<Subscriber>;
  /** Counts against a cap in a fixed window (`client:KEY`, `global`); -1 takes one back. @returns the count after this one */
  countAttempt(key: string, windowStart: Date, windowSeconds: number, by?: 1 | -1): Promise<number>;
}

export interface SweepStore {
  /** Deletes rows whose time is over, for servers that do not; a row past its time is never read as there. @returns how many */
  sweepExpired(now: Date): Promise<number>;
  /** The newest time each named part did its work, for /healthz. */
  beat(part: string, now: Date, facts: Readonly<Record<string, number>>): Promise<void>;
  heartbeats(): Promise<
    Readonly<Record<string, { at: string; facts: Readonly<Record<string, number>> }>>
  >;
  /** Throws where the store does not answer. */
  ping(): Promise<void>;
}

export interface Store
  extends FeedStore,
    ItemStore,
    DossierStore,
    EventStore,
    StageStore,
    IssueStore,
    SubscriberStore,
    SweepStore,
    ClockStore,
    RedateStore,
    WatchStore {}

export const SUBSCRIBER_SHARDS = 16;

/** Keys of the installation; where they are kept is the composing file's affair. */
export interface Secrets {
  /** 32 bytes: seals addresses. */
  readonly addressKey: Uint8Array;
  /** 32 bytes: the pepper of SubscriberId and of client addresses. */
  readonly lookupKey: Uint8Array;
  /** 32 bytes each, the newest first: tokens are made with the first and read with any. */
  readonly tokenKeys: readonly Uint8Array[];
}

export type LogRecord = Readonly<Record<string, string | number | boolean | null>>;

export interface Ports {
  /** One conditional GET under every guard of feeds/fetch-feed.ts. */
  readonly fetchFeed: (request: FetchRequest) => Promise<FetchOutcome>;
  /** Reads one document under a deadline that holds while a library burns CPU. */
  readonly parseFeed: (
    body: Uint8Array,
    contentType: string | null,
    url: string,
  ) => Promise<ParseOutcome>;
  readonly store: Store;
  /** Fetches a path of our own archive, through the guards that feeds are fetched through. Absent where none is served. */
  readonly fetchArchive?: (path: string) => Promise<FetchOutcome>;
  /** Where the canary lives: the same table, and nothing that readers or the archive ever see. Absent: no canary. */
  readonly canaryStore?: Store;
  readonly enqueuePoll: (job: PollJob) => Promise<void>;
  readonly enqueueDigest: (job: DigestJob) => Promise<void>;
  /** @param kind what it is counted as */
  readonly sendMail: (mail: Mail, kind: MailKind) => Promise<SendOutcome>;
  /** Whether there is room where the data is kept, for /healthz. Absent where that is not ours to watch. */
  readonly disk?: () => { readonly ok: boolean; readonly detail: string };
  readonly now: () => Date;
  readonly sleep: (milliseconds: number) => Promise<void>;
  /** Aborted when the process is to end: nothing new is begun, and what is not begun stays due. Absent: never. */
  readonly halted?: AbortSignal;
  /** One JSON line: ids and counts, never an address, a token or a body. */
  readonly log: (record: LogRecord) => void;
  readonly registry: readonly Dossier[];
  readonly models: Models;
  readonly secrets: Secrets;
  readonly settings: FlowSettings;
}

/** What the flows need to know of the installation. */
export interface FlowSettings {
  readonly publicUrl: string;
  readonly contactUrl: string;
  readonly mailFrom: string;
  readonly coalesceSeconds: number;
  /** The least time between two polls of a feed, instead of the schedule's own; null for the schedule's own. */
  readonly pollSeconds: number | null;
  /** Who is told of alarms, and gets the canary; absent: nobody. */
  readonly operatorEmail?: string | undefined;
  /** Who gets the canary where it is not the operator: an address that takes mail and shows it to nobody. */
  readonly canaryMailbox?: string | undefined;
  /** ISO instant until which another installation, of whose table this one's is a copy, told what was due; resume.ts. */
  readonly resumeAfter?: string | undefined;
}

export type { DossierState, FetchOutcome, FetchRequest };
