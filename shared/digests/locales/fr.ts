// Les mails en français : espace insécable avant « : ; ? ! », zéro au singulier.
import type { Locale } from "./locale.ts";
import { pluralOf } from "./plural.ts";

const plural = pluralOf("fr");

const FROM = {
  rejected: "un rejet",
  withdrawn: "un retrait",
  postponed: "un report",
  lapsed: "une caducité",
  adopted: "une adoption",
} as const;

export const fr: Locale = {
  language: "fr",
  tag: "fr-FR",
  quote: (word) => `«\u00a0${word}\u00a0»`,
  colon: "\u00a0:",
  themes: {
    "french-politics": "Politique française",
    "technical-debate": "Débat technique",
    "government-intent": "Intentions des gouvernements",
    "crime-effectiveness": "Effet sur la criminalité",
    "democracy-privacy-culture": "Démocratie et vie privée",
    "eu-international": "Europe et international",
    "alternatives-providers-risks": "Alternatives, fournisseurs, risques",
  },
  arguments: {
    "assembly-versus-government": "L’Assemblée contre le gouvernement",
    "cheap-vote": "Un vote sans risque",
    "reversal-after-attack": "Volte-face après un attentat",
    "inevitable-leak": "La porte dérobée fuira",
    "managed-risk": "Le risque peut être maîtrisé",
    "whose-threat-model": "Quel modèle de menace\u00a0?",
    "master-key-custody": "Qui garde la clé maîtresse\u00a0?",
    ignorance: "Méconnaissance",
    "deliberate-power": "Extension délibérée du pouvoir",
    "pretext-rhetoric": "Rhétorique du prétexte",
    "criminals-move-on": "Les criminels iront ailleurs",
    "war-on-drugs-pretext": "Le narcotrafic comme prétexte",
    "surveillance-works-or-not": "La surveillance est-elle efficace\u00a0?",
    "opinion-framing": "Le cadrage de l’opinion",
    "privacy-institutions": "Institutions de la vie privée",
    "active-defence": "Se défendre soi-même",
    "eu-mandate-alive": "Le mandat européen reste vivant",
    "us-dependence": "Dépendance envers les États-Unis",
    "covert-capabilities": "Moyens clandestins",
    "device-exploits-metadata": "Piégeage des terminaux et métadonnées",
    "provider-resistance": "Les fournisseurs résistent",
    "ai-mass-surveillance": "IA et surveillance de masse",
  },
  stages: {
    proposed: "proposé",
    committee: "en commission",
    amended: "amendé",
    vote: "mis aux voix",
    adopted: "adopté",
    rejected: "rejeté",
    withdrawn: "retiré",
    postponed: "reporté",
    lapsed: "caduc",
    "in-force": "en vigueur",
    order: "ordonné",
    court: "devant un juge",
    leak: "divulgué",
    statement: "une déclaration",
    none: "signalé",
  },
  backFrom(from, days) {
    if (days === 0)
      return from === null || from === "quiet"
        ? "De retour"
        : `De retour le jour même, après ${FROM[from]}`;
    const quiet =
      days === null ? "" : plural(days, { one: "# jour de silence", other: "# jours de silence" });
    const state = from === null || from === "quiet" ? "" : FROM[from];
    const after = [state, quiet].filter((part) => part !== "").join(" et ");
    return after === "" ? "De retour" : `De retour après ${after}`;
  },
  newStage: (stage) => `Nouvelle étape\u00a0: ${stage}`,
  fromMemory: "de mémoire",
  cadences: {
    immediate: "aussitôt",
    daily: "chaque jour",
    weekly: "chaque semaine",
  },
  jurisdictions: { EU: "Union européenne", INT: "International" },
  moreItems: (count) => plural(count, { one: "encore # article", other: "encore # articles" }),
  alsoIn: (count) =>
    plural(count, { one: "aussi dans # autre source", other: "aussi dans # autres sources" }),
  resurfaced: (count) =>
    plural(count, { one: "# dossier de retour", other: "# dossiers de retour" }),
  possible: (count) =>
    plural(count, {
      one: "# retour annoncé, non confirmé",
      other: "# retours annoncés, non confirmés",
    }),
  items: (count) => plural(count, { one: "# nouvel article", other: "# nouveaux articles" }),
  corrections: (count) => plural(count, { one: "# rectification", other: "# rectifications" }),
  subject: {
    many: (first, more) =>
      `${first}${plural(more, { one: ", et # autre dossier", other: ", et # autres dossiers" })}`,
    periodic: (cadence, resurfaced, possible, corrections, items) =>
      `${cadence === "weekly" ? "Votre semaine" : "Votre journée"}\u00a0: ${[
        ...(resurfaced > 0 ? [fr.resurfaced(resurfaced)] : []),
        ...(possible > 0 ? [fr.possible(possible)] : []),
        ...(corrections > 0 ? [fr.corrections(corrections)] : []),
        ...(items > 0 ? [fr.items(items)] : []),
      ].join(", ")}`,
    correction: (dossier) => `Rectification\u00a0: ${dossier}`,
    confirm: "Merci de confirmer votre abonnement",
    welcome: "Votre abonnement est confirmé",
    known: "Vous êtes déjà abonné",
    exported: "Ce qui est conservé à votre sujet",
    quiet: (cadence) => (cadence === "weekly" ? "Une semaine calme" : "Une journée calme"),
  },
  digest: {
    before: (stage, date) => `Avant\u00a0: ${stage}, ${date}`,
    now: (stage, date) => `Maintenant\u00a0: ${stage}, ${date}`,
    reportedBy: {
      record: "d’un registre officiel",
      institution: "de l’institution elle-même",
      press: "rapporté par la presse",
    },
    words: "Mots reconnus",
    themes: "Thèmes",
    arguments: "Arguments",
    forAccess: "pour l’accès",
    againstAccess: "contre l’accès",
    source: "Lire la source",
    dossier: "Tout le dossier",
    publishedLate: (published, seen) => `publié tard\u00a0: daté du ${published}, vu le ${seen}`,
    alsoNew: "Aussi nouveau",
    cameBack: "Ce qui est de retour",
    possible: "Annoncé, non confirmé",
    notConfirmed: "Non confirmé",
    readAll: "Tout lire dans les archives",
    thisIssue: "Ce message dans les archives",
    nothing: "Rien de ce que vous suivez n’a bougé.",
    corrected: "Corrigé depuis\u00a0: ce n’était pas un retour.",
  },
  correction: {
    heading: "Rectifications",
    told: (date, what) => `Nous avons écrit le ${date}\u00a0: ${what}`,
    byOperator: (words) => `Nous retirons cette annonce. Raison donnée\u00a0: ${words}`,
    byMove: (dossier) =>
      `Nous retirons cette annonce\u00a0: l’article relève d’un autre dossier, ${dossier}.`,
    byLateItem: (date) =>
      `Nous retirons cette annonce\u00a0: un article daté du ${date}, qui ne nous est parvenu que plus tard, change ce qui précédait\u00a0:`,
    unclear: "Nous retirons cette annonce\u00a0: ce que nous avons lu depuis ne le confirme plus.",
    event: "Ce que nous en savons",
  },
  footer: {
    why: (cadence, filters) =>
      `Vous recevez ce message parce que vous l’avez demandé\u00a0: ${cadence}\u00a0; ${filters}.`,
    whyEvent: (dossier) => `Vous suivez ${dossier}.`,
    all: "tout",
    coverage: (checked, failing, items) =>
      `${plural(checked, { one: "# flux suivi", other: "# flux suivis" })}, ${plural(failing, { one: "# en panne", other: "# en panne" })}, ${plural(items, { one: "# article lu", other: "# articles lus" })} à ce jour.`,
    contact: "Qui s’en occupe",
    unsubscribe: "Se désabonner",
    preferences: "Changer ce que vous recevez",
    archive: "Archives",
    noTracking: "Ni images ni pistage\u00a0: les liens mènent droit à leur source.",
  },
  confirm: {
    hello:
      "Quelqu’un, vous nous l’espérons, a demandé à recevoir les messages de backdoor-watch à cette adresse.",
    asked: (cadence, filters) => `Demandé\u00a0: ${cadence}\u00a0; ${filters}.`,
    button: "Confirmer l’abonnement",
    ignore:
      "Si ce n’était pas vous, ne faites rien\u00a0: sans confirmation, rien d’autre ne viendra.",
    lifetime: (days) => `Le lien est valable ${plural(days, { one: "# jour", other: "# jours" })}.`,
    sample: (count) =>
      count === 0
        ? "Ces 90 derniers jours, ce choix n’aurait rien envoyé."
        : `Ces 90 derniers jours, ce choix aurait envoyé ${plural(count, { one: "# entrée", other: "# entrées" })}, par exemple\u00a0:`,
  },
  welcome: {
    moreDossiers: (count) => plural(count, { one: "encore # dossier", other: "encore # dossiers" }),
    hello: "Votre abonnement est confirmé. Voici où en est aujourd’hui ce que vous suivez\u00a0:",
    state: "État",
    nothing: "Rien de ce que vous suivez n’a encore bougé.",
    quietSince: (date) => `dernier mouvement le ${date}`,
  },
  known: {
    hello:
      "Quelqu’un, vous peut-être, a demandé à recevoir les messages de backdoor-watch à cette adresse.",
    nothing:
      "Vous êtes déjà abonné, et rien n’a été changé. Pour changer ce que vous recevez\u00a0:",
  },
  exported: {
    hello: "Voici tout ce qui est conservé à votre sujet, comme demandé par votre lien.",
  },
};
