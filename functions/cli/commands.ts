// Every command: how it is loaded, and what its verbs do to the installation's data.
import type { Ports } from "../../shared/flows/ports.ts";
import type { Io } from "./io.ts";
import { nearest } from "./nearest.ts";
import { type CommandName, usageOf } from "./usage.ts";

export type Run = (argv: string[], io: Io) => Promise<number>;
type RunOnPorts = (argv: string[], io: Io, ports: Ports) => Promise<number>;

interface Data {
  /** By the first argument; a command without verbs has the one of no name. */
  readonly verbs: Readonly<Record<string, "reads" | "writes">>;
  /** True where the feed catalogue is among what it reads. */
  readonly catalogue?: boolean;
  readonly load: () => Promise<RunOnPorts>;
}

/** A command on the installation's data: opened before, closed after, and not at all for a word that is no verb. */
const onData =
  (name: CommandName, { verbs, catalogue = false, load }: Data): Run =>
  async (argv, io) => {
    const hasVerbs = !("" in verbs);
    const verb = hasVerbs ? (argv[0] ?? "") : "";
    const access = Object.hasOwn(verbs, verb) ? verbs[verb] : undefined;
    if (access === undefined || (!hasVerbs && argv.length > 0)) {
      const meant = nearest(verb, Object.keys(verbs));
      const maybe = meant === null ? "" : ` Did you mean '${meant}'?`;
      if (hasVerbs && verb !== "") io.stderr.write(`${name}: there is no '${verb}'.${maybe}\n`);
      io.stderr.write(usageOf(name));
      return 2;
    }
    const run = await load();
    const { openWorld } = await import("./world.ts");
    const world = await openWorld(io, { access, catalogue });
    try {
      // A new installation knows its catalogue from its first command on.
      if (catalogue) await world.ports.store.seedFeeds(world.feeds, world.ports.now());
      const code = await run(argv, io, world.ports);
      return code === 0 && world.badLines > 0 ? 2 : code;
    } finally {
      await world.close();
    }
  };

/** Its settings are environment variables: an argument would be passed over. */
const alone =
  (name: CommandName, load: () => Promise<Run>): Run =>
  async (argv, io) => {
    if (argv.length === 0) return (await load())(argv, io);
    io.stderr.write(`${name}: takes no arguments, and got '${argv[0]}'\n${usageOf(name)}`);
    return 2;
  };

export const COMMANDS: Readonly<Record<CommandName, Run>> = {
  start: alone("start", async () => {
    const { start } = await import("../local/start.ts");
    return () => start(process.env);
  }),
  demo: alone("demo", async () => (await import("../local/demo.ts")).runDemo),
  tick: async (argv, io) => (await import("./tick.ts")).runTick(argv, io),
  parse: async (argv, io) => (await import("./parse.ts")).runParse(argv, io),
  classify: async (argv, io) => (await import("./classify.ts")).runClassify(argv, io),
  explain: async (argv, io) => (await import("./explain.ts")).runExplain(argv, io),
  replay: async (argv, io) => (await import("./replay.ts")).runReplay(argv, io),
  eval: async (argv, io) => (await import("./eval.ts")).runEval(argv, io),
  train: async (argv, io) => (await import("./train.ts")).runTrain(argv, io),
  feeds: onData("feeds", {
    verbs: {
      list: "reads",
      check: "reads",
      add: "writes",
      remove: "writes",
      import: "writes",
      export: "reads",
    },
    catalogue: true,
    load: async () => (await import("./feeds.ts")).runFeeds,
  }),
  events: onData("events", {
    verbs: { list: "reads", show: "reads", confirm: "writes", reject: "writes", retract: "writes" },
    load: async () => (await import("./events.ts")).runEvents,
  }),
  dossiers: onData("dossiers", {
    verbs: {
      list: "reads",
      show: "reads",
      "set-stage": "writes",
      merge: "writes",
      split: "writes",
      forget: "writes",
      mute: "writes",
      unmute: "writes",
    },
    load: async () => (await import("./dossiers.ts")).runDossiers,
  }),
  subscribers: onData("subscribers", {
    verbs: { list: "reads", export: "reads", import: "writes", remove: "writes" },
    load: async () => (await import("./subscribers.ts")).runSubscribers,
  }),
  digest: onData("digest", {
    verbs: { preview: "reads", send: "reads" },
    load: async () => (await import("./digest.ts")).runDigest,
  }),
  reclassify: onData("reclassify", {
    verbs: { "": "writes" },
    load: async () => (await import("./reclassify.ts")).runReclassify,
  }),
  backup: async (argv, io) => (await import("./backup.ts")).runBackup(argv, io),
  restore: async (argv, io) => (await import("./backup.ts")).runRestore(argv, io),
};
