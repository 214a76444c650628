import { describe, expect, it } from "vitest";
import { expiryOf, readToken, type Token, writeToken } from "../../shared/digests/tokens.ts";
import type { SubscriberId } from "../../shared/domain/ids.ts";

const OLD = new Uint8Array(32).fill(1);
const NEW = new Uint8Array(32).fill(2);
const NOW = new Date("2026-03-02T10:00:00.000Z");

const tokenFor = (purpose: Token["purpose"]): Token => ({
  purpose,
  subscriber: "AbCdEfGhIjKlMnOpQrStUv" as SubscriberId,
  expiresAt: expiryOf(purpose, NOW),
  signUp: "2026-03-01T08:30:00.123Z",
});

describe("a link in a mail", () => {
  it.each(["confirm", "unsubscribe", "preferences"] as const)(
    "of %s says what it was made of",
    (purpose) => {
      const token = tokenFor(purpose);

      expect(readToken([NEW], writeToken([NEW], token), purpose, NOW)).toEqual({
        kind: "good",
        token,
      });
    },
  );

  it("works for no other purpose than its own", () => {
    const purposes = ["confirm", "unsubscribe", "preferences"] as const;

    for (const made of purposes)
      for (const asked of purposes) {
        const reading = readToken([NEW], writeToken([NEW], tokenFor(made)), asked, NOW);
        expect([made, asked, reading.kind]).toEqual([made, asked, made === asked ? "good" : "bad"]);
      }
  });

  it("is refused with any bit of it changed", () => {
    const text = Buffer.from(writeToken([NEW], tokenFor("unsubscribe")));
    const accepted: number[] = [];
    for (let bit = 0; bit < text.length * 8; bit += 1) {
      const changed = Buffer.from(text);
      changed[bit >> 3] = (changed[bit >> 3] ?? 0) ^ (1 << (bit & 7));
      const reading = readToken([NEW], changed.toString("latin1"), "unsubscribe", NOW);
      if (reading.kind !== "bad") accepted.push(bit);
    }

    expect(accepted).toEqual([]);
  });

  it("to confirm ends after seven days, to the second", () => {
    const text = writeToken([NEW], tokenFor("confirm"));
    const end = NOW.getTime() + 7 * 86_400_000;

    expect(readToken([NEW], text, "confirm", new Date(end - 1_000)).kind).toBe("good");
    expect(readToken([NEW], text, "confirm", new Date(end)).kind).toBe("expired");
  });

  it("to unsubscribe works after two years and a rotation of keys", () => {
    const text = writeToken([OLD], tokenFor("unsubscribe"));
    const later = new Date("2028-04-01T00:00:00.000Z");

    expect(readToken([NEW, OLD], text, "unsubscribe", later).kind).toBe("good");
  });

  it("is made with the newest key, and an old one counts only while it is kept", () => {
    const [old, fresh] = [[OLD], [NEW, OLD]].map((keys) => writeToken(keys, tokenFor("confirm")));

    expect(readToken([NEW, OLD], old ?? "", "confirm", NOW).kind).toBe("good");
    expect(readToken([NEW], old ?? "", "confirm", NOW).kind).toBe("bad");
    expect(readToken([NEW], fresh ?? "", "confirm", NOW).kind).toBe("good");
  });

  it.each(["", "u", "u.a.b.c.d", "c..0.0.", "x".repeat(10_000), "u.AbCdEfGhIjKlMnOpQrStUv.0.0."])(
    "that is no token is refused: %.30s",
    (text) => {
      expect(readToken([NEW], text, "unsubscribe", NOW)).toEqual({ kind: "bad" });
    },
  );

  it("is of signs that no mail program breaks or encodes", () => {
    const text = writeToken([NEW], tokenFor("preferences"));

    expect(text).toMatch(/^[\w.-]+$/);
    expect(new URLSearchParams({ text }).toString()).toBe(`text=${text}`);
  });
});
