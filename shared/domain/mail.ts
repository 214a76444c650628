// Mail: one message to one person, and what became of it.
export interface Mail {
  readonly to: string;
  readonly subject: string;
  readonly text: string;
  readonly html: string;
  /** The same for every attempt at the same message, so that a repeat is known for one. */
  readonly messageId: string;
  readonly headers: Readonly<Record<string, string>>;
}

export type SendOutcome =
  | { readonly kind: "sent" }
  /** Not now: 4xx, no connection, throttled. */
  | { readonly kind: "deferred"; readonly detail: string }
  /** Not ever: 5xx, no such mailbox. */
  | { readonly kind: "refused"; readonly detail: string }
  /** The connection ended after the data went out: it may have been sent. */
  | { readonly kind: "unknown"; readonly detail: string };
