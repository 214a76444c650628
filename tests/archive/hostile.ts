// An archive whose every item has a text that some reader of files or feeds takes for something else.
import fc from "fast-check";
import { archiveApp } from "../../shared/archive/app.ts";
import type { LogRecord, Ports, Store } from "../../shared/flows/ports.ts";
import { memoryStore } from "../servers/dynamo.ts";
import { FR_BILL, itemOf, NOW } from "./seed.ts";

/** What links begin with: below a path. */
export const ROOT = "https://watch.example.org/keys";

const PIECES = [
  ..."=+-@\t\r\n\0\u000b'\",;| \u00a0\u200b\u202e\ufeff\ufffe\uffff＝＋－＠\u0085\u2028\u2029\ud800\udfff\u{1f510}aé中ب&<>",
  '=HYPERLINK("https://evil.example","x")',
  "=cmd|' /C calc'!A0",
  "\r\n",
  '"",=1+1',
  "]]>",
  "<![CDATA[",
  "<script>alert(1)</script>",
  "&lt;b&gt;",
  "&#11;",
  "-->",
];

/** More than 200 texts, the same ones at every run. */
export const HOSTILE: readonly string[] = [
  ...new Set([
    ...PIECES,
    ...fc
      .sample(fc.array(fc.constantFrom(...PIECES), { minLength: 1, maxLength: 6 }), {
        numRuns: 260,
        seed: 7,
      })
      .map((pieces) => pieces.join("")),
  ]),
];

/** Every text as title and summary of an item, a minute apart, the first the oldest. */
export async function openHostile() {
  const { store, close } = memoryStore(() => NOW);
  for (const [n, text] of HOSTILE.entries()) {
    const at = new Date(Date.parse("2025-10-01T00:00:00.000Z") + n * 60_000).toISOString();
    const { item, decision } = itemOf({
      title: text,
      summary: text,
      at,
      decision: {
        evidence: [{ term: text, field: "title", start: 0, end: text.length, weight: 1 }],
      },
    });
    await store.putPending(item, null);
    await store.settleItem(item, decision, NOW);
  }
  const logged: LogRecord[] = [];
  const state = { reads: 0, fails: false };
  const counting = new Proxy(store, {
    get(target, name: keyof Store & string) {
      return (...given: unknown[]) => {
        if (name === "queryItems") state.reads += 1;
        if (name === "queryItems" && state.fails) throw new Error("the table is gone");
        return (target[name] as (...given: unknown[]) => unknown)(...given);
      };
    },
  });
  const ports = {
    store: counting,
    registry: [FR_BILL],
    now: () => NOW,
    log: (record: LogRecord) => void logged.push(record),
    settings: { publicUrl: ROOT, contactUrl: "https://example.org/us" },
  } as unknown as Ports;
  /** @param mostBytes of one answer, where it cannot be streamed */
  const app = (mostBytes?: number) =>
    archiveApp({
      ports,
      mailbox: null,
      version: "0",
      ...(mostBytes === undefined ? {} : { mostBytes }),
    });
  return { app, state, logged, close };
}
