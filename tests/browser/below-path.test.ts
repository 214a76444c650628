import sparticuz from "@sparticuz/chromium";
import { type Browser, type BrowserContext, chromium, type Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { serveWeb, type WebServer } from "../../functions/local/http.ts";
import { archiveApp } from "../../shared/archive/app.ts";
import { subscriberIdOf } from "../../shared/digests/address.ts";
import type { Ports } from "../../shared/flows/ports.ts";
import { flowServer, linkIn, type MailWorld, mailWorld } from "../flows/mail-world.ts";
import type { DynamoServer } from "../servers/dynamo.ts";
import { type PathProxy, pathProxy } from "../servers/path-proxy.ts";

const READER = "reader@example.org";
let browser: Browser;
let server: DynamoServer;

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

describe.each([
  { proxy: "takes the path off", strips: true },
  { proxy: "hands the path on", strips: false },
])("below a path, behind a proxy that $proxy", ({ strips }) => {
  let world: MailWorld;
  let web: WebServer;
  let front: PathProxy;
  let context: BrowserContext;
  let page: Page;
  const failed: string[] = [];
  beforeAll(async () => {
    world = await mailWorld(server);
    front = await pathProxy({ path: "/watch", strips, to: () => web.url });
    const settings = { ...world.ports.settings, publicUrl: front.url };
    const ports: Ports = { ...world.ports, settings };
    const app = archiveApp({ ports, mailbox: null, version: "test" });
    web = await serveWeb(app, "127.0.0.1", 0);
    context = await browser.newContext({ javaScriptEnabled: false });
    page = await context.newPage();
    page.on("response", (response) => {
      if (response.status() >= 400 || !response.url().startsWith(front.url))
        failed.push(`${response.status()} ${response.url()}`);
    });
  });
  afterAll(async () => {
    await context.close();
    await front.close();
    await web.close();
    await world.close();
  });
  const stateOf = async () =>
    (await world.store.loadSubscriber(subscriberIdOf(world.ports.secrets.lookupKey, READER)))
      ?.state;
  const linkOf = (purpose: string) => linkIn(world.outbox[0], purpose).href;

  it("a person finds the form, signs up, confirms, pauses and leaves, by links and buttons alone", async () => {
    await page.goto(front.url);
    await page.getByRole("link", { name: "Items", exact: true }).click();
    const width = await page.evaluate("getComputedStyle(document.querySelector('main')).maxWidth");
    await page.getByRole("link", { name: "Subscribe", exact: true }).click();
    await page.fill('input[name="email"]', READER);
    await page.click('form button[type="submit"]');
    const asked = await stateOf();
    await page.goto(linkOf("confirm"));
    await page.click("button");
    const confirmed = await stateOf();
    await page.goto(linkOf("preferences"));
    await page.getByRole("button", { name: "Pause" }).click();
    const paused = await stateOf();
    await page.goto(linkOf("unsubscribe"));
    await page.click("button");

    expect([asked, confirmed, paused, await stateOf()]).toEqual([
      "pending",
      "active",
      "paused",
      "unsubscribed",
    ]);
    expect(width).not.toBe("none");
    expect(failed).toEqual([]);
  });

  it("one click in a mail program, which follows no redirect, ends a subscription", async () => {
    const header = world.outbox[0]?.headers["List-Unsubscribe"] ?? "";
    const answer = await fetch(header.slice(1, -1), {
      method: "POST",
      body: new URLSearchParams({ "List-Unsubscribe": "One-Click" }),
      redirect: "error",
    });

    expect(header).toContain(`<${front.url}/unsubscribe?token=`);
    expect(answer.status).toBe(200);
  });
});
