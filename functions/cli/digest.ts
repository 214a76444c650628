// `digest preview [--to FILE]` and `digest send --dry-run`: what would go out, without sending it.
import { randomBytes } from "node:crypto";
import { writeFile } from "node:fs/promises";
import { parseArgs } from "node:util";
import { createTransport } from "nodemailer";
import { sealAddress, subscriberIdOf } from "../../shared/digests/address.ts";
import { composeMail } from "../../shared/digests/compose-mail.ts";
import {
  PreferencesRequest,
  preferencesOf,
  readRequest,
} from "../../shared/digests/subscribe-request.ts";
import type { Mail } from "../../shared/domain/mail.ts";
import type { Preferences, Subscriber } from "../../shared/domain/subscriber.ts";
import type { Ports } from "../../shared/flows/ports.ts";
import { previewDigest } from "../../shared/flows/preview-digest.ts";
import { wasTold } from "../../shared/flows/resume.ts";
import type { Io } from "./io.ts";
import { usageOf } from "./usage.ts";

const NOBODY = "reader@example.org";

/** @returns 0; 2 where the command is wrong */
export async function runDigest(argv: string[], io: Io, ports: Ports): Promise<number> {
  const [verb, ...rest] = argv;
  try {
    if (verb === "preview") return await preview(rest, io, ports);
    if (verb === "send") return await dryRun(rest, io, ports);
  } catch (cause) {
    if (!(cause instanceof TypeError)) throw cause;
    io.stderr.write(`digest: ${cause.message}\n`);
    return 2;
  }
  io.stderr.write(usageOf("digest"));
  return 2;
}

async function preview(argv: string[], io: Io, ports: Ports): Promise<number> {
  const several = { type: "string", multiple: true, default: [] as string[] } as const;
  const { values } = parseArgs({
    args: argv,
    options: {
      to: { type: "string" },
      cadence: { type: "string", default: "weekly" },
      language: { type: "string", default: "en" },
      timezone: { type: "string", default: "UTC" },
      days: { type: "string", default: "7" },
      theme: several,
      jurisdiction: several,
      dossier: several,
    },
  });
  const { cadence, language, timezone, theme, jurisdiction, dossier } = values;
  const choices = { cadence, language, timezone };
  const lists = { themes: theme, jurisdictions: jurisdiction, dossiers: dossier };
  const read = readRequest(PreferencesRequest, { ...choices, ...lists });
  const days = Number(values.days);
  if (read.kind === "invalid" || !(days > 0 && days <= 3_660)) {
    const problems = read.kind === "invalid" ? read.problems : [];
    for (const { field, message } of problems) io.stderr.write(`digest: ${field}: ${message}\n`);
    if (problems.length === 0) io.stderr.write(`digest: --days: not from 1 to 3660\n`);
    return 2;
  }
  const from = new Date(ports.now().getTime() - days * 86_400_000);
  const mail = await previewDigest(ports, reader(ports, preferencesOf(read.value)), from);
  if (mail === null) {
    io.stderr.write("digest: there is nothing to say of these days\n");
    return 0;
  }
  if (values.to === undefined) io.stdout.write(`Subject: ${mail.subject}\n\n${mail.text}\n`);
  else await writeFile(values.to, await fileOf(mail, ports, values.to), { mode: 0o600 });
  return 0;
}

async function fileOf(mail: Mail, ports: Ports, path: string): Promise<string | Buffer> {
  if (path.endsWith(".html")) return mail.html;
  const composer = createTransport({ streamTransport: true, buffer: true });
  const composed = await composer.sendMail(composeMail(mail, ports.settings.mailFrom));
  return composed.message as Buffer;
}

/** Somebody who is in no table: links in a preview lead nowhere. */
function reader(ports: Ports, preferences: Preferences): Subscriber {
  const now = ports.now().toISOString();
  return {
    id: subscriberIdOf(ports.secrets.lookupKey, NOBODY),
    version: 0,
    state: "active",
    sealedAddress: sealAddress(ports.secrets.addressKey, NOBODY, randomBytes),
    preferences,
    createdAt: now,
    confirmedAt: now,
    confirmationAt: null,
    confirmations: 0,
    nextDigestAt: now,
    digestedUntil: now,
  };
}

/** Counts, by shard and kind, what the next turn would send; writes and mails nothing. */
async function dryRun(argv: string[], io: Io, ports: Ports): Promise<number> {
  const { values } = parseArgs({ args: argv, options: { "dry-run": { type: "boolean" } } });
  if (values["dry-run"] !== true) {
    io.stderr.write("digest: send: only --dry-run; the timers and `tick` send\n");
    return 2;
  }
  const now = ports.now();
  const due = { events: 0, changes: 0, corrections: 0, immediate: 0, periodic: 0, mails: 0 };
  // A restored copy is asked with RESUME_AFTER, before it is let go on.
  due.events = (await ports.store.eventsToAnnounce(now, 200)).filter(
    ({ announceAt }) => !wasTold(ports, announceAt),
  ).length;
  due.changes = (await ports.store.stageChangesToTell(now, 200)).filter(
    ({ announceAt }) => !wasTold(ports, announceAt),
  ).length;
  due.corrections = (await ports.store.correctionsToTell(now, 200)).filter(
    ({ tellCorrectionAt }) => !wasTold(ports, tellCorrectionAt),
  ).length;
  const toTell = due.events + due.changes + due.corrections;
  for await (const subscriber of ports.store.listSubscribers()) {
    if (subscriber.state !== "active") continue;
    const { nextDigestAt, preferences } = subscriber;
    if (preferences.cadence === "immediate" && toTell > 0) due.immediate += 1;
    if (nextDigestAt === null || nextDigestAt > now.toISOString()) continue;
    if (wasTold(ports, nextDigestAt)) continue;
    due.periodic += 1;
    const from = new Date(subscriber.digestedUntil ?? subscriber.createdAt);
    if ((await previewDigest(ports, subscriber, from)) !== null) due.mails += 1;
  }
  io.stdout.write(`${JSON.stringify(due)}\n`);
  return 0;
}
