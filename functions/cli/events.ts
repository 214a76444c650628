// `events`: what resurfaced, what may have, and corrections of it.
import { parseArgs } from "node:util";
import { EventId } from "../../shared/domain/ids.ts";
import { judgeEvent } from "../../shared/flows/correct-dossier.ts";
import type { Ports, StoredEvent } from "../../shared/flows/ports.ts";
import type { Io } from "./io.ts";
import { usageOf } from "./usage.ts";

/** @returns 0, 1 where there is no such event, 2 where the arguments are wrong */
export async function runEvents(argv: string[], io: Io, ports: Ports): Promise<number> {
  const [command = "", ...rest] = argv;
  const { values, positionals } = parseArgs({
    args: rest,
    allowPositionals: true,
    options: {
      reason: { type: "string" },
      possible: { type: "boolean" },
      json: { type: "boolean" },
    },
  });
  if (command === "list") return list(io, ports, values);
  const id = EventId.safeParse(positionals[0]);
  if (!["show", "confirm", "reject", "retract"].includes(command) || !id.success) {
    io.stderr.write(usageOf("events"));
    return 2;
  }
  if (command === "show") return show(io, ports, id.data);
  if (command === "retract" && values.reason === undefined) {
    io.stderr.write("events: retract needs --reason TEXT: it is shown with the event\n");
    return 2;
  }
  const kind = command === "confirm" ? "confirm" : "retract";
  const reason = values.reason ?? (kind === "confirm" ? "confirmed" : "no resurfacing");
  const corrected = await judgeEvent(ports, id.data, kind, reason);
  if (corrected === "was-retracted") {
    io.stderr.write(`events: ${id.data} was retracted, and that is final\n`);
    return 2;
  }
  if (corrected !== "done") return missing(io, id.data);
  io.stdout.write(`${id.data} ${kind === "confirm" ? "confirmed" : "retracted"}\n`);
  return 0;
}

async function list(
  io: Io,
  ports: Ports,
  options: { possible?: boolean | undefined; json?: boolean | undefined },
): Promise<number> {
  let cursor: string | null = null;
  do {
    const page: Awaited<ReturnType<Ports["store"]["listEvents"]>> = await ports.store.listEvents(
      100,
      cursor,
      null,
    );
    for (const stored of page.rows) {
      const { event } = stored;
      if (options.possible && (event.event !== "possible" || event.state !== "standing")) continue;
      io.stdout.write(`${options.json ? JSON.stringify(event) : lineOf(stored)}\n`);
    }
    cursor = page.next;
  } while (cursor !== null);
  return 0;
}

function lineOf({ event }: StoredEvent): string {
  const state = event.state === "standing" ? "" : ` (${event.state})`;
  const sure = event.confidence.toFixed(2);
  return `${event.id}  ${event.at.slice(0, 10)}  ${event.event}${state}  ${event.dossier}  ${sure}  ${event.reason}`;
}

async function show(io: Io, ports: Ports, id: EventId): Promise<number> {
  const stored = await ports.store.loadEvent(id);
  if (stored === null) return missing(io, id);
  io.stdout.write(`${JSON.stringify(stored, null, 2)}\n`);
  return 0;
}

function missing(io: Io, id: EventId): number {
  io.stderr.write(`events: there is no event ${id}\n`);
  return 1;
}
