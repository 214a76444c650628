// `reclassify`: brings the archive to the present models; mails nobody, and goes on where it was cut short.
import type { Ports } from "../../shared/flows/ports.ts";
import { reclassify } from "../../shared/flows/reclassify.ts";
import type { Io } from "./io.ts";

const STRETCH = 500;

/** @returns 0; 1 where some items failed (they are taken up by the next run) */
export async function runReclassify(_argv: string[], io: Io, ports: Ports): Promise<number> {
  let cursor: string | null = null;
  let seen = 0;
  let changed = 0;
  let failed = 0;
  do {
    const stretch: Awaited<ReturnType<typeof reclassify>> = await reclassify(
      ports,
      STRETCH,
      cursor,
    );
    seen += stretch.seen;
    changed += stretch.changed;
    failed += stretch.failed;
    cursor = stretch.next;
    io.stderr.write(`reclassify: ${seen} seen, ${changed} brought to ${ports.models.version}\n`);
  } while (cursor !== null);
  io.stdout.write(`${JSON.stringify({ model: ports.models.version, seen, changed, failed })}\n`);
  return failed > 0 ? 1 : 0;
}
