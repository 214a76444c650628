// The feed catalogue as text: one JSON object a line.
import { FeedDefinition } from "../domain/feed.ts";

export interface CatalogueProblem {
  readonly line: number;
  readonly message: string;
}

function readLine(text: string): FeedDefinition | string {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (cause) {
    return `not JSON: ${cause instanceof Error ? cause.message : String(cause)}`;
  }
  const parsed = FeedDefinition.safeParse(value);
  if (parsed.success) return parsed.data;
  return parsed.error.issues
    .map(({ path, message }) => `${path.join(".") || "line"}: ${message}`)
    .join("; ");
}

/**
 * @param text JSON Lines; blank lines are passed over
 * @returns the feeds, and each line that is none, with what is wrong: one bad line never costs the others
 */
export function parseCatalogue(text: string): {
  readonly feeds: readonly FeedDefinition[];
  readonly problems: readonly CatalogueProblem[];
} {
  const feeds = new Map<string, FeedDefinition>();
  const problems: CatalogueProblem[] = [];
  for (const [index, line] of text.split(/\r?\n/).entries()) {
    if (line.trim() === "") continue;
    const read = readLine(line);
    if (typeof read === "string") problems.push({ line: index + 1, message: read });
    else if (feeds.has(read.id))
      problems.push({ line: index + 1, message: `id: ${read.id} stands above already` });
    else feeds.set(read.id, read);
  }
  return { feeds: [...feeds.values()], problems };
}
