import sparticuz from "@sparticuz/chromium";
import { type Browser, chromium } from "playwright-core";
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from "vitest";
import { serveWeb, type WebServer } from "../../functions/local/http.ts";
import { archiveApp } from "../../shared/archive/app.ts";
import { subscriberIdOf } from "../../shared/digests/address.ts";
import { flowServer, linkIn, type MailWorld, mailWorld } from "../flows/mail-world.ts";
import type { DynamoServer } from "../servers/dynamo.ts";

let server: DynamoServer;
let browser: Browser;
let world: MailWorld;
let web: WebServer;

beforeAll(async () => {
  server = await flowServer();
  browser = await chromium.launch({
    executablePath: await sparticuz.executablePath(),
    args: sparticuz.args.filter((arg) => arg !== "--single-process"),
    headless: true,
  });
});
afterAll(async () => {
  await browser.close();
  await server.close();
});
beforeEach(async () => {
  world = await mailWorld(server);
  const app = archiveApp({ ports: world.ports, mailbox: null, version: "test" });
  web = await serveWeb(app, "127.0.0.1", 0);
});
afterEach(async () => {
  await web.close();
  await world.close();
});

const load = () =>
  world.store.loadSubscriber(subscriberIdOf(world.ports.secrets.lookupKey, "reader@example.org"));
const at = (purpose: string) => {
  const link = linkIn(world.outbox[0], purpose);
  return `${web.url}${link.pathname}${link.search}`;
};

it("a person signs up, confirms, changes the choices and leaves, by forms and buttons alone", async () => {
  const context = await browser.newContext({ javaScriptEnabled: false });
  const page = await context.newPage();
  await page.goto(`${web.url}/subscribe`);
  await page.fill('input[name="email"]', "reader@example.org");
  await page.click('form button[type="submit"]');
  const asked = await load();
  await page.goto(at("confirm"));
  await page.click("button");
  const confirmed = await load();
  await page.goto(at("preferences"));
  await page.selectOption('select[name="cadence"]', "daily");
  await page.check('input[value="french-politics"]');
  await page.click('form button[type="submit"]');
  const changed = await load();
  await page.goto(at("unsubscribe"));
  await page.click("button");
  await context.close();

  expect(asked?.state).toBe("pending");
  expect(confirmed?.state).toBe("active");
  expect(changed?.preferences).toMatchObject({ cadence: "daily", themes: ["french-politics"] });
  expect((await load())?.state).toBe("unsubscribed");
});

it("a scanner that runs scripts and waits does nothing: pages post nothing by themselves", async () => {
  await fetch(`${web.url}/subscribe`, {
    method: "POST",
    body: new URLSearchParams({ email: "reader@example.org" }),
  });
  const before = await load();
  const context = await browser.newContext();
  const page = await context.newPage();
  const posts: string[] = [];
  const troubles: string[] = [];
  page.on("request", (request) => {
    if (request.method() !== "GET") posts.push(request.url());
  });
  page.on("console", (message) => troubles.push(message.text()));
  for (const purpose of ["confirm", "unsubscribe", "preferences"]) {
    await page.goto(at(purpose));
    await page.waitForLoadState("networkidle");
    await page.mouse.move(200, 200);
  }
  const scripts = await page.evaluate("document.scripts.length");
  await context.close();

  expect(posts).toEqual([]);
  expect(scripts).toBe(0);
  // The preferences link of a sign-up that waits answers 400, which the browser notes.
  expect(troubles.filter((text) => !text.includes("400"))).toEqual([]);
  expect(await load()).toEqual(before);
});
