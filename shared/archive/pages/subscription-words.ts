// The pages behind a mail's links, in the language of the mail.
import type { WrongField } from "../../digests/subscribe-request.ts";
import type { MailLanguage } from "../../domain/vocabulary.ts";
import { de } from "./subscription-locales/de.ts";
import { en } from "./subscription-locales/en.ts";
import { fr } from "./subscription-locales/fr.ts";

export interface SubscriptionWords {
  /** Before an address. */
  readonly address: string;
  readonly confirmTitle: string;
  readonly confirmAsk: string;
  readonly confirmButton: string;
  readonly confirmed: string;
  readonly confirmedBody: string;
  readonly unsubscribeTitle: string;
  readonly unsubscribeAsk: string;
  readonly unsubscribeButton: string;
  readonly unsubscribed: string;
  readonly unsubscribedBody: string;
  readonly badTitle: string;
  readonly badBody: string;
  readonly expiredBody: string;
  readonly later: string;
  readonly laterBody: string;
  readonly preferencesTitle: string;
  readonly cadence: string;
  readonly language: string;
  readonly timezone: string;
  readonly themes: string;
  readonly jurisdictions: string;
  readonly dossiers: string;
  readonly noneMeansAll: string;
  readonly quietNote: string;
  readonly possible: string;
  readonly save: string;
  readonly pause: string;
  readonly pauseNote: string;
  readonly paused: string;
  readonly resume: string;
  readonly exportButton: string;
  readonly exportNote: string;
  readonly exportTooSoon: string;
  readonly deleteButton: string;
  readonly deleteNote: string;
  readonly deleteTitle: string;
  readonly deleteAsk: string;
  readonly deleteConfirm: string;
  readonly deleteBack: string;
  readonly done: Readonly<Record<"save" | "pause" | "resume" | "export" | "delete", string>>;
  readonly problems: string;
  /** What is wrong with each field, after its value where that may be shown. */
  readonly wrong: Readonly<Record<WrongField, string>>;
  readonly problemsBack: string;
  readonly accepted: string;
  readonly acceptedBody: string;
  readonly acceptedWait: string;
  readonly mailboxHere: string;
  readonly mailboxLink: string;
  readonly refused: string;
  readonly refusedBody: Readonly<Record<"client" | "everybody", string>>;
  readonly privacy: string;
}

const WORDS: Readonly<Record<MailLanguage, SubscriptionWords>> = { en, fr, de };

export const subscriptionWords = (language: MailLanguage): SubscriptionWords => WORDS[language];
