// `npx backdoor-watch COMMAND`: one line per command; each lives in a file of its own, loaded when it is asked for.
import type { Ports } from "../../shared/flows/ports.ts";
import type { Io } from "./io.ts";

type Run = (argv: string[], io: Io) => Promise<number>;

interface Command {
  readonly help: string;
  readonly load: () => Promise<Run>;
}

/** A command that needs the installation's data: opened before, closed after. */
const withPorts =
  (run: (argv: string[], io: Io, ports: Ports) => Promise<number>): Run =>
  async (argv, io) => {
    const { openWorld } = await import("./world.ts");
    const world = await openWorld(io);
    try {
      // A new installation knows its catalogue from its first command on.
      await world.ports.store.seedFeeds(world.feeds, world.ports.now());
      return await run(argv, io, world.ports);
    } finally {
      await world.close();
    }
  };

const COMMANDS: Readonly<Record<string, Command>> = {
  start: {
    help: "run everything on this machine: polls, archive, mail",
    load: async () => {
      const { start } = await import("../local/start.ts");
      return () => start(process.env);
    },
  },
  demo: {
    help: "see the whole system at work in a minute, without a network",
    load: async () => (await import("../local/demo.ts")).runDemo,
  },
  tick: {
    help: "[--at INSTANT]  do once all that is due, and end (for cron)",
    load: async () => (await import("./tick.ts")).runTick,
  },
  parse: {
    help: "[--url URL] [--content-type TYPE] < FEED  print a feed's items",
    load: async () => (await import("./parse.ts")).runParse,
  },
  classify: {
    help: "< ITEMS  print what is decided of each item, with the words that made it",
    load: async () => (await import("./classify.ts")).runClassify,
  },
  explain: {
    help: "TEXT | --item ID  say why an item matched, or what was missing",
    load: async () => (await import("./explain.ts")).runExplain,
  },
  replay: {
    help: "[--registry FILE] < STREAM  print the events that a stream of items raises",
    load: async () => (await import("./replay.ts")).runReplay,
  },
  eval: {
    help: "[--registry FILE] [--json] LABELLED  score the models and the detection on labelled items",
    load: async () => (await import("./eval.ts")).runEval,
  },
  train: {
    help: "[FILE …]  learn the weights of the keyword models from labelled items",
    load: async () => (await import("./train.ts")).runTrain,
  },
  feeds: {
    help: "list | check [ID] | add … | remove ID | import FILE | export",
    load: async () => withPorts((await import("./feeds.ts")).runFeeds),
  },
  events: {
    help: "list | confirm ID | reject ID | retract ID --reason TEXT",
    load: async () => withPorts((await import("./events.ts")).runEvents),
  },
  dossiers: {
    help: "list | show ID | set-stage … | merge … | split … | mute …",
    load: async () => withPorts((await import("./dossiers.ts")).runDossiers),
  },
  subscribers: {
    help: "list | export | import FILE | remove ADDRESS",
    load: async () => withPorts((await import("./subscribers.ts")).runSubscribers),
  },
  digest: {
    help: "preview [--to FILE] | send --dry-run",
    load: async () => withPorts((await import("./digest.ts")).runDigest),
  },
  reclassify: {
    help: "bring the archive to the present models; mails nobody",
    load: async () => withPorts((await import("./reclassify.ts")).runReclassify),
  },
};

function usage(): string {
  const width = Math.max(...Object.keys(COMMANDS).map((name) => name.length));
  const lines = Object.entries(COMMANDS).map(
    ([name, { help }]) => `  ${name.padEnd(width)}  ${help}`,
  );
  return `usage: backdoor-watch COMMAND\n${lines.join("\n")}\n`;
}

async function main(argv: readonly string[]): Promise<number> {
  const io: Io = { stdin: process.stdin, stdout: process.stdout, stderr: process.stderr };
  const [name, ...rest] = argv;
  if (name === undefined || name === "help" || name === "--help") {
    (name === undefined ? io.stderr : io.stdout).write(usage());
    return name === undefined ? 2 : 0;
  }
  const command = Object.hasOwn(COMMANDS, name) ? COMMANDS[name] : undefined;
  if (command === undefined) {
    io.stderr.write(`backdoor-watch: there is no command '${name}'\n${usage()}`);
    return 2;
  }
  const run = await command.load();
  return run(rest, io);
}

// `… | head` closes its end early: that is no fault.
process.stdout.on("error", (cause: NodeJS.ErrnoException) => {
  if (cause.code === "EPIPE") process.exit(0);
  throw cause;
});

try {
  process.exitCode = await main(process.argv.slice(2));
} catch (cause) {
  const error = cause instanceof Error ? cause : new Error(String(cause));
  process.stderr.write(`backdoor-watch: ${error.message}\n`);
  if (process.env["DEBUG"] !== undefined) process.stderr.write(`${error.stack}\n`);
  process.exitCode = 1;
}
