// The pages behind a mail's links, in the language of the mail.
import type { MailLanguage } from "../../domain/vocabulary.ts";

export interface SubscriptionWords {
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
  readonly save: string;
  readonly pause: string;
  readonly pauseNote: string;
  readonly paused: string;
  readonly resume: string;
  readonly exportButton: string;
  readonly exportNote: string;
  readonly deleteButton: string;
  readonly deleteNote: string;
  readonly done: Readonly<Record<"save" | "pause" | "resume" | "export" | "delete", string>>;
  readonly problems: string;
  readonly accepted: string;
  readonly acceptedBody: string;
  readonly privacy: string;
}

const en: SubscriptionWords = {
  confirmTitle: "Confirm your subscription",
  confirmAsk:
    "Press the button, and mail will come to this address as asked. Nothing happens before.",
  confirmButton: "Yes, subscribe me",
  confirmed: "You are subscribed",
  confirmedBody:
    "Each mail has a link to change or end it. A first mail with the state of what you follow is on its way.",
  unsubscribeTitle: "Unsubscribe",
  unsubscribeAsk: "Press the button, and no more mail will come. Your address is deleted with it.",
  unsubscribeButton: "Unsubscribe me",
  unsubscribed: "You are unsubscribed",
  unsubscribedBody: "No more mail will come, and your address is deleted.",
  badTitle: "This link does not work",
  badBody: "It is not complete, or what it was for has ended. Newer mails have newer links.",
  expiredBody: "It is too old. A newer mail has a newer link; or sign up again.",
  later: "Not yet",
  laterBody:
    "What was gathered for you so far must go out first, and cannot be mailed this minute. Nothing was changed: please try again a little later.",
  preferencesTitle: "What you get",
  cadence: "How often",
  language: "Language of the mail",
  timezone: "Time zone",
  themes: "Themes",
  jurisdictions: "Jurisdictions",
  dossiers: "Dossiers",
  noneMeansAll: "None chosen means all.",
  quietNote: "A line also when nothing happened",
  save: "Save",
  pause: "Pause all mail",
  pauseNote: "What comes in during the pause is not sent afterwards.",
  paused: "All mail is paused.",
  resume: "Go on with mail",
  exportButton: "Mail me what is kept about me",
  exportNote: "It goes to your mailbox, never to this page.",
  deleteButton: "Delete everything",
  deleteNote: "Only a keyed mark stays, so that a restored backup cannot write to you.",
  done: {
    save: "Saved.",
    pause: "Paused. What comes in during the pause is not sent afterwards.",
    resume: "Mail goes on from now.",
    export: "On its way to your mailbox.",
    delete: "Deleted.",
  },
  problems: "Please look at this again",
  accepted: "Look into your mailbox",
  acceptedBody:
    "If this address can get mail from us, a message with a link to confirm is on its way. Without a confirmation nothing more comes.",
  privacy: "What is kept, and how",
};

const fr: SubscriptionWords = {
  confirmTitle: "Confirmer votre abonnement",
  confirmAsk:
    "Appuyez sur le bouton, et les messages viendront comme demandé. Rien ne se passe avant.",
  confirmButton: "Oui, m’abonner",
  confirmed: "Vous êtes abonné",
  confirmedBody:
    "Chaque message porte un lien pour changer ou arrêter. Un premier message est en route.",
  unsubscribeTitle: "Se désabonner",
  unsubscribeAsk:
    "Appuyez sur le bouton, et plus rien ne viendra. Votre adresse est effacée avec l’abonnement.",
  unsubscribeButton: "Me désabonner",
  unsubscribed: "Vous êtes désabonné",
  unsubscribedBody: "Plus rien ne viendra, et votre adresse est effacée.",
  badTitle: "Ce lien ne fonctionne pas",
  badBody:
    "Il n’est pas complet, ou ce qu’il concernait a pris fin. Les messages récents ont des liens récents.",
  expiredBody:
    "Il est trop ancien. Un message récent a un lien récent ; ou abonnez-vous de nouveau.",
  later: "Pas tout de suite",
  laterBody:
    "Ce qui a été réuni pour vous doit d’abord partir, et ne peut être envoyé en ce moment. Rien n’a été changé : réessayez un peu plus tard.",
  preferencesTitle: "Ce que vous recevez",
  cadence: "Fréquence",
  language: "Langue des messages",
  timezone: "Fuseau horaire",
  themes: "Thèmes",
  jurisdictions: "Pays et institutions",
  dossiers: "Dossiers",
  noneMeansAll: "Ne rien choisir, c’est tout choisir.",
  quietNote: "Un mot aussi quand rien ne s’est passé",
  save: "Enregistrer",
  pause: "Suspendre les messages",
  pauseNote: "Ce qui arrive pendant la pause ne sera pas envoyé ensuite.",
  paused: "Les messages sont suspendus.",
  resume: "Reprendre les messages",
  exportButton: "M’envoyer ce qui est conservé à mon sujet",
  exportNote: "Cela va dans votre boîte, jamais sur cette page.",
  deleteButton: "Tout effacer",
  deleteNote:
    "Seule reste une marque chiffrée, pour qu’une sauvegarde restaurée ne vous écrive pas.",
  done: {
    save: "Enregistré.",
    pause: "Suspendu. Ce qui arrive entre-temps ne sera pas envoyé.",
    resume: "Les messages reprennent à partir de maintenant.",
    export: "En route vers votre boîte.",
    delete: "Effacé.",
  },
  problems: "Merci de revoir ceci",
  accepted: "Regardez votre boîte",
  acceptedBody:
    "Si cette adresse peut recevoir nos messages, un lien de confirmation est en route. Sans confirmation, rien d’autre ne viendra.",
  privacy: "Ce qui est conservé, et comment",
};

const de: SubscriptionWords = {
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
  save: "Speichern",
  pause: "Alle Mails aussetzen",
  pauseNote: "Was in der Pause kommt, wird nicht nachgesandt.",
  paused: "Alle Mails sind ausgesetzt.",
  resume: "Mails wieder aufnehmen",
  exportButton: "Mir mailen, was über mich gespeichert ist",
  exportNote: "Es geht in Ihr Postfach, nie auf diese Seite.",
  deleteButton: "Alles löschen",
  deleteNote: "Nur eine verschlüsselte Marke bleibt, damit keine alte Sicherung Ihnen schreibt.",
  done: {
    save: "Gespeichert.",
    pause: "Ausgesetzt. Was inzwischen kommt, wird nicht nachgesandt.",
    resume: "Ab jetzt kommen wieder Mails.",
    export: "Unterwegs in Ihr Postfach.",
    delete: "Gelöscht.",
  },
  problems: "Bitte sehen Sie das noch einmal an",
  accepted: "Sehen Sie in Ihr Postfach",
  acceptedBody:
    "Wenn diese Adresse Mails von uns erhalten kann, ist ein Link zum Bestätigen unterwegs. Ohne Bestätigung kommt nichts weiter.",
  privacy: "Was gespeichert wird, und wie",
};

const WORDS: Readonly<Record<MailLanguage, SubscriptionWords>> = { en, fr, de };

export const subscriptionWords = (language: MailLanguage): SubscriptionWords => WORDS[language];
