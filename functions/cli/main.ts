// `npx backdoor-watch COMMAND`: the process around one command.
import type { Io } from "./io.ts";
import { runCommand, sayFailure } from "./run-command.ts";

// `… | head` closes its end early: that is no fault.
process.stdout.on("error", (cause: NodeJS.ErrnoException) => {
  if (cause.code === "EPIPE") process.exit(0);
  throw cause;
});

const io: Io = { stdin: process.stdin, stdout: process.stdout, stderr: process.stderr };
const argv = process.argv.slice(2);
const [name = ""] = argv;
// A service's crash is for its log, whole; a command's is a sentence.
if (name !== "start" && name !== "demo")
  process.on("uncaughtException", (cause) => process.exit(sayFailure(cause, name, process.stderr)));
process.exitCode = await runCommand(argv, io);
