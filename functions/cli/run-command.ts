// One command line, from its words to its exit code; each command lives in a file of its own.
import { COMMANDS } from "./commands.ts";
import type { Io } from "./io.ts";
import { nearest } from "./nearest.ts";
import { type CommandName, USAGES, usageOf } from "./usage.ts";

const NAMES = Object.keys(USAGES) as CommandName[];
const isCommand = (name: string): name is CommandName => Object.hasOwn(USAGES, name);
const isHelp = (word: string): boolean => word === "--help" || word === "-h";

function overview(): string {
  const width = Math.max(...NAMES.map((name) => name.length));
  const lines = NAMES.map((name) => `  ${name.padEnd(width)}  ${USAGES[name].brief}`);
  return `usage: backdoor-watch COMMAND\n${lines.join("\n")}\n\nbackdoor-watch COMMAND --help says more of one.\n`;
}

/** True where help is asked for among the options; after `--` stand words of the command's own. */
function asksForHelp(argv: readonly string[]): boolean {
  const end = argv.indexOf("--");
  return argv.slice(0, end === -1 ? argv.length : end).some(isHelp);
}

function unknown(name: string, io: Io): number {
  const meant = nearest(name, [...NAMES, "help"]);
  const maybe = meant === null ? "" : ` Did you mean '${meant}'?`;
  io.stderr.write(`backdoor-watch: there is no command '${name}'.${maybe}\n${overview()}`);
  return 2;
}

async function find(argv: readonly string[], io: Io): Promise<number> {
  const [name, ...rest] = argv;
  if (name === undefined) {
    io.stderr.write(overview());
    return 2;
  }
  if (isHelp(name) || name === "help") {
    const [topic] = rest;
    if (topic !== undefined && !isHelp(topic) && !isCommand(topic)) return unknown(topic, io);
    io.stdout.write(topic !== undefined && isCommand(topic) ? usageOf(topic) : overview());
    return 0;
  }
  if (!isCommand(name)) return unknown(name, io);
  if (asksForHelp(rest)) {
    io.stdout.write(usageOf(name));
    return 0;
  }
  return COMMANDS[name](rest, io);
}

/** @returns the exit code: 2 for arguments that are wrong, 1 for work that failed */
export function sayFailure(cause: unknown, name: string, stderr: Io["stderr"]): number {
  const error = cause instanceof Error ? cause : new Error(String(cause));
  const code = String((error as NodeJS.ErrnoException).code ?? "");
  const isMisuse = code.startsWith("ERR_PARSE_ARGS");
  // What Node says after the first sentence is about its own parser.
  const message = isMisuse ? error.message.replace(/\. To specify .*$/s, "") : error.message;
  const more = isMisuse ? `\n'backdoor-watch ${name} --help' says what there is` : "";
  stderr.write(`${isMisuse ? name : "backdoor-watch"}: ${message}${more}\n`);
  if (process.env["DEBUG"] !== undefined) stderr.write(`${error.stack}\n`);
  return isMisuse ? 2 : 1;
}

/** @returns the exit code; whatever goes wrong is a sentence on standard error */
export async function runCommand(argv: readonly string[], io: Io): Promise<number> {
  try {
    return await find(argv, io);
  } catch (cause) {
    return sayFailure(cause, argv[0] ?? "", io.stderr);
  }
}
