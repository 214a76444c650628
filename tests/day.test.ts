import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { composeLocal, type LocalWorld } from "../functions/local/compose.ts";
import { serveWeb, type WebServer } from "../functions/local/http.ts";
import { archiveApp } from "../shared/archive/app.ts";
import { Dossier } from "../shared/domain/dossier.ts";
import { FeedDefinition } from "../shared/domain/feed.ts";
import { tick } from "../shared/flows/tick.ts";
import { LocalSettings, readSettings } from "../shared/settings.ts";
import { type SimpleEntry, type SimpleFeed, simpleFeed } from "./servers/simple-feed.ts";

const DOSSIER = Dossier.parse({
  id: "fr-messageries",
  title: "France: access to encrypted messaging",
  jurisdiction: "FR",
  opened: "2025-01-28",
  aliases: ["article 8 ter", "loi narcotrafic", "messageries chiffrées"],
  references: [],
  history: [
    {
      date: "2025-01-28",
      stage: "amended",
      what: "The Senate wrote the access clause into the bill.",
    },
    { date: "2025-03-20", stage: "rejected", what: "The Assembly refused to put it back." },
  ],
});

const OPINION: SimpleEntry = {
  guid: "opinion",
  title: "Tribune : une porte dérobée pour la police est une porte dérobée pour tous",
  summary: "Deux chercheurs défendent le chiffrement des messageries.",
  at: "2025-09-20T08:00:00Z",
};
const WEATHER: SimpleEntry = {
  guid: "weather",
  title: "Intempéries : vigilance orange dans le sud",
  summary: "De fortes pluies sont attendues.",
  at: "2025-10-02T08:00:00Z",
};
const COMEBACK: SimpleEntry = {
  guid: "comeback",
  title: "Le gouvernement dépose un projet de loi rétablissant l’accès aux messageries chiffrées",
  summary:
    "Le texte reprend l’article 8 ter de la loi narcotrafic, rejeté en mars par l’Assemblée nationale.",
  at: "2025-10-14T10:00:00Z",
};
const ECHO: SimpleEntry = {
  guid: "echo",
  title: "La porte dérobée revient : le gouvernement dépose un texte sur les messageries chiffrées",
  summary: "Sept mois après le rejet de l’article 8 ter, un projet de loi est déposé.",
  at: "2025-10-15T06:00:00Z",
};

let dataDir: string;
let ministry: SimpleFeed;
let daily: SimpleFeed;
let world: LocalWorld;
let web: WebServer;
let now: Date;

beforeEach(async () => {
  dataDir = await mkdtemp(join(tmpdir(), "backdoor-watch-day-"));
  [ministry, daily] = await Promise.all([simpleFeed(), simpleFeed()]);
  now = new Date("2025-10-01T06:00:00Z");
  const about = { jurisdiction: "FR", language: "fr" };
  const address = { url: "" };
  world = await composeLocal(
    readSettings(LocalSettings, {
      DATA_DIR: dataDir,
      ALLOW_PRIVATE_NETWORK: "1",
      POLL_SECONDS: "3600",
    }),
    {
      now: () => now,
      sleep: async () => {},
      log: () => {},
      registry: [DOSSIER],
      publicUrl: () => address.url,
      feeds: [
        FeedDefinition.parse({
          id: "ministry",
          url: ministry.url,
          title: "Ministry",
          kind: "government",
          ...about,
        }),
        FeedDefinition.parse({
          id: "daily",
          url: daily.url,
          title: "Daily",
          kind: "press",
          ...about,
        }),
      ],
    },
  );
  web = await serveWeb(
    archiveApp({ ports: world.ports, mailbox: world.mailbox, version: "test" }),
    "127.0.0.1",
    0,
  );
  address.url = web.url;
  await world.ports.store.seedFeeds(world.feeds, now);
});

afterEach(async () => {
  await web.close();
  await world.close();
  await Promise.all([ministry.close(), daily.close()]);
  await rm(dataDir, { recursive: true, force: true });
});

async function tickAt(instant: string): Promise<void> {
  now = new Date(instant);
  await tick(world.ports, world.polls.drain);
}

const mails = async () => (await world.mailbox?.list()) ?? [];

async function newestMail() {
  const [entry] = await mails();
  const mail = entry === undefined ? null : await world.mailbox?.read(entry.id);
  if (mail === null || mail === undefined) throw new Error("no mail");
  return mail;
}

const linkIn = (text: string, path: string): string => {
  const link = text.match(new RegExp(`https?://\\S+/${path}\\?token=[\\w.~%-]+`))?.[0];
  if (link === undefined) throw new Error(`no ${path} link in the mail`);
  return link;
};

interface Lists {
  readonly events: readonly unknown[];
  readonly items: readonly unknown[];
}

const json = async (path: string): Promise<Lists> =>
  (await (await fetch(`${web.url}${path}`)).json()) as Lists;

async function signUp(): Promise<void> {
  const form = new URLSearchParams({
    email: "reader@example.org",
    cadence: "immediate",
    language: "en",
    timezone: "Europe/Paris",
  });
  const asked = await fetch(`${web.url}/subscribe`, { method: "POST", body: form });
  const confirm = linkIn((await newestMail()).text, "confirm");
  const looked = await fetch(confirm);
  const confirmed = await fetch(confirm, { method: "POST" });
  expect([asked.status, looked.status, confirmed.status]).toEqual([202, 200, 200]);
}

it("mails a reader once when a rejected bill comes back, says why on the page, and stops at one click", async () => {
  daily.show([OPINION]);
  await signUp();
  const before = (await mails()).length;

  // A first poll fills the archive and mails nobody; quiet days and noise raise nothing.
  await tickAt("2025-10-01T07:00:00Z");
  daily.show([WEATHER, OPINION]);
  await tickAt("2025-10-02T09:00:00Z");
  await tickAt("2025-10-08T09:00:00Z");
  expect((await json("/api/events")).events).toEqual([]);
  expect((await json("/api/items")).items).toHaveLength(1);
  expect((await json("/api/items?relevant=any")).items).toHaveLength(2);

  // One official move after 208 days.
  ministry.show([COMEBACK]);
  await tickAt("2025-10-14T11:00:00Z");
  const { events } = await json("/api/events");
  expect(events).toMatchObject([
    {
      event: "resurfaced",
      dossier: "fr-messageries",
      from: "rejected",
      quietDays: 208,
      reportedBy: "institution",
      state: "standing",
    },
  ]);
  expect(await mails()).toHaveLength(before);

  // Its mail goes out when the hold is over, and never again, whatever is told of it later.
  await tickAt("2025-10-14T11:11:00Z");
  expect(await mails()).toHaveLength(before + 1);
  daily.show([ECHO, WEATHER, OPINION]);
  for (const hour of ["08", "09", "10", "11"]) await tickAt(`2025-10-15T${hour}:00:00Z`);
  expect(await mails()).toHaveLength(before + 1);
  expect((await json("/api/events")).events).toHaveLength(1);

  const digest = await newestMail();
  expect(digest.text).toContain("France: access to encrypted messaging");
  expect(digest.text).toContain("208");
  const page = await (await fetch(web.url)).text();
  expect(page).toContain("France: access to encrypted messaging");
  expect(page).toContain("208");

  const unsubscribe = linkIn(digest.text, "unsubscribe");
  const stopped = await fetch(unsubscribe, {
    method: "POST",
    body: new URLSearchParams({ "List-Unsubscribe": "One-Click" }),
    redirect: "manual",
  });
  expect(stopped.status).toBe(200);
});

it("mails nobody for what a feed's first poll brings, and shows it all the same", async () => {
  await signUp();
  const before = (await mails()).length;
  ministry.show([COMEBACK]);

  await tickAt("2025-10-14T11:00:00Z");
  await tickAt("2025-10-14T12:00:00Z");

  expect((await json("/api/events")).events).toHaveLength(1);
  expect(await mails()).toHaveLength(before);
});
