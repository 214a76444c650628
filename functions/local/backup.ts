// A copy of an installation in a folder, made while it runs, and the way back from one.
import { randomUUID } from "node:crypto";
import { chmod, copyFile, mkdir, readdir, rename, rm, stat } from "node:fs/promises";
import { dirname, join, resolve } from "node:path";
import { createStore } from "../../shared/store/store.ts";
import { checkDatabase, closeWhole, databaseIn, openDatabaseFile } from "./database-file.ts";
import { checkSecrets, secretsIn } from "./secrets.ts";
import { placeNew, syncFolder } from "./whole-file.ts";

const mailboxIn = (folder: string): string => join(folder, "mailbox");

const isThere = (path: string): Promise<boolean> =>
  stat(path).then(
    () => true,
    () => false,
  );

/** Whole, and on the disk, before it has its name. */
async function copyWhole(from: string, to: string): Promise<void> {
  const aside = `${to}.${randomUUID()}.tmp`;
  await copyFile(from, aside);
  await chmod(aside, 0o600);
  await placeNew(aside, to);
}

async function copyMailbox(from: string, to: string): Promise<number> {
  const names = await readdir(mailboxIn(from)).catch(() => []);
  const mails = names.filter((name) => name.endsWith(".eml"));
  if (mails.length > 0) await mkdir(mailboxIn(to), { recursive: true, mode: 0o700 });
  for (const name of mails) {
    const path = join(mailboxIn(to), name);
    if (!(await isThere(path))) await copyWhole(join(mailboxIn(from), name), path);
  }
  return mails.length;
}

/**
 * The database first: a mail that comes meanwhile is in the copy's mailbox at least.
 * @param folder must not be there yet; it gets its name when it is whole
 * @returns how many mails of the built-in mailbox went along
 * @throws Error of one sentence
 */
export async function backUp(dataDir: string, folder: string): Promise<number> {
  if (await isThere(folder)) throw new Error(`${folder} is there already; name a new folder`);
  if (!(await isThere(databaseIn(dataDir))))
    throw new Error(
      `DATA_DIR: ${dataDir} holds no database.sqlite, so there is nothing to back up`,
    );
  await checkSecrets(dataDir);
  const aside = `${resolve(folder)}.${randomUUID()}.tmp`;
  await mkdir(aside, { recursive: true, mode: 0o700 });
  try {
    const database = await openDatabaseFile(dataDir);
    try {
      database.copyTo(databaseIn(aside));
    } finally {
      database.close();
    }
    await chmod(databaseIn(aside), 0o600);
    await checkDatabase(databaseIn(aside));
    await copyWhole(secretsIn(dataDir), secretsIn(aside));
    const mails = await copyMailbox(dataDir, aside);
    await syncFolder(aside);
    await rename(aside, folder);
    await syncFolder(dirname(resolve(folder)));
    return mails;
  } catch (cause) {
    await rm(aside, { recursive: true, force: true });
    throw cause;
  }
}

/** When the installation last planned mail, as its database says. */
async function lastSeen(dataDir: string): Promise<string | null> {
  const database = await openDatabaseFile(dataDir);
  try {
    const beats = await createStore({ database, now: () => new Date() }).heartbeats();
    return beats["digests"]?.at ?? null;
  } finally {
    database.close();
  }
}

const OURS = [
  "database.sqlite",
  "database.sqlite-wal",
  "database.sqlite-shm",
  "secrets.json",
  "mailbox",
];

/** Whatever of it is there, into a folder beside. @returns that folder */
async function moveAside(dataDir: string, now: Date): Promise<string> {
  const folder = join(dataDir, `replaced-${now.toISOString().replaceAll(":", "-")}`);
  await mkdir(folder, { mode: 0o700 });
  const names = await readdir(dataDir);
  for (const name of names.filter((name) => OURS.includes(name)))
    await rename(join(dataDir, name), join(folder, name));
  return folder;
}

export interface Restored {
  /** Where what was there before went. */
  readonly movedTo: string | null;
  /** When each last planned mail: the copy, and what it took the place of. */
  readonly copySeen: string | null;
  readonly replacedSeen: string | null;
}

/**
 * @param replace what is in the data directory makes way, into a folder beside
 * @throws Error of one sentence; then nothing was changed
 */
export async function restore(
  folder: string,
  dataDir: string,
  options: { readonly replace: boolean; readonly now: Date },
): Promise<Restored> {
  await checkDatabase(databaseIn(folder));
  await checkSecrets(folder);
  const isTaken = (await isThere(databaseIn(dataDir))) || (await isThere(secretsIn(dataDir)));
  if (isTaken && !options.replace)
    throw new Error(
      `DATA_DIR: ${dataDir} holds an installation; stop it and add --replace, which moves it aside`,
    );
  await mkdir(dataDir, { recursive: true, mode: 0o700 });
  if (await isThere(databaseIn(dataDir))) closeWhole(databaseIn(dataDir));
  const replacedSeen = await lastSeenIfSound(dataDir);
  const movedTo = isTaken ? await moveAside(dataDir, options.now) : null;
  // Keys after the database: a start between the two is refused, and makes no new ones.
  await copyWhole(databaseIn(folder), databaseIn(dataDir));
  await copyWhole(secretsIn(folder), secretsIn(dataDir));
  await copyMailbox(folder, dataDir);
  return { movedTo, replacedSeen, copySeen: await lastSeen(dataDir) };
}

async function lastSeenIfSound(dataDir: string): Promise<string | null> {
  if (!(await isThere(databaseIn(dataDir)))) return null;
  return lastSeen(dataDir).catch(() => null);
}
