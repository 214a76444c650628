// Whether anybody has lived in a data folder before: its keys are made by the first start, and by nothing else.
import { existsSync } from "node:fs";
import { join, resolve } from "node:path";

export const isNewInstallation = (dataDir: string): boolean =>
  !existsSync(join(dataDir, "secrets.json"));

/** `/srv/watch/.data (DATA_DIR is not set)`: where a command looks, for who expected it elsewhere. */
export function placeOf(dataDir: string, environment: NodeJS.ProcessEnv): string {
  const isTold = (environment["DATA_DIR"] ?? "") !== "";
  return `${resolve(dataDir)} (DATA_DIR is ${isTold ? "set to it" : "not set"})`;
}
