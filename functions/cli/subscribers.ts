// `subscribers list | export | import FILE | remove ADDRESS`: what an operator may do, and no more than that.
import { randomBytes } from "node:crypto";
import { readFile } from "node:fs/promises";
import {
  normalizeAddress,
  openAddress,
  sealAddress,
  subscriberIdOf,
} from "../../shared/digests/address.ts";
import { nextDigestAt } from "../../shared/digests/cadence.ts";
import {
  preferencesOf,
  readRequest,
  SubscribeRequest,
} from "../../shared/digests/subscribe-request.ts";
import type { Subscriber } from "../../shared/domain/subscriber.ts";
import { unknownDossiers } from "../../shared/flows/check-dossiers.ts";
import type { Ports } from "../../shared/flows/ports.ts";
import { restAfterLeaving } from "../../shared/flows/sign-up-caps.ts";
import type { Io } from "./io.ts";
import { fileProblem } from "./read-items.ts";
import { usageOf } from "./usage.ts";

/** @returns 0; 1 where the work failed; 2 where the command or a line of the file is wrong */
export async function runSubscribers(argv: string[], io: Io, ports: Ports): Promise<number> {
  const [verb, operand, ...rest] = argv;
  if (rest.length === 0 && operand === undefined) {
    if (verb === "list") return list(io, ports);
    if (verb === "export") return exportAll(io, ports);
  }
  if (rest.length === 0 && operand !== undefined) {
    if (verb === "import") return importFile(operand, io, ports);
    if (verb === "remove") return remove(operand, io, ports);
  }
  io.stderr.write(usageOf("subscribers"));
  return 2;
}

/** Ids, states and choices: no address, so that it can be shown to anybody who helps. */
async function list(io: Io, ports: Ports): Promise<number> {
  for await (const {
    id,
    state,
    preferences,
    createdAt,
    nextDigestAt,
  } of ports.store.listSubscribers())
    io.stdout.write(`${JSON.stringify({ id, state, createdAt, nextDigestAt, ...preferences })}\n`);
  return 0;
}

/** Addresses in plain, one JSON object a line, in the shape that `import` reads. */
async function exportAll(io: Io, ports: Ports): Promise<number> {
  for await (const {
    id,
    state,
    sealedAddress,
    preferences,
    confirmedAt,
  } of ports.store.listSubscribers()) {
    if (state !== "active" && state !== "paused") continue;
    try {
      const email = openAddress(ports.secrets.addressKey, sealedAddress);
      io.stdout.write(`${JSON.stringify({ email, ...preferences, state, confirmedAt })}\n`);
    } catch (cause) {
      io.stderr.write(`subscribers: ${id}: ${(cause as Error).message}\n`);
      return 1;
    }
  }
  return 0;
}

/**
 * Takes in people who confirmed elsewhere: active at once, or paused as they were. Who unsubscribed here, or must not be
 * written to, is left alone: an older list does not bring anybody back.
 */
async function importFile(path: string, io: Io, ports: Ports): Promise<number> {
  const problem = fileProblem(path);
  if (problem !== null) {
    io.stderr.write(`subscribers: ${problem}\n`);
    return 1;
  }
  const lines = (await readFile(path, "utf8")).split("\n");
  const counts = { added: 0, known: 0, suppressed: 0, wrong: 0 };
  for (const [index, line] of lines.entries()) {
    if (line.trim() === "") continue;
    const wrong = await importLine(line, ports, counts);
    if (wrong === null) continue;
    counts.wrong += 1;
    io.stderr.write(`subscribers: ${path}:${index + 1}: ${wrong}\n`);
  }
  io.stdout.write(`${JSON.stringify(counts)}\n`);
  return counts.wrong > 0 ? 2 : 0;
}

/** @returns what is wrong with the line, or null */
async function importLine(
  line: string,
  ports: Ports,
  counts: { added: number; known: number; suppressed: number },
): Promise<string | null> {
  let given: unknown;
  try {
    given = JSON.parse(line);
  } catch {
    return "is no JSON";
  }
  const read = readRequest(SubscribeRequest, given);
  if (read.kind === "invalid")
    return read.problems.map(({ field, message }) => `${field}: ${message}`).join("; ");
  const { email, ...choices } = read.value;
  const unknown = await unknownDossiers(ports, choices.dossiers);
  if (unknown.length > 0) return unknown.map(({ message }) => `dossiers: ${message}`).join("; ");
  const id = subscriberIdOf(ports.secrets.lookupKey, email);
  const known = await ports.store.loadSubscriber(id);
  const hasLeft = known?.state === "unsubscribed" || known?.state === "suppressed";
  if (hasLeft || (await ports.store.isSuppressed(id))) {
    counts.suppressed += 1;
    return null;
  }
  const state = (given as { state?: unknown }).state === "paused" ? "paused" : "active";
  if (known !== null && ["active", "paused"].includes(known.state)) counts.known += 1;
  else if (
    await ports.store.saveSubscriber(
      imported(ports, id, email, choices, { version: known?.version ?? 0, state }),
    )
  )
    counts.added += 1;
  return null;
}

function imported(
  ports: Ports,
  id: Subscriber["id"],
  email: string,
  choices: Parameters<typeof preferencesOf>[0],
  { version, state }: Pick<Subscriber, "version" | "state">,
): Subscriber {
  const now = ports.now();
  const preferences = preferencesOf(choices);
  return {
    id,
    version,
    state,
    sealedAddress: sealAddress(ports.secrets.addressKey, email, randomBytes),
    preferences,
    createdAt: now.toISOString(),
    confirmedAt: now.toISOString(),
    confirmationAt: null,
    confirmations: 0,
    nextDigestAt:
      nextDigestAt(preferences.cadence, preferences.timezone, now)?.toISOString() ?? null,
    digestedUntil: now.toISOString(),
  };
}

/** As its owner's own deletion: everything goes, and a keyed mark stays. */
async function remove(address: string, io: Io, ports: Ports): Promise<number> {
  const normal = normalizeAddress(address);
  if (normal === null) {
    io.stderr.write("subscribers: remove: not one plain mail address\n");
    return 2;
  }
  const id = subscriberIdOf(ports.secrets.lookupKey, normal);
  const known = await ports.store.loadSubscriber(id);
  await restAfterLeaving(ports, id);
  await ports.store.suppress(id, "deleted", ports.now());
  await ports.store.deleteSubscriber(id);
  io.stdout.write(`${JSON.stringify({ id, removed: known !== null })}\n`);
  return 0;
}
