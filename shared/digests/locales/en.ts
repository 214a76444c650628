// The mails in English.
import type { Locale } from "./locale.ts";
import { pluralOf } from "./plural.ts";

const plural = pluralOf("en");

const FROM = {
  rejected: "rejected",
  withdrawn: "withdrawn",
  postponed: "postponed",
  lapsed: "lapsed",
  adopted: "adopted",
} as const;

export const en: Locale = {
  language: "en",
  tag: "en-GB",
  quote: (word) => `“${word}”`,
  colon: ":",
  themes: {
    "french-politics": "French politics",
    "technical-debate": "Technical debate",
    "government-intent": "What governments intend",
    "crime-effectiveness": "Effect on crime",
    "democracy-privacy-culture": "Democracy and privacy",
    "eu-international": "EU and international",
    "alternatives-providers-risks": "Alternatives, providers, risks",
  },
  arguments: {
    "assembly-versus-government": "Assembly against government",
    "cheap-vote": "A cheap vote",
    "reversal-after-attack": "Reversal after an attack",
    "inevitable-leak": "A backdoor will leak",
    "managed-risk": "The risk can be managed",
    "whose-threat-model": "Whose threat model?",
    "master-key-custody": "Who keeps the master key?",
    ignorance: "Lack of knowledge",
    "deliberate-power": "Deliberate extension of power",
    "pretext-rhetoric": "Rhetoric of the pretext",
    "criminals-move-on": "Criminals will move on",
    "war-on-drugs-pretext": "Drug trade as pretext",
    "surveillance-works-or-not": "Does surveillance work?",
    "opinion-framing": "How opinion is framed",
    "privacy-institutions": "Institutions of privacy",
    "active-defence": "Defending oneself",
    "eu-mandate-alive": "The EU mandate is alive",
    "us-dependence": "Dependence on the US",
    "covert-capabilities": "Covert capabilities",
    "device-exploits-metadata": "Device exploits and metadata",
    "provider-resistance": "Providers resist",
    "ai-mass-surveillance": "AI and mass surveillance",
  },
  stages: {
    proposed: "proposed",
    committee: "in committee",
    amended: "amended",
    vote: "put to the vote",
    adopted: "adopted",
    rejected: "rejected",
    withdrawn: "withdrawn",
    postponed: "postponed",
    lapsed: "lapsed",
    "in-force": "in force",
    order: "ordered",
    court: "before a court",
    leak: "leaked",
    statement: "a statement",
    none: "reported",
  },
  backFrom(from, days) {
    if (days === 0)
      return from === null || from === "quiet" ? "Back" : `Back from ${FROM[from]} on the same day`;
    const quiet =
      days === null ? "" : ` after ${plural(days, { one: "# quiet day", other: "# quiet days" })}`;
    return from === null || from === "quiet" ? `Back${quiet}` : `Back from ${FROM[from]}${quiet}`;
  },
  newStage: (stage) => `New stage: ${stage}`,
  fromMemory: "from memory",
  cadences: { immediate: "at once", daily: "daily", weekly: "weekly" },
  jurisdictions: { EU: "European Union", INT: "International" },
  moreItems: (count) => plural(count, { one: "# more item", other: "# more items" }),
  alsoIn: (count) =>
    plural(count, { one: "also in # other source", other: "also in # other sources" }),
  resurfaced: (count) => plural(count, { one: "# dossier is back", other: "# dossiers are back" }),
  possible: (count) =>
    plural(count, {
      one: "# dossier reported back, not confirmed",
      other: "# dossiers reported back, not confirmed",
    }),
  items: (count) => plural(count, { one: "# new item", other: "# new items" }),
  corrections: (count) => plural(count, { one: "# correction", other: "# corrections" }),
  subject: {
    many: (first, more) =>
      `${first}${plural(more, { one: ", and # more dossier", other: ", and # more dossiers" })}`,
    periodic: (cadence, resurfaced, possible, corrections, items) =>
      `${cadence === "weekly" ? "Your week" : "Your day"}: ${[
        ...(resurfaced > 0 ? [en.resurfaced(resurfaced)] : []),
        ...(possible > 0 ? [en.possible(possible)] : []),
        ...(corrections > 0 ? [en.corrections(corrections)] : []),
        ...(items > 0 ? [en.items(items)] : []),
      ].join(", ")}`,
    correction: (dossier) => `Correction: ${dossier}`,
    confirm: "Please confirm your subscription",
    welcome: "Your subscription is confirmed",
    known: "You are subscribed already",
    exported: "What is kept about you",
    quiet: (cadence) => (cadence === "weekly" ? "A quiet week" : "A quiet day"),
  },
  digest: {
    before: (stage, date) => `Before: ${stage}, ${date}`,
    now: (stage, date) => `Now: ${stage}, ${date}`,
    reportedBy: {
      record: "from an official record",
      institution: "from the institution itself",
      press: "reported by the press",
    },
    words: "Words that matched",
    themes: "Themes",
    arguments: "Arguments",
    forAccess: "for access",
    againstAccess: "against access",
    source: "Read the source",
    dossier: "The whole dossier",
    publishedLate: (published, seen) => `published late: dated ${published}, seen ${seen}`,
    alsoNew: "Also new",
    cameBack: "What came back",
    possible: "Reported, not confirmed",
    notConfirmed: "Not confirmed",
    readAll: "Read everything in the archive",
    thisIssue: "This mail in the archive",
    nothing: "Nothing you follow moved.",
    corrected: "Corrected since: this was no comeback.",
  },
  correction: {
    heading: "Corrections",
    told: (date, what) => `We wrote on ${date}: ${what}`,
    byOperator: (words) => `We take this back. The reason given: ${words}`,
    byMove: (dossier) => `We take this back: the report belongs to another dossier, ${dossier}.`,
    byLateItem: (date) =>
      `We take this back: an item dated ${date}, which reached us only later, changes what went before:`,
    unclear: "We take this back: what we have read since no longer bears it out.",
    event: "What we know of it",
  },
  footer: {
    why: (cadence, filters) => `You get this because you asked for it: ${cadence}; ${filters}.`,
    whyEvent: (dossier) => `You follow ${dossier}.`,
    all: "everything",
    coverage: (checked, failing, items) =>
      `${plural(checked, { one: "# feed checked", other: "# feeds checked" })}, ${plural(failing, { one: "# failing", other: "# failing" })}, ${plural(items, { one: "# item read", other: "# items read" })} so far.`,
    contact: "Who runs this",
    unsubscribe: "Unsubscribe",
    preferences: "Change what you get",
    archive: "Archive",
    noTracking: "No images, no tracking: links lead straight to their source.",
  },
  confirm: {
    hello: "Somebody, you we hope, asked for mail from backdoor-watch at this address.",
    asked: (cadence, filters) => `Asked for: ${cadence}; ${filters}.`,
    button: "Confirm the subscription",
    ignore: "If it was not you, do nothing: without a confirmation no more mail comes.",
    lifetime: (days) => `The link is good for ${plural(days, { one: "# day", other: "# days" })}.`,
    sample: (count) =>
      count === 0
        ? "In the last 90 days this would have sent nothing."
        : `In the last 90 days this would have sent ${plural(count, { one: "# entry", other: "# entries" })}, such as:`,
  },
  welcome: {
    moreDossiers: (count) => plural(count, { one: "# more dossier", other: "# more dossiers" }),
    hello: "Your subscription is confirmed. This is where what you follow stands today:",
    state: "State",
    nothing: "Nothing that you follow has moved yet.",
    quietSince: (date) => `last move ${date}`,
  },
  known: {
    hello: "Somebody, you perhaps, asked for mail from backdoor-watch at this address.",
    nothing: "You are subscribed already, and nothing was changed. To change what you get:",
  },
  exported: { hello: "This is all that is kept about you, as you asked by your link." },
};
