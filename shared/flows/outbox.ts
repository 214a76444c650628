// The outbox: mail that was asked for and has not gone out, and the slots that bound how much of it strangers can cause.
import type { SubscriberId } from "../domain/ids.ts";
import type { OwedKind, OwedMail } from "../domain/owed-mail.ts";

/** `full`: none before `freeAt`. */
export type Slot = { readonly kind: "taken" } | { readonly kind: "full"; readonly freeAt: Date };

export interface Outbox {
  /** @returns false where one of this kind waits for this subscriber already */
  oweMail(mail: OwedMail): Promise<boolean>;
  owedMail(subscriber: SubscriberId, kind: OwedKind): Promise<OwedMail | null>;
  /** Those to be tried now, the longest due first; with them any that a clock which was wrong has put off beyond reason. */
  owedDue(now: Date, limit: number): Promise<readonly OwedMail[]>;
  /** What waits, due or not, and since when; up to the limit. */
  owedSince(limit: number): Promise<readonly Pick<OwedMail, "kind" | "askedAt">[]>;
  /** How many wait, due or not; counted up to the limit. */
  countOwed(limit: number): Promise<number>;
  /** Keeps it with another time or count; nothing where it has been settled meanwhile. */
  postponeOwed(mail: OwedMail): Promise<void>;
  /** It is owed no more. */
  settleOwed(mail: OwedMail): Promise<void>;
  /**
   * Takes one of `most` slots within any `windowSeconds`. Whoever holds one and asks again under the same name has it still.
   */
  takeSlot(
    key: string,
    holder: string,
    now: Date,
    most: number,
    windowSeconds: number,
  ): Promise<Slot>;
  /** Gives it back: nothing came of it. */
  freeSlot(key: string, holder: string): Promise<void>;
}
