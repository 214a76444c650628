// `dossiers`: where each bill stands, and corrections of it.
import { parseArgs } from "node:util";
import type { LearnedName } from "../../shared/domain/dossier.ts";
import { DossierId } from "../../shared/domain/ids.ts";
import { Instant, Stage } from "../../shared/domain/vocabulary.ts";
import { standsAt } from "../../shared/dossiers/follow-dossier.ts";
import { isUsed } from "../../shared/dossiers/learn-names.ts";
import {
  type Corrected,
  forgetName,
  giveMoves,
  muteDossier,
  setStage,
} from "../../shared/flows/correct-dossier.ts";
import type { Ports } from "../../shared/flows/ports.ts";
import type { Io } from "./io.ts";
import { usageOf } from "./usage.ts";

/** @returns 0, 1 where there is no such dossier, 2 where the arguments are wrong */
export async function runDossiers(argv: string[], io: Io, ports: Ports): Promise<number> {
  const [command = "", ...rest] = argv;
  const { values, positionals } = parseArgs({
    args: rest,
    allowPositionals: true,
    options: { reason: { type: "string" }, at: { type: "string" } },
  });
  const [first, second, ...more] = positionals;
  if (command === "list") return list(io, ports);
  const id = DossierId.safeParse(first);
  if (!id.success) return usage(io);
  switch (command) {
    case "show":
      return show(io, ports, id.data);
    case "mute":
    case "unmute":
      return told(io, first, await muteDossier(ports, id.data, command, values.reason ?? command));
    case "forget":
      if (second === undefined || more.length > 0) return usage(io);
      return told(io, first, await forgetName(ports, id.data, second, values.reason ?? command));
    case "set-stage": {
      const stage = Stage.safeParse(second);
      const at = values.at === undefined ? null : instantOf(values.at);
      if (!stage.success || values.reason === undefined || at === undefined) return usage(io);
      return told(io, first, await setStage(ports, id.data, stage.data, values.reason, at));
    }
    case "merge":
    case "split": {
      const into = DossierId.safeParse(second);
      if (!into.success || (command === "split") !== more.length > 0) return usage(io);
      const items = command === "split" ? more : null;
      return told(io, first, await giveMoves(ports, id.data, into.data, items));
    }
    default:
      return usage(io);
  }
}

/** A date or an instant; undefined where it is neither. */
function instantOf(text: string): string | undefined {
  const full = /^\d{4}-\d{2}-\d{2}$/.test(text) ? `${text}T00:00:00.000Z` : text;
  const read = Instant.safeParse(full);
  return read.success ? read.data : undefined;
}

function usage(io: Io): number {
  io.stderr.write(usageOf("dossiers"));
  return 2;
}

function told(io: Io, id: string | undefined, corrected: Corrected): number {
  if (corrected === "done") {
    io.stdout.write(`${id}: done\n`);
    return 0;
  }
  io.stderr.write(`dossiers: ${id}: ${corrected.replace("-", " ")}\n`);
  return 1;
}

async function list(io: Io, ports: Ports): Promise<number> {
  const records = new Map((await ports.store.listDossiers()).map((record) => [record.id, record]));
  const autos = [...records.values()].flatMap((record) => record.auto ?? []);
  for (const dossier of [...ports.registry, ...autos]) {
    const state = standsAt(dossier, records.get(dossier.id)?.state ?? null);
    const last = state.lastMoveAt ?? dossier.opened;
    const where = state.ended ?? state.stage;
    const names = (records.get(dossier.id)?.learned ?? []).filter(isUsed);
    const also =
      names.length === 0 ? "" : `  (learned: ${names.map(({ text }) => text).join("; ")})`;
    io.stdout.write(`${dossier.id}  ${where}  ${last.slice(0, 10)}  ${dossier.title}${also}\n`);
  }
  return 0;
}

/** A name that items taught: a candidate until an institution, or two items, gave it. */
function shownName(name: LearnedName) {
  const standing = name.forgotten === true ? "forgotten" : isUsed(name) ? "used" : "candidate";
  return { name: name.text, items: name.items, standing };
}

async function show(io: Io, ports: Ports, id: DossierId): Promise<number> {
  const record = await ports.store.loadDossier(id);
  const known = ports.registry.find((dossier) => dossier.id === id) ?? record?.auto;
  if (known === undefined || known === null) return told(io, id, "unknown-dossier");
  const moves = await ports.store.listMoves(id);
  const state = standsAt(known, record?.state ?? null);
  const learned = (record?.learned ?? []).map(shownName);
  io.stdout.write(`${JSON.stringify({ dossier: known, state, learned, moves }, null, 2)}\n`);
  return 0;
}
