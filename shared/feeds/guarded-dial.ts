// Feeds: connections that reach nothing but the public internet.
import { lookup as systemLookup } from "node:dns/promises";
import { connect, isIP, type LookupFunction, type Socket } from "node:net";
import { connect as connectTls } from "node:tls";
import { isPublicAddress } from "./guard-address.ts";

export interface ResolvedAddress {
  readonly address: string;
  readonly family: number;
}
/** All addresses of a host name. */
export type Lookup = (hostname: string) => Promise<readonly ResolvedAddress[]>;

/** A connection to the host of an address, over TLS where its scheme says so; the signal ends it at any time. */
export type Dial = (url: URL, signal: AbortSignal) => Promise<Socket>;

const CONNECT_TIMEOUT_MS = 10_000;

/** Thrown inside a connection attempt; `code` is what fetch-outcome.ts reads. */
export class AddressRefused extends Error {
  readonly code = "ADDRESS_REFUSED";
}

/**
 * The addresses that the resolver gives here are the ones that are dialled, so a name cannot be checked as one thing and
 * dialled as another; one private address among them refuses the name. IP literals never reach a resolver (undici #2019)
 * and are checked by themselves.
 */
export function createGuardedDial(
  allowPrivateNetwork: boolean,
  resolve: Lookup = (hostname) => systemLookup(hostname, { all: true, verbatim: true }),
): Dial {
  const lookup = guardedLookup(allowPrivateNetwork, resolve);
  return async (url, signal) => {
    signal.throwIfAborted();
    const host = url.hostname.replace(/^\[|\]$/g, "");
    const isLiteral = isIP(host) !== 0;
    if (!allowPrivateNetwork && isLiteral && !isPublicAddress(host))
      throw new AddressRefused(`${host} is not public`);
    const isTls = url.protocol === "https:";
    const port = Number(url.port || (isTls ? 443 : 80));
    const names = isLiteral ? {} : { servername: host };
    const socket = isTls
      ? connectTls({ host, port, lookup, ALPNProtocols: ["http/1.1"], ...names })
      : connect({ host, port, lookup });
    await connected(socket, isTls, signal);
    if (!allowPrivateNetwork && !isPublicAddress(socket.remoteAddress ?? "")) {
      socket.destroy();
      throw new AddressRefused("connected to an address that is not public");
    }
    return socket;
  };
}

function guardedLookup(allowPrivateNetwork: boolean, resolve: Lookup): LookupFunction {
  return (hostname, options, callback) => {
    resolve(hostname).then(
      (addresses) => {
        const [first] = addresses;
        if (first === undefined) {
          const error: NodeJS.ErrnoException = new Error(`no address for ${hostname}`);
          error.code = "ENOTFOUND";
          callback(error, "");
          return;
        }
        const bad = addresses.find(({ address }) => !isPublicAddress(address));
        if (bad !== undefined && !allowPrivateNetwork)
          callback(new AddressRefused(`${hostname} resolves to ${bad.address}`), "");
        else if (options.all === true) callback(null, [...addresses]);
        else callback(null, first.address, first.family);
      },
      (error: NodeJS.ErrnoException) => callback(error, ""),
    );
  };
}

function connected(socket: Socket, isTls: boolean, signal: AbortSignal): Promise<void> {
  const abandon = (): void => void socket.destroy(new Error("abandoned"));
  signal.addEventListener("abort", abandon, { once: true });
  socket.once("close", () => signal.removeEventListener("abort", abandon));
  // An answer that is not read to its end may still err: that must not become an uncaught exception.
  socket.on("error", () => undefined);
  socket.setNoDelay(true);
  return new Promise((resolve, reject) => {
    socket.once("error", reject);
    socket.once("close", () => reject(new Error("closed while connecting")));
    socket.setTimeout(CONNECT_TIMEOUT_MS, () => {
      const error: NodeJS.ErrnoException = new Error(`no connection in ${CONNECT_TIMEOUT_MS} ms`);
      error.code = "ETIMEDOUT";
      socket.destroy(error);
    });
    socket.once(isTls ? "secureConnect" : "connect", () => {
      socket.removeAllListeners("timeout");
      socket.setTimeout(0);
      resolve();
    });
  });
}
