// What one mail says, before any words or markup: entries, in order, and what stands around them.
import type { DossierEvent } from "../domain/dossier.ts";
import type { Item, StoredItem } from "../domain/item.ts";
import type { Preferences } from "../domain/subscriber.ts";
import type { Cadence } from "../domain/vocabulary.ts";

/** The facts of a dossier that a mail shows. */
export interface DossierFacts {
  readonly id: string;
  readonly title: string;
  readonly jurisdiction: string;
}

/** A dossier that came back, and the item that says so. */
export interface ResurfacedEntry {
  readonly event: DossierEvent;
  readonly item: StoredItem;
  readonly dossier: DossierFacts;
}

/** A dossier that went on to another stage, and the item that says so. */
export interface ChangedEntry {
  readonly change: Pick<DossierEvent, "stage" | "at" | "reportedBy" | "evidence">;
  readonly item: StoredItem;
  readonly dossier: DossierFacts;
}

/** Who or what unmade an event. */
export type CorrectionCause =
  | { readonly kind: "operator"; readonly words: string }
  | { readonly kind: "late-item"; readonly item: StoredItem }
  /** Its item is another dossier's. */
  | { readonly kind: "moved"; readonly dossier: DossierFacts }
  /** Its item was read anew, or several late ones unmake it together. */
  | { readonly kind: "unclear" };

/** An event that was mailed as news and stands no longer. */
export interface CorrectionEntry {
  readonly event: DossierEvent;
  readonly item: StoredItem;
  readonly dossier: DossierFacts;
  readonly cause: CorrectionCause;
  /** When it was mailed to this reader; in a public issue, when it was raised. */
  readonly toldAt: string;
}

export interface ItemEntry {
  readonly item: StoredItem;
  readonly dossier: DossierFacts | null;
}

/** How much was looked at: what a reader needs to tell a quiet week from a broken machine. */
export interface Coverage {
  readonly feedsChecked: number;
  readonly feedsFailing: number;
  readonly itemsRead: number;
}

export interface Digest {
  readonly cadence: Cadence;
  readonly resurfaced: readonly ResurfacedEntry[];
  /** Reported and not confirmed; only in daily and weekly mail, and never told as news. */
  readonly possible?: readonly ResurfacedEntry[];
  /** Only in immediate mail: in the others its item stands among the rest. */
  readonly changed?: readonly ChangedEntry[];
  /** What this reader was told and is no longer so. */
  readonly corrections?: readonly CorrectionEntry[];
  readonly items: readonly ItemEntry[];
  readonly coverage: Coverage;
  /** The period, for a daily or weekly one. */
  readonly period: { readonly from: Date; readonly to: Date } | null;
}

/** Everything about one mail that is not what it tells. */
export interface Envelope {
  readonly to: string;
  readonly messageId: string;
  readonly preferences: Preferences;
  readonly links: MailLinks;
}

export interface MailLinks {
  /** Without a trailing slash. */
  readonly publicUrl: string;
  readonly contactUrl: string;
  readonly unsubscribe: string;
  readonly preferences: string;
  /** `digest.example.org`: names the list (RFC 2919), and ends the Message-ID. */
  readonly listHost: string;
}

/** A publisher's date this much older than our first sight of it is shown as published late. */
export const LATE_DAYS = 3;

export function isPublishedLate(item: Item): boolean {
  if (item.publishedAt === null) return false;
  return Date.parse(item.firstSeenAt) - Date.parse(item.publishedAt) > LATE_DAYS * 86_400_000;
}
