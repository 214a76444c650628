// The command line: items in JSON Lines, read one by one; a bad line is told and passed over.
import { statSync } from "node:fs";
import { createInterface } from "node:readline";
import type { Readable } from "node:stream";
import type { z } from "zod";
import type { Output } from "./io.ts";

/** @returns why a file named on the command line cannot be read, or null */
export function fileProblem(path: string): string | null {
  const found = statSync(path, { throwIfNoEntry: false });
  if (found === undefined) return `${path}: no such file`;
  return found.isDirectory() ? `${path}: is a folder` : null;
}

/** Told of each bad line; the command that read one ends with 2. */
export interface LineReport {
  bad: number;
}

/**
 * Reads JSON Lines against a schema. Empty lines are passed over. What is wrong with a line goes to `stderr` as
 * `name: line N: field: what`, and is counted in `report`.
 */
export async function* readLines<Schema extends z.ZodType>(
  name: string,
  input: Readable,
  schema: Schema,
  stderr: Output,
  report: LineReport,
): AsyncGenerator<{ readonly line: number; readonly value: z.infer<Schema> }> {
  const lines = createInterface({ input, crlfDelay: Number.POSITIVE_INFINITY });
  let line = 0;
  for await (const text of lines) {
    line++;
    const trimmed = text.replace(/^\uFEFF/, "").trim();
    if (trimmed === "") continue;
    const read = readLine(trimmed, schema);
    if (read.ok) yield { line, value: read.value };
    else {
      report.bad++;
      for (const problem of read.problems) stderr.write(`${name}: line ${line}: ${problem}\n`);
    }
  }
}

type Read<T> = { ok: true; value: T } | { ok: false; problems: string[] };

function readLine<Schema extends z.ZodType>(text: string, schema: Schema): Read<z.infer<Schema>> {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (cause) {
    return { ok: false, problems: [`not JSON: ${(cause as Error).message}`] };
  }
  const parsed = schema.safeParse(json);
  if (parsed.success) return { ok: true, value: parsed.data };
  return {
    ok: false,
    problems: parsed.error.issues.map(
      (issue) => `${issue.path.join(".") || "the line"}: ${issue.message}`,
    ),
  };
}
