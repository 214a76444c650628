import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { expect, it } from "vitest";
import { LocalSettings } from "../../shared/settings.ts";

const operating = readFileSync(resolve(import.meta.dirname, "../../docs/operating.md"), "utf8");

it.each(Object.keys(LocalSettings.shape))("tells operators what %s means", (name) => {
  const row = operating
    .split("\n")
    .find((line) => line.startsWith("| ") && line.includes(`\`${name}\``));

  expect(row).toBeDefined();
});
