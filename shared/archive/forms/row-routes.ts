// Archive, forms: a query's rows as CSV and as JSON Lines, by the same filters as the API's pages.
import { type Context, Hono } from "hono";
import type { Page, Ports, StoredEvent } from "../../flows/ports.ts";
import { eventsFrom, titlesOf } from "../look-up.ts";
import { parametersOf } from "../parameters.ts";
import { presentEvent, presentItem } from "../present.ts";
import { readEventQuery, readQuery, saysLimit } from "../query.ts";
import { EVENT_HEAD, eventLine, ITEM_HEAD, itemLine } from "./columns.ts";
import { jsonLine } from "./json-line.ts";
import { allRows, bodyOf, firstPage, partOf, type RowSource } from "./rows.ts";

const FORMS = {
  csv: "text/csv; charset=utf-8; header=present",
  jsonl: "application/jsonl; charset=utf-8",
} as const;
type Form = keyof typeof FORMS;

/** What to write of a row, in either form. */
interface Writer<Presented> {
  readonly head: string;
  line(row: Presented, root: string): string;
}

const ITEMS = {
  csv: { head: ITEM_HEAD, line: itemLine },
  jsonl: { head: "", line: jsonLine },
} as const satisfies Record<Form, Writer<ReturnType<typeof presentItem>>>;
const EVENTS = {
  csv: { head: EVENT_HEAD, line: eventLine },
  jsonl: { head: "", line: jsonLine },
} as const satisfies Record<Form, Writer<ReturnType<typeof presentEvent>>>;

function itemSource(ports: Ports, form: Form, parameters: URLSearchParams) {
  const query = readQuery(parameters);
  const { head, line } = ITEMS[form];
  const root = ports.settings.publicUrl;
  const source = {
    head,
    read: (limit: number, cursor: string | null) =>
      ports.store.queryItems({ ...query, limit, cursor }),
    write: async (rows: Page<Parameters<typeof presentItem>[0]>["rows"]) =>
      rows.map((item) => line(presentItem(item), root)),
  };
  return { query, source };
}

function eventSource(ports: Ports, form: Form, parameters: URLSearchParams) {
  const query = readEventQuery(parameters);
  const { head, line } = EVENTS[form];
  const root = ports.settings.publicUrl;
  const source = {
    head,
    read: (limit: number, cursor: string | null) => eventsFrom(ports, { ...query, limit, cursor }),
    write: async (rows: readonly StoredEvent[]) => {
      const titles = await titlesOf(ports, rows);
      return rows.map((stored) => line(presentEvent(stored, titles), root));
    },
  };
  return { query, source };
}

/**
 * Whole, as it is read; or a part with the address of the next one, where a limit is asked for or where an answer must be
 * smaller than all may be.
 */
async function answer<T>(
  c: Context,
  ports: Ports,
  mostBytes: number,
  file: { readonly name: string; readonly form: Form },
  asked: {
    readonly source: RowSource<T>;
    readonly query: { readonly limit: number; readonly cursor: string | null };
    readonly parameters: URLSearchParams;
  },
): Promise<Response> {
  const { source, query, parameters } = asked;
  const { name, form } = file;
  const limit = saysLimit(parameters) ? query.limit : null;
  c.header("Content-Type", FORMS[form]);
  if (limit === null && mostBytes === Number.POSITIVE_INFINITY) {
    const first = await firstPage(source, query.cursor);
    c.header("Content-Disposition", `attachment; filename="${name}.${form}"`);
    return c.body(
      bodyOf(allRows(source, first), (cause) =>
        ports.log({ step: "web", path: `/api/${name}.${form}`, failed: String(cause) }),
      ),
    );
  }
  const { text, next } = await partOf(source, { limit, cursor: query.cursor }, mostBytes);
  if (next !== null) {
    const onward = new URLSearchParams(parameters);
    onward.set("cursor", next);
    const address = `${ports.settings.publicUrl}/api/${name}.${form}?${onward}`;
    c.header("Link", `<${address}>; rel="next"`);
  }
  const part = next === null && query.cursor === null ? "" : "-part";
  c.header("Content-Disposition", `attachment; filename="${name}${part}.${form}"`);
  return c.body(text);
}

/** @param mostBytes of one answer; infinite where an answer may be streamed */
export function rowRoutes(ports: Ports, mostBytes: number): Hono {
  const app = new Hono();
  for (const form of ["csv", "jsonl"] as const) {
    app.get(`/api/items.${form}`, (c) => {
      const parameters = parametersOf(c.req.url);
      const asked = itemSource(ports, form, parameters);
      return answer(c, ports, mostBytes, { name: "items", form }, { ...asked, parameters });
    });
    app.get(`/api/events.${form}`, (c) => {
      const parameters = parametersOf(c.req.url);
      const asked = eventSource(ports, form, parameters);
      return answer(c, ports, mostBytes, { name: "events", form }, { ...asked, parameters });
    });
  }
  return app;
}
