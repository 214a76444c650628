// Die Mails auf Deutsch.
import type { Locale } from "./locale.ts";
import { pluralOf } from "./plural.ts";

const plural = pluralOf("de");

const FROM = {
  rejected: "nach Ablehnung",
  withdrawn: "nach Rücknahme",
  postponed: "nach Vertagung",
  lapsed: "nach Verfall",
  adopted: "nach Annahme",
} as const;

export const de: Locale = {
  language: "de",
  tag: "de-DE",
  quote: (word) => `„${word}“`,
  colon: ":",
  themes: {
    "french-politics": "Französische Politik",
    "technical-debate": "Technische Debatte",
    "government-intent": "Absichten der Regierungen",
    "crime-effectiveness": "Wirkung auf Kriminalität",
    "democracy-privacy-culture": "Demokratie und Privatsphäre",
    "eu-international": "EU und international",
    "alternatives-providers-risks": "Alternativen, Anbieter, Risiken",
  },
  arguments: {
    "assembly-versus-government": "Parlament gegen Regierung",
    "cheap-vote": "Eine billige Abstimmung",
    "reversal-after-attack": "Kehrtwende nach einem Anschlag",
    "inevitable-leak": "Die Hintertür wird bekannt",
    "managed-risk": "Das Risiko ist beherrschbar",
    "whose-threat-model": "Wessen Bedrohungsmodell?",
    "master-key-custody": "Wer verwahrt den Generalschlüssel?",
    ignorance: "Unkenntnis",
    "deliberate-power": "Gewollte Ausweitung der Macht",
    "pretext-rhetoric": "Rhetorik des Vorwands",
    "criminals-move-on": "Kriminelle weichen aus",
    "war-on-drugs-pretext": "Drogenhandel als Vorwand",
    "surveillance-works-or-not": "Wirkt Überwachung?",
    "opinion-framing": "Rahmung der Meinung",
    "privacy-institutions": "Institutionen des Datenschutzes",
    "active-defence": "Sich selbst schützen",
    "eu-mandate-alive": "Das EU-Mandat lebt",
    "us-dependence": "Abhängigkeit von den USA",
    "covert-capabilities": "Verdeckte Fähigkeiten",
    "device-exploits-metadata": "Staatstrojaner und Metadaten",
    "provider-resistance": "Anbieter wehren sich",
    "ai-mass-surveillance": "KI und Massenüberwachung",
  },
  stages: {
    proposed: "vorgeschlagen",
    committee: "im Ausschuss",
    amended: "geändert",
    vote: "zur Abstimmung gestellt",
    adopted: "angenommen",
    rejected: "abgelehnt",
    withdrawn: "zurückgezogen",
    postponed: "vertagt",
    lapsed: "verfallen",
    "in-force": "in Kraft",
    order: "angeordnet",
    court: "vor Gericht",
    leak: "durchgesickert",
    statement: "eine Erklärung",
    none: "gemeldet",
  },
  backFrom(from, days) {
    if (days === 0)
      return from === null || from === "quiet" ? "Zurück" : `Zurück ${FROM[from]} am selben Tag`;
    const quiet =
      days === null ? "" : plural(days, { one: "# Tag Stille", other: "# Tagen Stille" });
    if (from === null || from === "quiet") return quiet === "" ? "Zurück" : `Zurück nach ${quiet}`;
    return quiet === "" ? `Zurück ${FROM[from]}` : `Zurück ${FROM[from]} und ${quiet}`;
  },
  newStage: (stage) => `Neuer Stand: ${stage}`,
  fromMemory: "aus dem Gedächtnis",
  cadences: { immediate: "sofort", daily: "täglich", weekly: "wöchentlich" },
  jurisdictions: { EU: "Europäische Union", INT: "International" },
  moreItems: (count) => plural(count, { one: "# weitere Meldung", other: "# weitere Meldungen" }),
  alsoIn: (count) =>
    plural(count, { one: "auch in # weiteren Quelle", other: "auch in # weiteren Quellen" }),
  resurfaced: (count) =>
    plural(count, { one: "# Vorgang ist zurück", other: "# Vorgänge sind zurück" }),
  possible: (count) =>
    plural(count, {
      one: "# gemeldete Rückkehr, nicht bestätigt",
      other: "# gemeldete Rückkehren, nicht bestätigt",
    }),
  items: (count) => plural(count, { one: "# neue Meldung", other: "# neue Meldungen" }),
  corrections: (count) => plural(count, { one: "# Berichtigung", other: "# Berichtigungen" }),
  subject: {
    many: (first, more) =>
      `${first}${plural(more, { one: " und # weiterer Vorgang", other: " und # weitere Vorgänge" })}`,
    periodic: (cadence, resurfaced, possible, corrections, items) =>
      `${cadence === "weekly" ? "Ihre Woche" : "Ihr Tag"}: ${[
        ...(resurfaced > 0 ? [de.resurfaced(resurfaced)] : []),
        ...(possible > 0 ? [de.possible(possible)] : []),
        ...(corrections > 0 ? [de.corrections(corrections)] : []),
        ...(items > 0 ? [de.items(items)] : []),
      ].join(", ")}`,
    correction: (dossier) => `Berichtigung: ${dossier}`,
    confirm: "Bitte bestätigen Sie Ihr Abonnement",
    welcome: "Ihr Abonnement ist bestätigt",
    known: "Sie sind bereits angemeldet",
    exported: "Was über Sie gespeichert ist",
    quiet: (cadence) => (cadence === "weekly" ? "Eine ruhige Woche" : "Ein ruhiger Tag"),
  },
  digest: {
    before: (stage, date) => `Zuvor: ${stage}, ${date}`,
    now: (stage, date) => `Jetzt: ${stage}, ${date}`,
    reportedBy: {
      record: "aus einem amtlichen Verzeichnis",
      institution: "von der Institution selbst",
      press: "von der Presse gemeldet",
    },
    words: "Erkannte Wörter",
    themes: "Themen",
    arguments: "Argumente",
    forAccess: "für den Zugang",
    againstAccess: "gegen den Zugang",
    source: "Zur Quelle",
    dossier: "Der ganze Vorgang",
    publishedLate: (published, seen) =>
      `spät veröffentlicht: datiert auf den ${published}, gesehen am ${seen}`,
    alsoNew: "Außerdem neu",
    cameBack: "Was zurück ist",
    possible: "Gemeldet, nicht bestätigt",
    notConfirmed: "Nicht bestätigt",
    readAll: "Alles im Archiv lesen",
    thisIssue: "Diese Mail im Archiv",
    nothing: "Nichts von dem, was Sie verfolgen, hat sich bewegt.",
    corrected: "Inzwischen berichtigt: Das war keine Rückkehr.",
  },
  correction: {
    heading: "Berichtigungen",
    told: (date, what) => `Am ${date} schrieben wir: ${what}`,
    byOperator: (words) => `Das nehmen wir zurück. Angegebener Grund: ${words}`,
    byMove: (dossier) =>
      `Das nehmen wir zurück: Die Meldung gehört zu einem anderen Vorgang, ${dossier}.`,
    byLateItem: (date) =>
      `Das nehmen wir zurück: Eine auf den ${date} datierte Meldung, die uns erst später erreichte, ändert, was davor war:`,
    unclear: "Das nehmen wir zurück: Was wir seither gelesen haben, bestätigt es nicht mehr.",
    event: "Was wir darüber wissen",
  },
  footer: {
    why: (cadence, filters) =>
      `Sie erhalten diese Mail, weil Sie darum gebeten haben: ${cadence}; ${filters}.`,
    whyEvent: (dossier) => `Sie verfolgen ${dossier}.`,
    all: "alles",
    coverage: (checked, failing, items) =>
      `${plural(checked, { one: "# Feed geprüft", other: "# Feeds geprüft" })}, ${plural(failing, { one: "# gestört", other: "# gestört" })}, ${plural(items, { one: "# Meldung gelesen", other: "# Meldungen gelesen" })} bis heute.`,
    contact: "Wer das betreibt",
    unsubscribe: "Abbestellen",
    preferences: "Ändern, was Sie erhalten",
    archive: "Archiv",
    noTracking: "Keine Bilder, kein Tracking: Links führen direkt zur Quelle.",
  },
  confirm: {
    hello: "Jemand, hoffentlich Sie, hat für diese Adresse Mails von backdoor-watch bestellt.",
    asked: (cadence, filters) => `Bestellt: ${cadence}; ${filters}.`,
    button: "Abonnement bestätigen",
    ignore: "Wenn Sie es nicht waren, tun Sie nichts: Ohne Bestätigung kommt nichts weiter.",
    lifetime: (days) => `Der Link gilt ${plural(days, { one: "# Tag", other: "# Tage" })}.`,
    sample: (count) =>
      count === 0
        ? "In den letzten 90 Tagen hätte diese Auswahl nichts gesendet."
        : `In den letzten 90 Tagen hätte diese Auswahl ${plural(count, { one: "# Eintrag", other: "# Einträge" })} gesendet, zum Beispiel:`,
  },
  welcome: {
    moreDossiers: (count) =>
      plural(count, { one: "# weiterer Vorgang", other: "# weitere Vorgänge" }),
    hello: "Ihr Abonnement ist bestätigt. So steht heute, was Sie verfolgen:",
    state: "Stand",
    nothing: "Nichts von dem, was Sie verfolgen, hat sich bisher bewegt.",
    quietSince: (date) => `letzte Bewegung am ${date}`,
  },
  known: {
    hello: "Jemand, vielleicht Sie, hat für diese Adresse Mails von backdoor-watch bestellt.",
    nothing: "Sie sind bereits angemeldet, und nichts wurde geändert. Ändern können Sie es hier:",
  },
  exported: { hello: "Das ist alles, was über Sie gespeichert ist, wie über Ihren Link bestellt." },
};
