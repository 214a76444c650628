// Baselines: the command that prints them, as a contributor runs it.
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";

const folder = mkdtempSync(join(tmpdir(), "baselines-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const line = (title: string, relevant: boolean) =>
  JSON.stringify({ title, feed: { language: "en" }, labels: { relevant } });

function fileOf(name: string, lines: readonly string[]): string {
  const file = join(folder, name);
  writeFileSync(file, `${lines.join("\n")}\n`);
  return file;
}

function baselines(...args: string[]) {
  const command = join(import.meta.dirname, "baselines.ts");
  return spawnSync(process.execPath, ["--import", "tsx", command, ...args], { encoding: "utf8" });
}

test("a table comes of two labelled files, without a word of their items; a bad line is told", () => {
  const train = fileOf("train.jsonl", [
    line("Police demand encryption backdoor in messengers", true),
    line("Minister wants an encryption backdoor by autumn", true),
    line("Gardeners welcome a mild and early spring", false),
    line("Gardeners fear a late frost in the valley", false),
  ]);
  const judged = fileOf("judged.jsonl", [
    line("Minister demands encryption backdoor", true),
    line("Gardeners hope for rain", false),
    '{"title":"Zebra"}',
  ]);

  const { stdout, stderr, status } = baselines("--only", train, judged);

  expect(stdout).toContain("4 items teach, 2 that are not among them judge");
  expect(stdout).toMatch(/^\| relevant, F1 \| [01]\.\d\d \| 1\.00 \| 1\.00 \| 1\.00 \| \d+ % \|$/m);
  expect(stdout + stderr).not.toMatch(/Gardeners|Minister|Zebra/);
  expect(stderr).toContain("judged.jsonl: line 3: labels");
  expect(status).toBe(2);
});

test("a missing file, nothing to learn from or nothing left to judge is said, and is no table", () => {
  const empty = fileOf("empty.jsonl", [line("Gardeners hope for rain", false)]);
  const only = fileOf("only.jsonl", [line("Minister demands encryption backdoor", true)]);

  const missing = baselines(join(folder, "none.jsonl"));
  const itself = baselines("--only", only, only);
  const nothing = baselines("--only", empty, empty);

  expect(missing).toMatchObject({ status: 1, stdout: "" });
  expect(missing.stderr).toContain("no such file");
  expect(itself).toMatchObject({ status: 2, stdout: "" });
  expect(itself.stderr).toContain("nothing to judge");
  expect(nothing).toMatchObject({ status: 2, stdout: "" });
  expect(nothing.stderr).toContain("nothing to learn from");
});
