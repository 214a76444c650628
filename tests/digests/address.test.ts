import { randomBytes } from "node:crypto";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  clientKeyOf,
  normalizeAddress,
  openAddress,
  sealAddress,
  subscriberIdOf,
} from "../../shared/digests/address.ts";

const KEY = new Uint8Array(32).fill(7);
const OTHER_KEY = new Uint8Array(32).fill(8);

describe("one person, one record", () => {
  it.each([
    ["capital letters", "A@X.org", "a@x.org"],
    ["a trailing dot", "a@x.org.", "a@x.org"],
    ["an IDN and its punycode", "a@bücher.example", "a@xn--bcher-kva.example"],
    ["composed and decomposed signs", "a@bu\u0308cher.example", "a@b\u00fccher.example"],
    ["spaces around it", " a@x.org\t", "a@x.org"],
  ])("%s do not make two", (_what, one, other) => {
    const ids = [one, other].map((raw) => subscriberIdOf(KEY, normalizeAddress(raw) ?? "none"));

    expect(ids[0]).toBe(ids[1]);
    expect(normalizeAddress(one)).not.toBeNull();
  });

  it.each([
    ["dots", "a.b@x.org", "ab@x.org"],
    ["a plus part", "a+bw@x.org", "a@x.org"],
  ])("%s in the local part make two: only its server may say otherwise", (_what, one, other) => {
    expect(subscriberIdOf(KEY, one)).not.toBe(subscriberIdOf(KEY, other));
  });

  it("mail goes to the local part as its owner wrote it", () => {
    expect(normalizeAddress("Jane.Doe+News@EXAMPLE.org")).toBe("Jane.Doe+News@example.org");
  });
});

describe("what is not one plain address is refused", () => {
  it.each([
    ["a list", "a@x.org, evil@z.org"],
    ["a list by semicolon", "a@x.org;evil@z.org"],
    ["a header after a line break", "a@x.org\r\nBcc: evil@z.org"],
    ["a bare line feed", "a@x.org\nBcc: evil@z.org"],
    ["a line break at the end", "a@x.org\r\n"],
    ["a line break in the domain", "a@x\n.org"],
    ["an encoded sign in the domain", "a@%78.org"],
    ["a name", "A <a@x.org>"],
    ["a quoted local part", '"a b"@x.org'],
    ["a route", "<@y.org:a@x.org>"],
    ["a null byte", "a\u0000@x.org"],
    ["no local part", "@x.org"],
    ["no domain", "a@"],
    ["no dot in the domain", "a@localhost"],
    ["an address literal", "a@[127.0.0.1]"],
    ["an IP number", "a@127.0.0.1"],
    ["an empty label", "a@x..org"],
    ["two dots in the local part", "a..b@x.org"],
    ["a hyphen first", "a@-x.org"],
    ["255 octets", `${"a".repeat(60)}@${`${"b".repeat(60)}.`.repeat(3)}${"c".repeat(7)}.org`],
    ["a local part of 65 octets", `${"a".repeat(65)}@x.org`],
    ["a megabyte", `${"a".repeat(1_000_000)}@x.org`],
    ["a comment", "a(b)@x.org"],
    ["nothing", ""],
  ])("%s", (_what, raw) => {
    expect(normalizeAddress(raw)).toBeNull();
  });

  it("254 octets are an address", () => {
    const longest = `${"a".repeat(60)}@${`${"b".repeat(60)}.`.repeat(3)}${"c".repeat(6)}.org`;

    expect(longest).toHaveLength(254);
    expect(normalizeAddress(longest)).toBe(longest);
  });

  it("whatever is let in stays what it is, and is one envelope without room for a second", () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string({ unit: "binary" }),
          fc.emailAddress(),
          fc.tuple(fc.emailAddress(), fc.string()).map((parts) => parts.join("")),
        ),
        (raw) => {
          const address = normalizeAddress(raw);
          if (address === null) return;
          expect(normalizeAddress(address)).toBe(address);
          expect(address).toMatch(/^[^\s<>,;:"()[\]@\\]+@[a-z0-9.-]+$/);
        },
      ),
      { numRuns: 2_000 },
    );
  });
});

describe("a sealed address", () => {
  it("opens with its key, and is another text at each sealing", () => {
    const [one, two] = [0, 1].map(() => sealAddress(KEY, "a@x.org", randomBytes));

    expect([openAddress(KEY, one ?? ""), openAddress(KEY, two ?? "")]).toEqual([
      "a@x.org",
      "a@x.org",
    ]);
    expect(one).not.toBe(two);
  });

  it("opens with no other key, and not when one bit was changed; the error names nobody", () => {
    const sealed = sealAddress(KEY, "secret@example.org", randomBytes);
    const bytes = Buffer.from(sealed.slice(3), "base64url");

    expect(() => openAddress(OTHER_KEY, sealed)).toThrow(/^sealed address: it was changed/);
    for (let bit = 0; bit < bytes.length * 8; bit += 1) {
      const changed = Buffer.from(bytes);
      changed[bit >> 3] = (changed[bit >> 3] ?? 0) ^ (1 << (bit & 7));
      expect(() => openAddress(KEY, `s1.${changed.toString("base64url")}`)).toThrow(
        "sealed address",
      );
    }
  });
});

describe("a client's key", () => {
  it.each([
    ["one /64 is one client", "2001:db8:1:2::1", "2001:db8:1:2:ffff::9", true],
    ["two networks are two", "2001:db8:1:2::1", "2001:db8:1:3::1", false],
    ["spellings of one address", "2001:0db8:0001:0002:0:0:0:1", "2001:db8:1:2::1", true],
    ["a short IPv6", "::1", "0:0:0:0:0:0:0:1", true],
    ["two IPv4", "192.0.2.1", "192.0.2.2", false],
  ])("%s", (_what, one, other, same) => {
    expect(clientKeyOf(KEY, one) === clientKeyOf(KEY, other)).toBe(same);
  });

  it("does not show the address, and cannot be made without the key", () => {
    expect(clientKeyOf(KEY, "192.0.2.1")).not.toContain("192");
    expect(clientKeyOf(KEY, "192.0.2.1")).not.toBe(clientKeyOf(OTHER_KEY, "192.0.2.1"));
  });
});
