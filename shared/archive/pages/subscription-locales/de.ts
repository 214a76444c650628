// The pages behind a mail's links, in German.
import type { SubscriptionWords } from "../subscription-words.ts";

export const de: SubscriptionWords = {
  address: "Für",
  confirmTitle: "Abonnement bestätigen",
  confirmAsk:
    "Ein Druck auf den Knopf, und die Mails kommen wie bestellt. Vorher geschieht nichts.",
  confirmButton: "Ja, abonnieren",
  confirmed: "Sie sind angemeldet",
  confirmedBody: "Jede Mail hat einen Link zum Ändern oder Beenden. Eine erste Mail ist unterwegs.",
  unsubscribeTitle: "Abbestellen",
  unsubscribeAsk:
    "Ein Druck auf den Knopf, und es kommt nichts mehr. Ihre Adresse wird dabei gelöscht.",
  unsubscribeButton: "Abbestellen",
  unsubscribed: "Sie sind abgemeldet",
  unsubscribedBody: "Es kommt nichts mehr, und Ihre Adresse ist gelöscht.",
  badTitle: "Dieser Link funktioniert nicht",
  badBody:
    "Er ist nicht vollständig, oder wofür er war, ist beendet. Neuere Mails haben neuere Links.",
  expiredBody:
    "Er ist zu alt. Eine neuere Mail hat einen neueren Link; oder melden Sie sich neu an.",
  later: "Noch nicht",
  laterBody:
    "Was bisher für Sie gesammelt wurde, muss zuerst hinaus und kann gerade nicht verschickt werden. Nichts wurde geändert: Bitte versuchen Sie es etwas später noch einmal.",
  preferencesTitle: "Was Sie erhalten",
  cadence: "Wie oft",
  language: "Sprache der Mails",
  timezone: "Zeitzone",
  themes: "Themen",
  jurisdictions: "Länder und Institutionen",
  dossiers: "Vorgänge",
  noneMeansAll: "Nichts gewählt heißt alles.",
  quietNote: "Ein Satz auch, wenn nichts geschah",
  possible: "In täglicher und wöchentlicher Mail auch, was gemeldet und nicht bestätigt ist",
  save: "Speichern",
  pause: "Alle Mails aussetzen",
  pauseNote: "Was in der Pause kommt, wird nicht nachgesandt.",
  paused: "Alle Mails sind ausgesetzt.",
  resume: "Mails wieder aufnehmen",
  exportButton: "Mir mailen, was über mich gespeichert ist",
  exportNote: "Es geht in Ihr Postfach, nie auf diese Seite.",
  deleteButton: "Alles löschen",
  deleteNote: "Nur eine verschlüsselte Marke bleibt, damit keine alte Sicherung Ihnen schreibt.",
  exportTooSoon:
    "Es wurde Ihnen in den letzten vierundzwanzig Stunden gemailt oder ist unterwegs: Sehen Sie in Ihr Postfach. Einen Tag später können Sie es erneut anfordern.",
  deleteTitle: "Alles löschen?",
  deleteAsk:
    "Es kommt nichts mehr; Ihre Adresse, Ihre Auswahl und was über Mails an Sie vermerkt ist, werden gelöscht. Das lässt sich nicht rückgängig machen.",
  deleteConfirm: "Ja, alles löschen",
  deleteBack: "Nein, zurück",
  done: {
    save: "Gespeichert.",
    pause: "Ausgesetzt. Was inzwischen kommt, wird nicht nachgesandt.",
    resume: "Ab jetzt kommen wieder Mails.",
    export: "Unterwegs in Ihr Postfach.",
    delete: "Gelöscht.",
  },
  problems: "Bitte sehen Sie das noch einmal an",
  wrong: {
    email: "Das ist keine einfache Mailadresse wie name@example.org.",
    cadence: "Mails kommen sofort, täglich oder wöchentlich.",
    themes: "Dieses Thema gibt es nicht.",
    jurisdictions: "Dieses Land gibt es nicht: zwei Großbuchstaben wie DE, oder EU, oder INT.",
    dossiers: "Ein Vorgang dieses Namens wird hier nicht verfolgt.",
    language: "Mails kommen auf Englisch, Französisch oder Deutsch.",
    timezone: "Das ist keine Zeitzone. Eine heißt zum Beispiel Europe/Berlin.",
  },
  problemsBack: "Gehen Sie im Browser zurück: Ihre Eingaben stehen noch da. Nichts wurde geändert.",
  accepted: "Sehen Sie in Ihr Postfach",
  acceptedBody:
    "Wenn diese Adresse Mails von uns erhalten kann, ist ein Link zum Bestätigen unterwegs. Ohne Bestätigung kommt nichts weiter.",
  acceptedWait:
    "In der Regel kommt er binnen Minuten. Er kann einige Stunden brauchen, wenn viele zugleich oder aus einem Netz sich anmelden, und einen Tag nach einer Abbestellung.",
  mailboxHere: "Kein Mailserver ist eingestellt, die Mails bleiben auf diesem Rechner:",
  mailboxLink: "zum Postfach",
  refused: "Heute nicht",
  refusedBody: {
    client:
      "Aus Ihrem Netz kamen heute mehr Anmeldungen, als wir bedienen können. Von dieser wurde nichts behalten: Bitte versuchen Sie es morgen noch einmal.",
    everybody:
      "Heute kamen mehr Anmeldungen, als wir bedienen können. Von dieser wurde nichts behalten: Bitte versuchen Sie es in einer Stunde noch einmal.",
  },
  privacy: "Was gespeichert wird, und wie",
};
