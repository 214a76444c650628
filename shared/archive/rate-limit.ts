// Too many requests: a token bucket for each client, in this process's memory alone.
import type { MiddlewareHandler } from "hono";
import { problem } from "./problem.ts";
import { clientOf } from "./subscription-client.ts";

export interface Bucket {
  /** How many may come at once. */
  readonly burst: number;
  /** How many more a second. */
  readonly perSecond: number;
}

/** A reader opens a page and its stylesheet; a program that reads the archive whole is told to wait. */
export const BUCKET: Bucket = { burst: 60, perSecond: 5 };
/** Clients that are remembered; of more, the one that asked longest ago is forgotten. */
const MOST_CLIENTS = 10_000;

/** Who watches, the canary, what is on every page; and who leaves by a mail provider's button, which asks for thousands. */
const EXEMPT = /^\/(?:healthz$|canary\/|style\.css$|unsubscribe$)/;

export interface RateLimit {
  /** @returns 0 where the request may pass, else the seconds after which one may */
  take(client: string, now: Date): number;
}

/** Held by what names a client until its bucket is full again, which takes seconds: no address is kept for longer. */
export function rateLimit({ burst, perSecond }: Bucket, mostClients = MOST_CLIENTS): RateLimit {
  const buckets = new Map<string, { tokens: number; at: number }>();
  const fullAfterMs = (burst / perSecond) * 1_000;

  /** Least recently asked first, so those whose buckets are full again stand at the front. */
  function forget(at: number): void {
    for (const [client, bucket] of buckets) {
      const isFull = Math.abs(at - bucket.at) >= fullAfterMs;
      if (!isFull && buckets.size <= mostClients) return;
      buckets.delete(client);
    }
  }

  return {
    take(client, now) {
      const at = now.getTime();
      const known = buckets.get(client);
      // A clock that steps back gives nothing and takes nothing.
      const elapsed = known === undefined ? 0 : Math.max(0, at - known.at);
      const held = Math.min(burst, (known?.tokens ?? burst) + (elapsed / 1_000) * perSecond);
      const passes = held >= 1;
      buckets.delete(client);
      buckets.set(client, { tokens: passes ? held - 1 : held, at });
      forget(at);
      return passes ? 0 : Math.ceil((1 - held) / perSecond);
    },
  };
}

/** A household or a machine has a whole /64 of IPv6 to ask from. */
const networkOf = (client: string): string =>
  client.includes(":") && !client.includes(".") ? client.split(":", 4).join(":") : client;

/**
 * Answers 429 with Retry-After where a client asks too often. Who it is that asks is told by the connection or by a proxy on
 * this machine (subscription-client.ts); where nothing tells it, nobody is held back.
 */
export function limitRate(
  now: () => Date,
  limit: RateLimit = rateLimit(BUCKET),
): MiddlewareHandler {
  return async (c, next) => {
    const client = clientOf(c);
    const seconds =
      client === "" || EXEMPT.test(c.req.path) ? 0 : limit.take(networkOf(client), now());
    if (seconds === 0) return next();
    c.header("Retry-After", String(seconds));
    return problem(c, 429, `Too many requests. Ask again in ${seconds} seconds.`);
  };
}
