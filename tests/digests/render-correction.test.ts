import { describe, expect, it } from "vitest";
import type { CorrectionCause, CorrectionEntry, Digest } from "../../shared/digests/digest.ts";
import { renderDigest } from "../../shared/digests/render-digest.ts";
import type { Mail } from "../../shared/domain/mail.ts";
import { MAIL_LANGUAGES } from "../../shared/domain/vocabulary.ts";
import { expectGolden } from "./goldens.ts";
import { comebackEntry, mailItem, sampleDigest, sampleEnvelope } from "./samples.ts";

const LATE = mailItem("late-report", {
  title: "Compte rendu de la commission des lois, séance du 3 décembre",
  effectiveAt: "2025-12-03T09:00:00.000Z",
});

function correction(cause: CorrectionCause, key = "one"): CorrectionEntry {
  const { event, item, dossier } = comebackEntry;
  const { id } = mailItem(key);
  return {
    event: { ...event, state: "superseded", id: id.slice(0, 16) as typeof event.id },
    item,
    dossier,
    cause,
    toldAt: "2026-03-12T09:45:00.000Z",
  };
}

const CAUSES: readonly CorrectionCause[] = [
  { kind: "operator", words: "the amendment was withdrawn before it was tabled" },
  { kind: "late-item", item: LATE },
  {
    kind: "moved",
    dossier: { id: "eu-csar", title: "EU: child sexual abuse regulation", jurisdiction: "EU" },
  },
  { kind: "unclear" },
];
const corrections = CAUSES.map((cause) => correction(cause, cause.kind));

function rendered(digest: Digest, ...envelope: Parameters<typeof sampleEnvelope>): Mail {
  const mail = renderDigest(digest, sampleEnvelope(...envelope));
  if (mail === null) throw new Error("nothing was rendered");
  return mail;
}

describe("a correction reads as reviewed, in each language", () => {
  it.each(MAIL_LANGUAGES)("in a mail of its own, in %s", (language) => {
    const [first] = corrections;
    const digest = sampleDigest({
      cadence: "immediate",
      resurfaced: [],
      items: [],
      corrections: first === undefined ? [] : [first],
      period: null,
    });
    const choices = { cadence: "immediate", themes: [], jurisdictions: [] } as const;
    const mail = rendered(digest, language, { ...choices, themes: [], jurisdictions: [] });

    expectGolden(`correction.${language}.txt`, `Subject: ${mail.subject}\n\n${mail.text}\n`);
    expectGolden(`correction.${language}.html`, `${mail.html}\n`);
  });

  it.each(MAIL_LANGUAGES)("in a weekly digest, for each reason there may be, in %s", (language) => {
    const mail = rendered(sampleDigest({ corrections }), language);

    expectGolden(`corrections.${language}.txt`, `Subject: ${mail.subject}\n\n${mail.text}\n`);
    expectGolden(`corrections.${language}.html`, `${mail.html}\n`);
  });
});

describe("a correction", () => {
  const [operator = correction({ kind: "unclear" })] = corrections;

  it("alone makes a digest, which says so in its subject and under its heading", () => {
    const mail = rendered(
      sampleDigest({ resurfaced: [], items: [], corrections: [operator] }),
      "en",
    );

    expect(mail.subject).toBe("Your week: 1 correction");
    expect(mail.text).toMatch(/^Corrections\n={11}\n/);
  });

  it("says when this reader was told, and leads to the event's page", () => {
    const toldAt = "2026-03-14T23:30:00.000Z";
    const digest = sampleDigest({ corrections: [{ ...operator, toldAt }] });
    const mail = rendered(digest, "en", { timezone: "Asia/Tokyo" });
    const page = `https://watch.example.org/events/${operator.event.id}`;

    expect(mail.text).toContain("We wrote on 15 March 2026: Back from rejected after 357 quiet");
    expect(mail.text).toContain(page);
    expect(mail.html).toContain(`href="${page}"`);
  });

  it.each([
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "line\r\nBcc: evil@example.org",
    "\u202egnp.exe\u202c",
  ])("is text, whatever an operator, a dossier or a late item is called: %j", (payload) => {
    const hostile = [
      correction({ kind: "operator", words: payload }),
      correction({ kind: "late-item", item: { ...LATE, title: payload, url: "javascript:0" } }),
      correction({ kind: "moved", dossier: { ...comebackEntry.dossier, title: payload } }),
    ];
    const mail = rendered(sampleDigest({ corrections: hostile }), "en");

    expect(mail.html).not.toMatch(/<script|<img|onerror=alert\(1\)>|javascript:/);
    expect(mail.text).not.toMatch(/^Bcc:|javascript:|\u202e/m);
  });

  it("by the hundred leaves the mail small, and says how many are left", () => {
    const many = Array.from({ length: 200 }, (_, index) =>
      correction({ kind: "operator", words: "long ".repeat(500) }, `n${index}`),
    );
    const mail = rendered(sampleDigest({ corrections: many, resurfaced: [], items: [] }), "en");

    expect(Buffer.byteLength(mail.html)).toBeLessThan(100_000);
    expect(mail.text).toContain("190 more items");
  });
});
