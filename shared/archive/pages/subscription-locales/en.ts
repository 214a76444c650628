// The pages behind a mail's links, in English.
import type { SubscriptionWords } from "../subscription-words.ts";

export const en: SubscriptionWords = {
  address: "For",
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
  possible: "In daily and weekly mail, also what is reported and not confirmed",
  save: "Save",
  pause: "Pause all mail",
  pauseNote: "What comes in during the pause is not sent afterwards.",
  paused: "All mail is paused.",
  resume: "Go on with mail",
  exportButton: "Mail me what is kept about me",
  exportNote: "It goes to your mailbox, never to this page.",
  deleteButton: "Delete everything",
  deleteNote: "Only a keyed mark stays, so that a restored backup cannot write to you.",
  exportTooSoon:
    "It was mailed to you within the last day, or is about to be: look into your mailbox. Another one can be asked for a day after.",
  deleteTitle: "Delete everything?",
  deleteAsk:
    "No more mail will come, and your address, your choices and what was noted of mails to you are deleted. This cannot be undone.",
  deleteConfirm: "Yes, delete everything",
  deleteBack: "No, go back",
  done: {
    save: "Saved.",
    pause: "Paused. What comes in during the pause is not sent afterwards.",
    resume: "Mail goes on from now.",
    export: "On its way to your mailbox.",
    delete: "Deleted.",
  },
  problems: "Please look at this again",
  wrong: {
    email: "The mail address is not one plain address, such as name@example.org.",
    cadence: "How often mail comes is at once, daily or weekly.",
    themes: "There is no such theme.",
    jurisdictions: "There is no such country: two capital letters such as GB, or EU, or INT.",
    dossiers: "No dossier of this name is followed here.",
    language: "Mail comes in English, French or German.",
    timezone: "This is no time zone. One looks like Europe/Paris.",
  },
  problemsBack: "Go back in your browser: what you filled in is still there. Nothing was changed.",
  accepted: "Look into your mailbox",
  acceptedBody:
    "If this address can get mail from us, a message with a link to confirm is on its way. Without a confirmation nothing more comes.",
  acceptedWait:
    "It is there within minutes as a rule. It can take some hours where many sign up at once or from one network, and a day after one has left.",
  mailboxHere: "No mail server is set, so mail stays on this machine:",
  mailboxLink: "open the mailbox",
  refused: "Not today",
  refusedBody: {
    client:
      "More sign-ups came from your network today than we can mail. Nothing was kept of this one: please try again tomorrow.",
    everybody:
      "More sign-ups came today than we can mail. Nothing was kept of this one: please try again in an hour.",
  },
  privacy: "What is kept, and how",
};
