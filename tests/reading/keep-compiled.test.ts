// Reading: what is compiled once serves the next process, and never in place of what the files say now.
import { mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { ItemInput } from "../../shared/domain/item.ts";
import { buildModels } from "../../shared/matching/build-models.ts";
import { classifyItem } from "../../shared/matching/classify-item.ts";
import { compileModels } from "../../shared/matching/compile-models.ts";
import { keptModels, MODEL_FILES } from "../../shared/matching/load-models.ts";
import { buildWords } from "../../shared/reading/build-words.ts";
import { keepIn } from "../../shared/reading/keep-compiled.ts";
import { readItem } from "../../shared/reading/read-item.ts";
import { wordsKeptBy } from "../../shared/reading/words.ts";
import { bareFiles } from "./bare.ts";

let directory: string;
let folder: URL;
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), "backdoor-watch-compiled-"));
  folder = pathToFileURL(`${directory}/kept/`);
});
afterEach(() => rm(directory, { recursive: true, force: true }));

const isNotMade = () => {
  throw new Error("made again");
};

describe("what is kept", () => {
  test("is read by the next process instead of being made again", () => {
    keepIn(folder)("v1", "one", () => ({ a: [1] }));

    expect(keepIn(folder)("v1", "one", isNotMade)).toEqual({ a: [1] });
  });

  test("is not read once the files or the code that compiles them are others, and does not pile up", async () => {
    keepIn(folder, "c1")("v1", "one", () => "old");

    expect(keepIn(folder, "c1")("v2", "one", () => "words changed")).toBe("words changed");
    expect(keepIn(folder, "c2")("v2", "one", () => "code changed")).toBe("code changed");
    expect(await readdir(folder)).toEqual(["v2-c2"]);
  });

  test("is made again where a crash cut it short", async () => {
    keepIn(folder)("v1", "one", () => "whole");
    await writeFile(new URL("v1/one.json", folder), '"who');

    expect(keepIn(folder)("v1", "one", () => "whole")).toBe("whole");
    expect(keepIn(folder)("v1", "one", isNotMade)).toBe("whole");
  });

  test("is done without where nothing can be written", async () => {
    await writeFile(join(directory, "kept"), "a file stands where the folder would be");

    expect(keepIn(folder)("v1", "one", () => "made")).toBe("made");
  });
});

test("a changed keyword is read as it stands now, whatever was compiled before", () => {
  const conceptsIn = (texts: Record<string, string>, title: string) => {
    const words = buildWords(bareFiles(texts), keepIn(folder));
    const reading = readItem(words, ItemInput.parse({ title, feed: { language: "en" } }));
    return reading.fields[0].hits.map(({ concept }) => words.concepts[concept]);
  };

  expect(conceptsIn({ en: "[lock]\nlock" }, "a lock and a bolt")).toEqual(["lock"]);
  expect(conceptsIn({ en: "[lock]\nbolt" }, "a lock and a bolt")).toEqual(["lock"]);
  expect(conceptsIn({ en: "[lock]\nbolt" }, "a lock")).toEqual([]);
});

const TITLES = [
  ["en", "Government tables bill to force messengers to break end-to-end encryption"],
  ["fr", "Le Sénat vote l'accès aux messageries chiffrées, et non un recul"],
  ["de", "Kabinett beschließt Chatkontrolle: Schlüssel für verschlüsselte Nachrichten"],
  ["ru", "Госдума приняла закон о доступе к шифрованным сообщениям"],
  ["da", "Regeringen trækker forslaget om scanning af beskeder tilbage"],
] as const;

test("models that a build has compiled decide as those that were compiled just now", () => {
  compileModels(folder);
  const words = wordsKeptBy((version, name) =>
    keepIn(new URL("words/", folder))(version, name, isNotMade),
  );
  const built = keptModels(words, (version, name) =>
    keepIn(new URL("models/", folder))(version, name, isNotMade),
  );
  const fresh = buildModels(MODEL_FILES);

  for (const [language, title] of TITLES) {
    const input = ItemInput.parse({ title, summary: title, feed: { language } });
    expect(classifyItem(built, input)).toEqual(classifyItem(fresh, input));
  }
});
