import { readFileSync } from "node:fs";
import { afterAll, beforeAll, expect, it } from "vitest";
import { archiveApp } from "../../shared/archive/app.ts";
import type { Ports } from "../../shared/flows/ports.ts";

const accuracy = readFileSync(new URL("../../docs/accuracy.md", import.meta.url), "utf8");
const ports = {
  settings: { publicUrl: "https://watch.example.org" },
  log: () => {},
} as unknown as Ports;
let page = "";

beforeAll(async () => {
  const app = archiveApp({ ports, mailbox: null, version: "test", accuracy });
  page = await (await app.request("/accuracy")).text();
});
afterAll(() => {
  page = "";
});

it("publishes the models' figures as tables that can be read without asking", () => {
  const figure = /\*\*relevant\*\* \| ([\d.]+) \|/.exec(accuracy)?.[1];

  expect(figure).toBeDefined();
  expect(page).toContain("<table>");
  expect(page).toContain(`<td>${figure}</td>`);
});

it("names other documents of the source, and links to none that is no page", () => {
  const relative = [...accuracy.matchAll(/\]\((?!https?:|#)([^)]+)\)/g)].map(([, path]) => path);

  expect(relative.length).toBeGreaterThan(0);
  for (const path of relative) expect(page).toContain(`(<code>docs/${path}</code>)`);
  expect([...page.matchAll(/href="(?!https?:|\/|#)[^"]*"/g)].map(String)).toEqual([]);
});
