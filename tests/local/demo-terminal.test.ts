import { expect, it } from "vitest";
import { tellStory } from "../../functions/local/demo/terminal.ts";
import { failuresInWords } from "../../functions/local/failures-in-words.ts";

const STORY = { from: "2025-01-06T06:00:00Z", to: "2025-10-24T06:00:00Z", seconds: 40 };

function teller() {
  let said = "";
  const write = (text: string) => {
    said += text;
    return true;
  };
  const story = tellStory({ write }, STORY);
  return { ...story, said: () => said };
}
const event = (id: string, state: string, over = {}) => ({
  step: "event",
  id,
  isNew: state === "standing",
  event: "resurfaced",
  dossier: "fr-messageries",
  state,
  from: "rejected",
  quietDays: 207,
  ...over,
});
const poll = (feed: string, outcome: string, reason: string | null = null) => ({
  step: "poll",
  feed,
  outcome,
  reason,
  read: 0,
  fresh: 0,
  revised: 0,
});
const comebacksIn = (said: string) => said.split("\n").filter((line) => /RESURFACED/.test(line));

it("a comeback that a ministry's page takes over from a paper is told once", () => {
  const { hear, show, said } = teller();
  hear(event("paper", "standing"));
  show(new Date("2025-10-13T06:00:00Z"));
  hear(event("paper", "superseded", { isNew: false }));
  hear(event("ministry", "standing"));
  show(new Date("2025-10-14T06:00:00Z"));

  expect(comebacksIn(said())).toHaveLength(1);
  expect(said()).toContain("1 resurfaced");
  expect(said()).not.toContain("2 resurfaced");
});

it("nor twice where the new event is logged before the old one goes, or both come in one round", () => {
  const { hear, show, said } = teller();
  hear(event("ministry", "standing"));
  hear(event("paper", "standing"));
  hear(event("paper", "superseded", { isNew: false }));
  show(new Date("2025-10-13T06:00:00Z"));

  expect(comebacksIn(said())).toHaveLength(1);
});

it("the next comeback of the same dossier is another one", () => {
  const { hear, show, said } = teller();
  hear(event("first", "standing"));
  show(new Date("2025-02-01T06:00:00Z"));
  hear(event("second", "standing"));
  show(new Date("2025-10-14T06:00:00Z"));

  expect(comebacksIn(said())).toHaveLength(2);
  expect(said()).toContain("2 resurfaced");
});

it("a feed that begins to fail says why, once, and when it is read again", () => {
  const { hear, show, said } = teller();
  for (let i = 0; i < 3; i += 1) hear(poll("demo-rights", "failed", "html"));
  show(new Date("2025-05-01T06:00:00Z"));
  hear(poll("demo-rights", "fetched"));
  show(new Date("2025-07-01T06:00:00Z"));

  expect(said().match(/demo-rights fails: a web page in the feed's place \(html\)/g)).toHaveLength(
    1,
  );
  expect(said().match(/demo-rights is read again/g)).toHaveLength(1);
  expect(said()).toContain("3 failed");
});

it("failed polls are told by kind, the most frequent first, with their feeds", () => {
  const failed = (feed: string, reason: string) => ({ feed, reason });
  const lines = failuresInWords([
    failed("a", "timeout"),
    ...["b", "c", "d", "e", "b"].map((feed) => failed(feed, "html")),
  ]);

  expect(lines).toEqual([
    "   5  a web page in the feed's place (html): b, c, d and 1 more",
    "   1  no answer in time (timeout): a",
  ]);
});
