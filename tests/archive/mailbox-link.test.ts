import { afterAll, beforeAll, expect, it } from "vitest";
import { serveWeb, type WebServer } from "../../functions/local/http.ts";
import { archiveApp } from "../../shared/archive/app.ts";
import { flowServer, type MailWorld, mailWorld } from "../flows/mail-world.ts";
import type { DynamoServer } from "../servers/dynamo.ts";

const MAILBOX = { list: async () => [], read: async () => null };
const LINK = '<a href="/mailbox">';

let server: DynamoServer;
let world: MailWorld;
let here: WebServer;
let outside: WebServer;

beforeAll(async () => {
  server = await flowServer();
  world = await mailWorld(server);
  const appWith = (mailbox: typeof MAILBOX | null) =>
    archiveApp({ ports: world.ports, mailbox, version: "test" });
  here = await serveWeb(appWith(MAILBOX), "127.0.0.1", 0);
  outside = await serveWeb(appWith(null), "127.0.0.1", 0);
});
afterAll(async () => {
  await Promise.all([here.close(), outside.close()]);
  await world.close();
  await server.close();
});

const signUp = async (url: string, headers: Record<string, string> = {}) => {
  const body = new URLSearchParams({ email: "reader@example.org" });
  return (await fetch(`${url}/subscribe`, { method: "POST", body, headers })).text();
};

it("whoever signs up at a machine without a mail server is shown where the mail is, in the answer and on every page", async () => {
  const answer = await signUp(here.url);
  const page = await (await fetch(`${here.url}/about`)).text();

  expect(answer).toContain(`${LINK}open the mailbox</a>`);
  expect(page).toContain(`${LINK}Mailbox</a></footer>`);
});

it("whoever asks from elsewhere, or where mail goes out, is shown no mailbox", async () => {
  const forwarded = { "X-Forwarded-For": "198.51.100.7" };
  const pages = [
    await signUp(here.url, forwarded),
    await (await fetch(here.url, { headers: forwarded })).text(),
    await (await fetch(`${here.url}/about`, { headers: forwarded })).text(),
    await signUp(outside.url),
    await (await fetch(`${outside.url}/about`)).text(),
  ];

  for (const page of pages) expect(page).not.toContain("/mailbox");
});
