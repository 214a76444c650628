// The pages behind a mail's links, in French.
import type { SubscriptionWords } from "../subscription-words.ts";

export const fr: SubscriptionWords = {
  address: "Pour",
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
  possible:
    "Dans les messages quotidiens et hebdomadaires, aussi ce qui est annoncé et non confirmé",
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
  exportTooSoon:
    "Cela vous a été envoyé dans les dernières vingt-quatre heures, ou est sur le point de l’être : regardez votre boîte. Un nouvel envoi pourra être demandé un jour après.",
  deleteTitle: "Tout effacer ?",
  deleteAsk:
    "Plus rien ne viendra ; votre adresse, vos choix et ce qui a été noté des envois sont effacés. C’est définitif.",
  deleteConfirm: "Oui, tout effacer",
  deleteBack: "Non, revenir",
  done: {
    save: "Enregistré.",
    pause: "Suspendu. Ce qui arrive entre-temps ne sera pas envoyé.",
    resume: "Les messages reprennent à partir de maintenant.",
    export: "En route vers votre boîte.",
    delete: "Effacé.",
  },
  problems: "Merci de revoir ceci",
  wrong: {
    email: "L’adresse n’est pas une adresse simple, comme nom@example.org.",
    cadence: "Les messages viennent aussitôt, chaque jour ou chaque semaine.",
    themes: "Ce thème n’existe pas.",
    jurisdictions: "Ce pays n’existe pas : deux capitales comme FR, ou EU, ou INT.",
    dossiers: "Aucun dossier de ce nom n’est suivi ici.",
    language: "Les messages viennent en anglais, en français ou en allemand.",
    timezone: "Ce n’est pas un fuseau horaire. Un fuseau s’écrit comme Europe/Paris.",
  },
  problemsBack:
    "Revenez en arrière dans votre navigateur : votre saisie y est encore. Rien n’a été changé.",
  accepted: "Regardez votre boîte",
  acceptedBody:
    "Si cette adresse peut recevoir nos messages, un lien de confirmation est en route. Sans confirmation, rien d’autre ne viendra.",
  acceptedWait:
    "Il arrive d’ordinaire en quelques minutes. Il peut tarder quelques heures quand beaucoup s’abonnent à la fois ou depuis un même réseau, et un jour après un désabonnement.",
  mailboxHere: "Aucun serveur de courrier n’est réglé ; les messages restent sur cette machine :",
  mailboxLink: "ouvrir la boîte",
  refused: "Pas aujourd’hui",
  refusedBody: {
    client:
      "Plus de demandes sont venues de votre réseau aujourd’hui que nous ne pouvons en servir. Rien n’a été gardé de celle-ci : réessayez demain.",
    everybody:
      "Plus de demandes sont venues aujourd’hui que nous ne pouvons en servir. Rien n’a été gardé de celle-ci : réessayez dans une heure.",
  },
  privacy: "Ce qui est conservé, et comment",
};
