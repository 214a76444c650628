// Who asks, as a network address: only ever counted, under a keyed hash that expires.
import type { Context } from "hono";
import { z } from "zod";

/** What @hono/node-server and hono/aws-lambda put beside a request. */
const Environment = z.object({
  incoming: z.object({ socket: z.object({ remoteAddress: z.string().optional() }) }).optional(),
  requestContext: z
    .object({
      http: z.object({ sourceIp: z.string().optional() }).optional(),
      identity: z.object({ sourceIp: z.string().nullish() }).optional(),
    })
    .optional(),
});

const LOOPBACK = /^(?:::ffff:)?127\.|^::1$/;

/**
 * The connection's other end; behind a proxy on this machine, or CloudFront, the last address that the proxy itself
 * added. Earlier entries of X-Forwarded-For are whatever the client wrote.
 * @returns "" where nothing is known
 */
export function clientOf(c: Context): string {
  const environment = Environment.safeParse(c.env ?? {}).data ?? {};
  const cloud = environment.requestContext;
  const forwarded = (c.req.header("X-Forwarded-For") ?? "").split(",").at(-1)?.trim() ?? "";
  if (cloud !== undefined) {
    const viewer = c.req.header("CloudFront-Viewer-Address")?.replace(/:\d+$/, "");
    return viewer ?? cloud.http?.sourceIp ?? cloud.identity?.sourceIp ?? "";
  }
  const remote = environment.incoming?.socket.remoteAddress ?? "";
  return LOOPBACK.test(remote) && forwarded !== "" ? forwarded : remote;
}
