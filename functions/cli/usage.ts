// What each command says of itself: the words of `COMMAND --help`, and of a refusal.

/** One line in the list of all commands, then all there is to know. */
export interface Usage {
  readonly brief: string;
  readonly usage: string;
}

const LINES_IN = `Items are JSON objects, one a line; only "title" is required. A line that is none is named on standard error with its
field, the others are read, and the command ends with 2.`;
const DATA = `Works on the installation in DATA_DIR (.data unless told): give it the service's own.`;

export const USAGES = {
  start: {
    brief: "run everything on this machine: polls, archive, mail",
    usage: `usage: backdoor-watch start

Follows the feeds and serves the archive until it is stopped. It takes no arguments; settings are environment variables:
PORT, HOST, DATA_DIR, FEEDS, MAIL_URL, PUBLIC_URL, OPERATOR_EMAIL and more, all in docs/operating.md.`,
  },
  demo: {
    brief: "see the whole system at work in a minute, without a network",
    usage: `usage: backdoor-watch demo

Ten months of a story through the real system, on sample feeds and a fast clock; archive and mailbox stay open until it is
stopped. Keeps nothing, unless DATA_DIR says where. PORT is 8080 or any that is free.`,
  },
  tick: {
    brief: "[--at INSTANT]  do once all that is due, and end (for cron)",
    usage: `usage: backdoor-watch tick [--at INSTANT]

Polls, detection, digests and sweeps that are due now, or at an instant such as 2026-03-01T06:00:00Z; prints what was done as
one JSON object. Ends with 2 where the feed catalogue has lines that are no feed (the others are followed).
${DATA}`,
  },
  parse: {
    brief: "[--url URL] [--content-type TYPE] < FEED  print a feed's items",
    usage: `usage: backdoor-watch parse [--url URL] [--content-type TYPE] < FEED

Reads one feed document from standard input and prints an item a line, as JSON, in the feed's order.
  --url URL             where it came from: what its relative links are relative to
  --content-type TYPE   what its server called it
Ends with 1 where the document is no feed, and says why.`,
  },
  classify: {
    brief: "< ITEMS  print what is decided of each item, with the words that made it",
    usage: `usage: backdoor-watch classify < ITEMS

Prints what is decided of each item, in order, as JSON: relevant, score, themes and arguments with the words that made each
decision, legislation, stage, jurisdiction, language, dossier.
${LINES_IN}`,
  },
  explain: {
    brief: "TEXT | --item ID  say how an item is read, what comes of it, and what was missing",
    usage: `usage: backdoor-watch explain [--json] [options] TITLE
       backdoor-watch explain [--json] --item ID

Says whether a text is relevant and by which words; what it reports, who acts, on which text and in which direction, clause by
clause; which dossier it belongs to and by what; what came of it there, or what would have made it news; and the sums behind it.
A text is read with the built-in registry, as the only item of its day; a stored item with what is stored.
  --summary TEXT        what its feed says below the title
  --language TAG        its feed's language, such as de
  --kind KIND           its feed's kind: parliament, government, regulator, press, ngo or community
  --jurisdiction CODE   where its feed is at home: two capitals, EU or INT
  --date YYYY-MM-DD     its day; today unless told
  --json                the same as data
With --item: ${DATA}`,
  },
  replay: {
    brief: "[--registry FILE] < STREAM  print the events that a stream of items raises",
    usage: `usage: backdoor-watch replay [--registry FILE] < STREAM

Feeds items, which must come in time order, through the live detection on the stream's own clock, and prints each event.
  --registry FILE   dossiers, as a JSON array or one a line, instead of the built-in ones; a bad entry is named and left out
${LINES_IN}`,
  },
  eval: {
    brief:
      "[--registry FILE] [--json] LABELLED  score the models and the detection on labelled items",
    usage: `usage: backdoor-watch eval [--registry FILE] [--json] LABELLED

Precision, recall and F1 on a file of labelled items; on a labelled stream, resurfacings found, false alarms and delays. A
class that nothing was labelled or found as has no figure (–, null with --json).
${LINES_IN}`,
  },
  train: {
    brief: "[FILE …]  learn the weights of the keyword models from labelled items",
    usage: `usage: backdoor-watch train [FILE ...] [--background FILE --labelled FILE ... --stream FILE ...]

Learns from tests/examples and these files, and writes shared/catalog/models/weights.json. Where a line is bad nothing is
written, and it ends with 2.`,
  },
  feeds: {
    brief: "list | check [ID] | add … | remove ID | import FILE | export",
    usage: `usage: backdoor-watch feeds COMMAND
  list [--json]              every feed: how it is doing, why, when it last worked, how often it has news
  check [ID ...]             fetch and read feeds now (all, unless told), storing nothing; a gone feed that answers is polled again
  add URL --title TITLE --kind KIND [--id ID] [--jurisdiction CODE] [--language TAG]
  remove ID
  import OPML [--kind KIND]  add the feeds of an OPML file (- is standard input); kind is press unless told
  export [OPML]              print the feeds as OPML
Ends with 2 where the feed catalogue has lines that are no feed (each is named, the others are there).
${DATA}`,
  },
  events: {
    brief: "list | show ID | confirm ID | reject ID | retract ID --reason TEXT",
    usage: `usage: backdoor-watch events COMMAND
  list [--possible] [--json]   newest first; with --possible those that wait for a verdict
  show ID                      one event: its words, the move before the silence
  confirm ID [--reason TEXT]   a possible event is news: it is mailed
  reject ID [--reason TEXT]    a possible event is none
  retract ID --reason TEXT     an event was a false alarm: shown as such, never mailed again
${DATA}`,
  },
  dossiers: {
    brief: "list | show ID | set-stage … | merge … | split … | mute … | forget …",
    usage: `usage: backdoor-watch dossiers COMMAND
  list                                          id, state, last move
  show ID                                       its moves and its state
  set-stage ID STAGE --reason TEXT [--at DATE]  where it stands, whatever the items say
  merge FROM INTO                               gives all moves of FROM to INTO, and mutes FROM
  split FROM INTO ITEM ...                      gives the moves of these items to INTO
  forget ID NAME [--reason TEXT]                takes back a name that items taught; list and show tell them
  mute ID | unmute ID [--reason TEXT]           a muted dossier is followed, and raises nothing
${DATA}`,
  },
  subscribers: {
    brief: "list | export | import FILE | remove ADDRESS",
    usage: `usage: backdoor-watch subscribers COMMAND
  list             ids, states and choices, without addresses
  export           addresses in plain, one JSON object a line, as import reads them
  import FILE      people who confirmed elsewhere; nobody who left here comes back
  remove ADDRESS   as its owner's own deletion: everything goes, and a keyed mark stays
${DATA}`,
  },
  digest: {
    brief: "preview [--to FILE] | send --dry-run",
    usage: `usage: backdoor-watch digest COMMAND
  preview [--to FILE.eml|FILE.html] [--cadence daily|weekly|immediate] [--language en|fr|de] [--timezone ZONE] [--days N]
          [--theme ID --jurisdiction CODE --dossier ID ...]   the mail of the last days (7), sent to nobody
  send --dry-run                                              counts what the next turn would send
${DATA}`,
  },
  reclassify: {
    brief: "bring the archive to the present models; mails nobody",
    usage: `usage: backdoor-watch reclassify

Decides every stored item again with the present models; mails nobody, and goes on where it was cut short. Ends with 1 where
items failed: the next run takes them up.
${DATA}`,
  },
  backup: {
    brief: "FOLDER  copy the installation, while it runs",
    usage: `usage: backdoor-watch backup FOLDER

Copies the database, the keys and the built-in mailbox into a new folder, which gets its name when it is whole. Keep it as safe
as the data folder: its keys open every stored address.
${DATA}`,
  },
  restore: {
    brief: "FOLDER [--replace]  go back to a backup",
    usage: `usage: backdoor-watch restore FOLDER [--replace]

Puts a backup's database, keys and mailbox into DATA_DIR (.data unless told), and says how to go on without mailing twice.
  --replace   what is there makes way, into a folder beside; stop backdoor-watch first`,
  },
} as const satisfies Record<string, Usage>;
export type CommandName = keyof typeof USAGES;

export const usageOf = (name: CommandName): string => `${USAGES[name].usage}\n`;
