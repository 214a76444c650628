import { describe, expect, it } from "vitest";
import { readOperatorToken, writeOperatorToken } from "../../shared/digests/operator-token.ts";
import { readToken, writeToken } from "../../shared/digests/tokens.ts";
import type { EventId, SubscriberId } from "../../shared/domain/ids.ts";

const KEY = new Uint8Array(32).fill(1);
const NEXT = new Uint8Array(32).fill(2);
const NOW = new Date("2026-03-02T10:00:00.000Z");
const token = {
  event: "AbCdEfGhIjKl-_op" as EventId,
  verdict: "confirm",
  expiresAt: new Date("2026-04-01T10:00:00.000Z"),
} as const;

describe("the link in a question to the operator", () => {
  it.each(["confirm", "reject"] as const)("to %s says what it was made of", (verdict) => {
    const made = { ...token, verdict };

    expect(readOperatorToken([KEY], writeOperatorToken([KEY], made), NOW)).toEqual({
      kind: "good",
      token: made,
    });
  });

  it("is refused with any character of it changed, its verdict above all", () => {
    const text = writeOperatorToken([KEY], token);
    const accepted = [...text].flatMap((character, index) => {
      const other = character === "r" ? "c" : "r";
      const changed = text.slice(0, index) + other + text.slice(index + 1);
      return readOperatorToken([KEY], changed, NOW).kind === "bad" ? [] : [index];
    });

    expect(accepted).toEqual([]);
  });

  it("ends when it says, and outlives a rotation of keys until then", () => {
    const text = writeOperatorToken([KEY], token);
    const end = token.expiresAt.getTime();

    expect(readOperatorToken([NEXT, KEY], text, new Date(end - 1_000)).kind).toBe("good");
    expect(readOperatorToken([NEXT, KEY], text, new Date(end)).kind).toBe("expired");
    expect(readOperatorToken([NEXT], text, NOW).kind).toBe("bad");
  });

  it("never passes for a subscriber's, nor a subscriber's for it", () => {
    const subscribers = writeToken([KEY], {
      purpose: "confirm",
      subscriber: "AbCdEfGhIjKlMnOpQrStUv" as SubscriberId,
      expiresAt: token.expiresAt,
      signUp: "2026-03-01T08:30:00.123Z",
    });

    expect(readOperatorToken([KEY], subscribers, NOW).kind).toBe("bad");
    expect(readToken([KEY], writeOperatorToken([KEY], token), "confirm", NOW).kind).toBe("bad");
  });
});
