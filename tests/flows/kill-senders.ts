// Kills a sending process again and again, and says what each subscriber got in the end.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { planDigests } from "../../shared/flows/plan-digests.ts";
import type { DynamoServer } from "../servers/dynamo.ts";
import { smtpTestServer } from "../servers/smtp-server.ts";
import { enrol, mailWorld, publish, resurface, takeBack, wait } from "./mail-world.ts";

const SENDER = fileURLToPath(new URL("./run-digests.ts", import.meta.url));
/** Past every lease: a claim that a killed process held is found to be of unknown fate. */
const BETWEEN_RUNS_SECONDS = 600;

export interface KillReport {
  readonly missed: string[];
  /** Mails beyond one per subscriber: each was in flight at a kill. */
  readonly repeats: number;
  /** Repeats that did not carry the Message-ID of the mail that they repeat. */
  readonly strangers: number;
  readonly kills: number;
  readonly mails: number;
}

/**
 * @param kills after how many mails of each run it is killed, in turn; then one run goes to its end
 * @param about what the mails tell: news, or that an event which everybody was told of is taken back
 */
export async function killSenders(
  server: DynamoServer,
  subscribers: number,
  kills: readonly number[],
  about: "news" | "corrections" = "news",
): Promise<KillReport> {
  const smtp = await smtpTestServer();
  const world = await mailWorld(server);
  const people = Array.from({ length: subscribers }, (_, i) => `reader${i}@example.org`);
  for (const [index, person] of people.entries())
    await enrol(world, person, { cadence: index % 2 === 0 ? "immediate" : "daily" });
  await publish(world, "item");
  const event = await resurface(world, "comeback");
  wait(world, 86_400);
  if (about === "corrections") {
    await planDigests(world.ports);
    await takeBack(world, event);
    wait(world, 86_400);
  }
  let killed = 0;
  for (const after of [...kills, Number.POSITIVE_INFINITY]) {
    const before = smtp.received.length;
    const instant = world.now.toISOString();
    const child = spawn(
      process.execPath,
      ["--import", "tsx", SENDER, server.endpoint, world.tableName, smtp.url, instant],
      { stdio: ["ignore", "inherit", "inherit"] },
    );
    smtp.manner = () => {
      if (smtp.received.length - before >= after) child.kill("SIGKILL");
      return "accept";
    };
    if (child.exitCode === null) await once(child, "exit");
    if (child.signalCode === "SIGKILL") killed += 1;
    wait(world, BETWEEN_RUNS_SECONDS);
  }
  const byPerson = new Map<string, Set<string>>();
  for (const { recipients, mail } of smtp.received) {
    const ids = byPerson.get(recipients[0] ?? "") ?? new Set();
    byPerson.set(recipients[0] ?? "", ids.add(mail.messageId ?? ""));
  }
  await world.close();
  await smtp.close();
  return {
    missed: people.filter((person) => !byPerson.has(person)),
    repeats: smtp.received.length - byPerson.size,
    strangers: [...byPerson.values()].reduce((sum, ids) => sum + ids.size - 1, 0),
    kills: killed,
    mails: smtp.received.length,
  };
}
