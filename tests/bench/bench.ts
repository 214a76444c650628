// `npm run bench`: every figure that a bar stands beside, in one run. Nothing here is a test: a slow machine fails nobody.
import { statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { bundleFunctions } from "../../infra/bundle-functions.ts";
import { benchDigests } from "./digests.ts";
import { benchFeeds } from "./feeds.ts";
import { benchMatching } from "./matching.ts";
import { benchStore } from "./store.ts";

interface Figure {
  readonly name: string;
  readonly value: number;
  readonly unit: string;
  readonly bar?: string;
}

const BARS: Readonly<Record<string, string>> = {
  "digests rendered and handed to SMTP": "≥ 200",
  "heap, shard of 100,000 subscribers": "flat",
};

function benchBundles(): Figure[] {
  return bundleFunctions(join(tmpdir(), "backdoor-watch-bench-bundles")).map(
    ({ name, directory }) => ({
      name: `bundle ${name}`,
      value: statSync(join(directory, "index.mjs")).size / 1_048_576,
      unit: "MiB",
      bar: "≤ 1",
    }),
  );
}

const PARTS: readonly (readonly [string, () => Promise<Figure[]> | Figure[]])[] = [
  ["Feeds", benchFeeds],
  ["Keyword models", benchMatching],
  ["Database file", benchStore],
  ["Digests", benchDigests],
  ["Bundles", benchBundles],
];

for (const [title, measure] of PARTS) {
  process.stdout.write(`${title}\n`);
  for (const { name, value, unit, bar } of await measure()) {
    const shown = value.toFixed(value < 100 ? 2 : 0).padStart(10);
    process.stdout.write(
      `  ${name.padEnd(42)}${shown} ${unit.padEnd(26)} ${bar ?? BARS[name] ?? ""}\n`,
    );
  }
}
