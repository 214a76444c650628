// The installation that a command works on: the same data directory and settings as `npm start`.
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { LocalSettings, readSettings } from "../../shared/settings.ts";
import { composeLocal, type LocalWorld } from "../local/compose.ts";
import { isNewInstallation, placeOf } from "../local/installation.ts";
import type { Io } from "./io.ts";

export interface Opening {
  /** What only reads leaves nothing behind where there was nothing. */
  readonly access: "reads" | "writes";
  /** True where the feed catalogue is among what the command reads. */
  readonly catalogue: boolean;
  readonly now?: () => Date;
}

const ELSEWHERE = "If the service keeps its data elsewhere, set DATA_DIR as it does.";

/** Its log goes to standard error: standard output is the command's answer. */
export async function openWorld(io: Io, opening: Opening): Promise<LocalWorld> {
  const settings = readSettings(LocalSettings, process.env);
  const place = placeOf(settings.DATA_DIR, process.env);
  const isNew = isNewInstallation(settings.DATA_DIR);
  if (!isNew || opening.access === "writes") {
    if (isNew)
      io.stderr.write(`backdoor-watch: a new data folder is made: ${place}. ${ELSEWHERE}\n`);
    return compose(settings, io, opening);
  }
  io.stderr.write(
    `backdoor-watch: there is no installation in ${place}: this answers as a new one would, and keeps nothing. ${ELSEWHERE}\n`,
  );
  const passing = await mkdtemp(join(tmpdir(), "backdoor-watch-"));
  const leave = () => rm(passing, { recursive: true, force: true });
  try {
    const world = await compose({ ...settings, DATA_DIR: passing }, io, opening);
    return { ...world, close: () => world.close().finally(leave) };
  } catch (cause) {
    await leave();
    throw cause;
  }
}

const compose = (settings: LocalSettings, io: Io, { now, catalogue }: Opening) =>
  composeLocal(settings, {
    log: (record) => io.stderr.write(`${JSON.stringify(record)}\n`),
    ...(now === undefined ? {} : { now }),
    ...(catalogue ? {} : { feeds: [] }),
  });
