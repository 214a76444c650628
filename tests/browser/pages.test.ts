import sparticuz from "@sparticuz/chromium";
import { type Browser, chromium, type Page } from "playwright-core";
import { afterAll, beforeAll, expect, it } from "vitest";
import { serveWeb, type WebServer } from "../../functions/local/http.ts";
import { BACK_ID, FR_EVENT, openArchive, type SeededArchive } from "../archive/seed.ts";

let archive: SeededArchive;
let web: WebServer;
let browser: Browser;
const shots = process.env["SCREENSHOTS"];

beforeAll(async () => {
  archive = await openArchive({ mailbox: true });
  web = await serveWeb(archive.app, "127.0.0.1", 0);
  browser = await chromium.launch({
    executablePath: await sparticuz.executablePath(),
    // In one process, the end of a context is the end of the browser.
    args: sparticuz.args.filter((arg) => arg !== "--single-process"),
    headless: true,
  });
});

afterAll(async () => {
  await browser.close();
  await web.close();
  await archive.close();
});

/** Opens a page and gathers what its visitor would never see: refused loads, thrown errors, dialogs, foreign requests. */
async function visit(
  path: string,
  look: { width?: number; dark?: boolean; script?: boolean } = {},
) {
  const context = await browser.newContext({
    viewport: { width: look.width ?? 1100, height: 900 },
    colorScheme: look.dark ? "dark" : "light",
    javaScriptEnabled: look.script ?? true,
  });
  const page = await context.newPage();
  const troubles: string[] = [];
  page.on("console", (message) => {
    if (message.type() === "error") troubles.push(message.text());
  });
  page.on("pageerror", (error) => troubles.push(error.message));
  page.on("dialog", (dialog) => {
    troubles.push(`dialog ${dialog.message()}`);
    void dialog.dismiss();
  });
  page.on("request", (request) => {
    if (!request.url().startsWith(web.url)) troubles.push(`asked for ${request.url()}`);
  });
  const response = await page.goto(web.url + path);
  return { page, troubles, status: response?.status(), close: () => context.close() };
}

async function shoot(page: Page, name: string): Promise<void> {
  if (shots) await page.screenshot({ path: `${shots}/${name}.png`, fullPage: true });
}

const PATHS = [
  "/",
  "/items",
  `/items/${BACK_ID}`,
  "/dossiers",
  "/dossiers/fr-test-bill",
  `/events/${FR_EVENT.id}`,
  "/feeds",
  "/subscribe",
  "/about",
  "/privacy",
  "/mailbox",
];

it.each(PATHS)(
  "%s loads styled, from here alone, and breaks no policy of its own",
  async (path) => {
    for (const look of [{ width: 1100 }, { width: 380, dark: true }]) {
      const { page, troubles, status, close } = await visit(path, look);

      expect(status).toBe(200);
      expect(troubles).toEqual([]);
      expect(await page.title()).not.toContain("owned");
      expect(await page.locator("h1").count()).toBe(1);
      const font = await page.evaluate(
        "getComputedStyle(document.body).maxWidth + getComputedStyle(document.querySelector('main')).paddingTop",
      );
      expect(font).not.toBe("none0px");
      const sideways = await page.evaluate("document.documentElement.scrollWidth - innerWidth");
      expect(sideways).toBeLessThanOrEqual(0);
      await shoot(
        page,
        `${path.split("/")[1] || "front"}${path.split("/")[2] ? "-one" : ""}-${look.width}`,
      );
      await close();
    }
  },
);

it("tells at first sight which dossier is back, from which state and in whose words", async () => {
  const { page, close } = await visit("/");

  const first = page.locator("article").first();
  const text = ((await first.textContent()) ?? "").replace(/\s+/g, " ");
  expect(text).toContain("France: access clause for messengers");
  expect(text).toContain("Back from rejected after 208");
  expect(await first.locator("mark").first().textContent()).toBe("clause d’accès");
  const box = await first.boundingBox();
  expect(box?.y ?? 9_999).toBeLessThan(450);
  await close();
});

it("shows hostile feed text as text, and links nowhere it should not", async () => {
  const { page, troubles, close } = await visit("/items");

  expect(troubles).toEqual([]);
  expect(await page.locator("main script, main svg, main style, main img").count()).toBe(0);
  expect(await page.getByText("<script>document.title").count()).toBe(1);
  const hrefs = (await page.evaluate(
    "[...document.querySelectorAll('main a')].map((a) => a.href)",
  )) as string[];
  expect(hrefs.length).toBeGreaterThan(5);
  expect(hrefs.filter((href) => !/^https?:/.test(href))).toEqual([]);
  expect(hrefs.filter((href) => href.includes("evil"))).toEqual([]);
  await close();
});

it("filters without a script", async () => {
  const { page, close } = await visit("/items", { script: false });

  await page.locator("input[name=q]").fill("clause");
  await page.locator("select[name=theme]").selectOption("french-politics");
  await page.locator("form.filters button").click();
  await page.waitForURL(/theme=french-politics/);

  expect(await page.locator("li.item").count()).toBe(1);
  expect(await page.locator("input[name=q]").inputValue()).toBe("clause");
  await close();
});

it("shows a mail in a frame that can run nothing, and opens its links outside", async () => {
  const { page, close } = await visit(`/mailbox/${"a".repeat(32)}`);

  const frame = page.frameLocator("iframe");
  await frame.getByText("It is back.").waitFor();
  expect(await page.title()).not.toContain("owned");
  expect(await page.locator("pre").textContent()).toContain("https://example.org/x");
  await page.context().route("https://example.org/**", (route) => route.fulfill({ body: "there" }));
  const opened = page.context().waitForEvent("page");
  await frame.getByRole("link", { name: "Source" }).click();
  expect((await opened).url()).toBe("https://example.org/x");
  await close();
});

it("tells a dossier's story by the titles of what happened, the comeback marked", async () => {
  const { page, close } = await visit("/dossiers/fr-test-bill");

  const entries = await page.locator("ol.timeline > li:not(.quiet)").allTextContents();
  expect(entries).toHaveLength(3);
  expect(entries[0]).toContain("Back from rejected after 208 quiet days");
  expect(entries[0]).toContain("Le gouvernement rétablit la clause");
  expect(entries[2]).toContain("The Senate wrote the clause into the bill.");
  expect(await page.locator("li.came-back").count()).toBe(1);
  expect(await page.locator("li.quiet").allTextContents()).toEqual([
    "208 days without an official move",
  ]);
  await close();
});
