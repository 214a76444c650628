// Mails as they were reviewed: compared, or written by `npm run goldens` to be reviewed like code.
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect } from "vitest";

const GOLDENS = join(import.meta.dirname, "../fixtures/mails");

/** Compares with the file, or writes it (`npm run goldens`). */
export function expectGolden(name: string, text: string): void {
  const path = join(GOLDENS, name);
  if (process.env["UPDATE_GOLDENS"] === "1") writeFileSync(path, text);
  expect(text).toBe(readFileSync(path, "utf8"));
}
