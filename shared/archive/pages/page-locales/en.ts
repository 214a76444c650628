// The archive's pages in English; what the mail says too is in the mail's own words (digests/locales).

export const en = {
  days: { one: "# day", other: "# days" },
  semicolon: "; ",
  layout: {
    skip: "Skip to the content",
    pages: "Pages",
    menu: {
      "/": "What came back",
      "/dossiers": "Dossiers",
      "/jurisdictions": "Countries",
      "/themes": "Themes",
      "/items": "Items",
      "/feeds": "Feeds",
      "/subscribe": "Subscribe",
    },
    foot: { about: "About", accuracy: "Accuracy", privacy: "Privacy", health: "Health" },
    languages: "Languages",
  },
  event: {
    opened: "A move on a bill that the registry does not hold",
    possiblyOpened: "Possibly a move on a bill that the registry does not hold",
  },
  dossier: {
    opened: (day: string) => `opened ${day}`,
    dormant: "dormant",
    active: "active",
    /** "Rejected on 20 March 2025" */
    since: (stage: string, day: string) => `${stage} on ${day}`,
    quietFor: (days: string) => `quiet for ${days}`,
    lastMove: (days: string) => `${days} since its last official move`,
    never: "No official move is known yet",
    nextIsNews: "the next official move is a comeback",
    quietTitle: "What “quiet” means",
    quietMeans: (days: string) =>
      `Days are counted from the last official move: a bill, a vote, an order, a ruling. Articles, speeches and petitions do not count. After ${days} without one, this dossier is quiet; one that was rejected, withdrawn, postponed or has lapsed is dormant from that day. The next official move is then told as a comeback.`,
    references: "References",
    aliases: "Also known as",
    items: "Its items",
    subscribe: "Be mailed about this one",
    drawing: "Its time line, to scale",
    drawn: (from: string, to: string, steps: number) =>
      `${steps} ${steps === 1 ? "step" : "steps"} from ${from} to ${to}.`,
    longest: (days: string, from: string, to: string) =>
      `The longest silence lasted ${days}, from ${from} to ${to}.`,
    today: "today",
    hollow: "hollow: told by the press alone",
    quietBand: "no official move",
    marks: {
      open: "proposed, in committee, amended or voted on",
      passed: "adopted, in force or ordered",
      ended: "rejected, withdrawn, postponed or lapsed",
      court: "in court",
      said: "a statement or a leak",
      back: "came back",
    },
    story: "Its story, newest first",
    silence: (days: string) => `${days} without an official move`,
    source: "source",
    table: "The same as a table",
    columns: {
      day: "Day",
      step: "Step",
      quiet: "Quiet before",
      by: "Reported by",
      what: "What happened",
    },
    registry: "the registry",
    sisters: (place: string) => `Other dossiers: ${place}`,
    before: "went before",
    after: "followed from it",
    cite: "To cite this page",
    cited: (title: string, day: string) => `backdoor-watch, “${title}”, as of ${day}.`,
    states: {
      superseded: "superseded by a later item",
      retracted: "retracted",
      standing: "standing",
    },
  },
  dossiers: {
    title: "Dossiers",
    lede: "Each bill, proposal or demand, followed over the years. A dormant one that makes an official move has come back.",
    columns: { dossier: "Dossier", where: "Where", stage: "Stands at", last: "Last move" },
    more: "More dossiers",
    none: "No dossier is at home there.",
    all: "All dossiers",
  },
  subscribe: {
    title: "Subscribe",
    heading: "Be told when something comes back",
    lede: "You confirm by a link in a mail, and stop with one click. Your address is kept encrypted; nothing in our mails tracks you. Tick nothing to be told of everything.",
    address: "Mail address",
    cadences: {
      immediate: "at once",
      daily: "daily, if there is news",
      weekly: "weekly, if there is news",
    },
    certain: "Only certain dossiers",
    button: "Send me the link to confirm",
  },
};

/** What each language must be able to say. */
export type PageWords = typeof en;
