// Whether anybody has lived in a data folder before: its keys and its database are made by the first start.
import { existsSync } from "node:fs";
import { join, resolve } from "node:path";

export const isNewInstallation = (dataDir: string): boolean =>
  ["secrets.json", "database.sqlite", "dynamodb"].every((name) => !existsSync(join(dataDir, name)));

/** `/srv/watch/.data (DATA_DIR is not set)`: where a command looks, for who expected it elsewhere. */
export function placeOf(dataDir: string, environment: NodeJS.ProcessEnv): string {
  const isTold = (environment["DATA_DIR"] ?? "") !== "";
  return `${resolve(dataDir)} (DATA_DIR is ${isTold ? "set to it" : "not set"})`;
}
