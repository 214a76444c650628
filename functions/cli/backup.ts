// `backup` and `restore`: a copy of the installation, and the way back from it.
import { parseArgs } from "node:util";
import { LocalSettings, readSettings } from "../../shared/settings.ts";
import { backUp, restore } from "../local/backup.ts";
import type { Io } from "./io.ts";
import { type CommandName, usageOf } from "./usage.ts";

/** @throws Error where the table is not in the data directory */
function dataDirOf(): string {
  const settings = readSettings(LocalSettings, process.env);
  if (settings.DYNAMODB_ENDPOINT !== undefined)
    throw new Error("DYNAMODB_ENDPOINT is set: the table is to be backed up where it is kept");
  return settings.DATA_DIR;
}

function misuse(name: CommandName, io: Io): number {
  io.stderr.write(`${name}: name one folder\n${usageOf(name)}`);
  return 2;
}

export async function runBackup(argv: string[], io: Io): Promise<number> {
  const { positionals } = parseArgs({ args: argv, allowPositionals: true });
  const [folder, ...more] = positionals;
  if (folder === undefined || more.length > 0) return misuse("backup", io);
  const mails = await backUp(dataDirOf(), folder);
  io.stdout.write(`${folder}: the database, the keys and ${mails} mails of the mailbox.\n`);
  return 0;
}

export async function runRestore(argv: string[], io: Io): Promise<number> {
  const { positionals, values } = parseArgs({
    args: argv,
    allowPositionals: true,
    options: { replace: { type: "boolean", default: false } },
  });
  const [folder, ...more] = positionals;
  if (folder === undefined || more.length > 0) return misuse("restore", io);
  const dataDir = dataDirOf();
  const done = await restore(folder, dataDir, { replace: values.replace, now: new Date() });
  const lost = done.replacedSeen ?? "INSTANT";
  io.stdout.write(`${dataDir} holds what ${folder} held.\n`);
  if (done.movedTo !== null) io.stdout.write(`What was there is in ${done.movedTo}.\n`);
  io.stdout.write(
    `Before it mails: what the lost installation mailed after this copy (${done.copySeen ?? "which mailed nothing"}) is not in it. Say until when that one was at work, or people are mailed twice:
  RESUME_AFTER=${lost} npx backdoor-watch digest send --dry-run
  RESUME_AFTER=${lost} npm start
${done.replacedSeen === null ? "INSTANT is such as 2026-03-01T06:00:00Z; how to find it: docs/runbook.md#restoring-a-backup\n" : "That is when what was replaced last looked for mail to send; a later instant errs towards not telling.\n"}`,
  );
  return 0;
}
