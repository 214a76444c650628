import { describe, expect, it } from "vitest";
import { eventPage } from "../../shared/archive/pages/event-page.ts";
import { issuePage } from "../../shared/archive/pages/subscription-issue.ts";
import { snapshotOf } from "../../shared/digests/issue-snapshot.ts";
import { MAIL_LANGUAGES } from "../../shared/domain/vocabulary.ts";
import { comebackEntry, sampleDigest, sampleEnvelope } from "../digests/samples.ts";

const HEADINGS = { en: "Corrections", fr: "Rectifications", de: "Berichtigungen" };

async function pageOf(language: keyof typeof HEADINGS, words: string): Promise<string> {
  const { preferences } = sampleEnvelope(language);
  const { event, item, dossier } = comebackEntry;
  const cause = { kind: "operator", words } as const;
  const corrections = [{ event, item, dossier, cause, toldAt: event.at }];
  const digest = sampleDigest({ resurfaced: [], items: [], corrections });
  if (digest.period === null) throw new Error("no period");
  const request = { preferences, period: digest.period };
  const issue = snapshotOf(digest, request, "https://watch.example.org");
  return (await issuePage(issue, preferences, (id) => id, new Set())).toString();
}

describe("an issue's page", () => {
  it.each(MAIL_LANGUAGES)(
    "says what earlier ones told and is no longer so, in %s",
    async (language) => {
      const page = await pageOf(language, "an old bill");

      expect(page).toContain(`<h2>${HEADINGS[language]}</h2>`);
      expect(page).toContain("an old bill");
      expect(page).toContain(`href="https://watch.example.org/events/${comebackEntry.event.id}"`);
    },
  );

  it("shows an operator's words as words", async () => {
    const page = await pageOf("en", "<script>alert(1)</script>");

    expect(page).not.toContain("<script>alert");
    expect(page).toContain("&lt;script&gt;alert(1)");
  });
});

describe("an event's page, where a correction leads", () => {
  const { event, item, dossier } = comebackEntry;
  const stored = { event, raisedAt: event.at, announceAt: null, announcedAt: event.at };
  const shown = async (over: object) =>
    (await eventPage({ ...stored, ...over }, { ...dossier }, item)).toString();

  it("says since when it is taken back, and of one that stands nothing", async () => {
    const retracted = { ...event, state: "retracted", reason: "retracted: an old bill" };
    const page = await shown({ event: retracted, correctedAt: "2026-03-14T08:00:00.000Z" });

    expect(page).toMatch(/retracted, taken back on .*2026-03-14/);
    expect(page).toContain("an old bill");
    expect(await shown({ correctedAt: null })).not.toContain("taken back");
    expect(await shown({})).not.toContain("taken back");
  });
});
