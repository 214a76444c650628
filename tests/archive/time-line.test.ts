import { describe, expect, it } from "vitest";
import { dossierPage } from "../../shared/archive/pages/dossier-page.ts";
import { readerOf } from "../../shared/archive/pages/reader.ts";
import { silencesOf, stepsOf } from "../../shared/archive/pages/time-line.ts";
import { Dossier, type DossierEvent } from "../../shared/domain/dossier.ts";
import { MAIL_LANGUAGES } from "../../shared/domain/vocabulary.ts";
import { builtInRegistry } from "../../shared/dossiers/registry.ts";
import { FR_BILL, FR_EVENT } from "./seed.ts";

const stored = (event: DossierEvent) => ({
  event,
  raisedAt: event.at,
  announceAt: null,
  announcedAt: null,
});
const storyOf = (...events: DossierEvent[]) => ({
  moves: [],
  events: events.map(stored),
  items: new Map(),
});
const REJECTED = new Date("2025-10-13T12:00:00Z");

const pageOf = async (language: "en" | "fr" | "de", dossier = FR_BILL, now = REJECTED) =>
  String(
    await dossierPage(
      {
        known: { dossier, record: null },
        story: storyOf(),
        sisters: [],
        address: "https://watch.example.org/dossiers/x",
        now,
      },
      readerOf(language),
    ),
  );

it("a reader is told in one sentence where a dossier stands, since when, and how long it has been quiet", async () => {
  expect(await pageOf("en")).toContain(
    "Rejected on 20 March 2025; quiet for 207 days; the next official move is a comeback.",
  );
  expect(await pageOf("fr")).toContain("Rejeté le 20 mars 2025\u00a0; silencieux depuis 207 jours");
  expect(await pageOf("de")).toContain("Abgelehnt am 20. März 2025; Stille: 207 Tage");
});

it("a picture names its silences in days and says in words what it shows", async () => {
  const page = await pageOf("en");

  expect(page).toMatch(/<text class="gap"[^>]*>207 days<\/text>/);
  expect(page).toMatch(
    /role="img" aria-label="2 steps from 28 January 2025 to 13 October 2025\. The longest silence lasted 207 days/,
  );
});

describe("every dossier of the registry is drawn inside its picture, without a style of its own", () => {
  it.each(MAIL_LANGUAGES)("in %s", async (language) => {
    for (const dossier of builtInRegistry().dossiers) {
      const page = await pageOf(language, dossier, new Date("2026-12-01T00:00:00Z"));
      const xs = [...page.matchAll(/<(?:text|rect)[^>]* x="([^"]+)"/g)].map(([, x]) => Number(x));

      expect(page).not.toMatch(/style=|undefined|NaN/);
      expect(xs.length).toBeGreaterThan(0);
      expect(Math.min(...xs)).toBeGreaterThanOrEqual(0);
      expect(Math.max(...xs)).toBeLessThanOrEqual(820);
    }
  });
});

it("a report that was taken back, or that nobody confirmed, ends no silence", () => {
  const gone = { ...FR_EVENT, state: "retracted" as const };
  const unsure = { ...FR_EVENT, event: "possible" as const };
  const spells = (event: DossierEvent) =>
    silencesOf(stepsOf(FR_BILL, storyOf(event)), 180, new Date("2026-01-01T00:00:00Z"));

  expect(spells(FR_EVENT).map(({ days }) => days)).toEqual([208]);
  expect(spells(gone).map(({ days }) => days)).toEqual([287]);
  expect(spells(unsure).map(({ days }) => days)).toEqual([287]);
});

it("hundreds of steps on one day are drawn as few marks, and each is in the list", async () => {
  const history = Array.from({ length: 400 }, (_, n) => ({
    date: "2025-03-20",
    stage: "proposed",
    what: `Step ${n}.`,
  }));
  const page = await pageOf("en", Dossier.parse({ ...FR_BILL, history }));

  expect(page.split('class="mark').length).toBeLessThan(20);
  expect(page.match(/Step \d+\./g)).toHaveLength(800);
});
