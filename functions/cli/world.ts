// The installation that a command works on: the same data directory and settings as `npm start`.
import { LocalSettings, readSettings } from "../../shared/settings.ts";
import { composeLocal, type LocalWorld } from "../local/compose.ts";
import type { Io } from "./io.ts";

/** Its log goes to standard error: standard output is the command's answer. */
export async function openWorld(io: Io, now?: () => Date): Promise<LocalWorld> {
  const settings = readSettings(LocalSettings, process.env);
  return composeLocal(settings, {
    log: (record) => io.stderr.write(`${JSON.stringify(record)}\n`),
    ...(now === undefined ? {} : { now }),
  });
}
