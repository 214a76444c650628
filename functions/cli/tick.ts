// `tick [--at INSTANT]`: once all that is due, then the end.
import { parseArgs } from "node:util";
import { Instant } from "../../shared/domain/vocabulary.ts";
import { tick } from "../../shared/flows/tick.ts";
import type { Io } from "./io.ts";
import { openWorld } from "./world.ts";

/** @returns 0; 1 where a part failed; 2 where the instant is none, or the catalogue has lines that are no feed (the rest is done) */
export async function runTick(argv: string[], io: Io): Promise<number> {
  const { values } = parseArgs({ args: argv, options: { at: { type: "string" } } });
  const at = Instant.optional().safeParse(values.at);
  if (!at.success) {
    io.stderr.write(`tick: --at: not an instant such as 2026-03-01T06:00:00Z: ${values.at}\n`);
    return 2;
  }
  const begun = Date.now();
  const { data } = at;
  // The clock goes on from the instant given: what happens in a tick takes time there too.
  const now =
    data === undefined ? undefined : () => new Date(Date.parse(data) + Date.now() - begun);
  const world = await openWorld(io, {
    access: "writes",
    catalogue: true,
    ...(now === undefined ? {} : { now }),
  });
  try {
    await world.ports.store.seedFeeds(world.feeds, world.ports.now());
    const report = await tick(world.ports, world.polls.drain);
    io.stdout.write(`${JSON.stringify(report)}\n`);
    return world.badLines > 0 ? 2 : 0;
  } finally {
    await world.close();
  }
}
