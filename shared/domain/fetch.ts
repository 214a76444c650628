// Fetching, as the rooms on both sides of it see it: what is asked for, and what came of it.
import type { FailureReason, Validators } from "./feed.ts";

/** What one conditional GET came to; a dead feed is Tuesday, not an exception. */
export type FetchOutcome =
  | {
      readonly kind: "fetched";
      readonly body: Uint8Array;
      readonly contentType: string | null;
      /** After redirects: relative links resolve against it. */
      readonly url: string;
      /** Where a chain made only of permanent redirects (301, 308) ended, else null. */
      readonly movedTo: string | null;
      readonly validators: Validators;
      /** `Cache-Control: max-age` or `Expires`, seconds from now; null where neither says anything usable. */
      readonly freshSeconds: number | null;
    }
  | {
      readonly kind: "not-modified";
      readonly validators: Validators;
      readonly freshSeconds: number | null;
      readonly movedTo: string | null;
    }
  | {
      readonly kind: "failed";
      readonly reason: FailureReason;
      readonly detail: string;
      readonly status: number | null;
      /** From Retry-After, seconds from now, capped at 24 h; null where absent or unreadable. */
      readonly retryAfterSeconds: number | null;
    };

export interface FetchRequest {
  readonly url: string;
  readonly validators: Validators | null;
  readonly now: Date;
}
