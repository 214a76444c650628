// The ledger of what each subscriber was sent: what keeps a mail from being lost, or sent twice.
import type { SubscriberId } from "../domain/ids.ts";
import type { SendOutcome } from "../domain/mail.ts";

/** A server that says "not now" is asked again after a minute, then ever more slowly. */
const FIRST_RETRY_SECONDS = 60;
export const LAST_RETRY_SECONDS = 6 * 3_600;

/** @param attempts that were deferred, in a row */
export const retrySeconds = (attempts: number): number =>
  Math.min(FIRST_RETRY_SECONDS * 2 ** Math.max(0, attempts - 1), LAST_RETRY_SECONDS);

export interface Ledger {
  /**
   * The ledger. `claimed`: the row is ours, send; `unknown`: a claim older than the lease was found, its mail may have
   * gone out: send once more under the same Message-ID; `busy`: another holds it, or its next try is not due; `done`: it was sent or refused.
   */
  claimSend(
    subscriber: SubscriberId,
    digest: string,
    now: Date,
    leaseSeconds: number,
    /** The name of the mail that this is part of, kept with the claim; the digest's own unless told. */
    mail?: string,
  ): Promise<"claimed" | "unknown" | "busy" | "done">;
  /** Under which name a claimed digest went, or may have gone, out: a repeat has that mail's Message-ID. */
  mailOf(subscriber: SubscriberId, digest: string): Promise<string>;
  /**
   * Closes a claim (`sent`, `refused`), or gives it back: `released` for now, `deferred` until its next try is due (after a
   * minute, then twice as long each time, six hours at most).
   */
  recordSend(
    subscriber: SubscriberId,
    digest: string,
    outcome: SendOutcome["kind"] | "released",
    now: Date,
  ): Promise<void>;
  /** Writes down, before a claimed mail goes out, what it carries that has no claim of its own. */
  noteCarried(
    subscriber: SubscriberId,
    mail: string,
    digests: readonly string[],
    now: Date,
  ): Promise<void>;
  /** When a mail under this claim went out, or may have; null where none did. */
  sentAt(subscriber: SubscriberId, digest: string): Promise<string | null>;
  /** The same of a mail that carried this. */
  carriedAt(subscriber: SubscriberId, digest: string): Promise<string | null>;
  /** Those of them that have a claim, whatever became of it. */
  claimedAmong(subscriber: SubscriberId, digests: readonly string[]): Promise<ReadonlySet<string>>;
}
