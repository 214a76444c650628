// Feeds: an HTTP agent that dials nothing but the public internet.
import { lookup as systemLookup } from "node:dns/promises";
import { isIP, type LookupFunction } from "node:net";
import { Agent, buildConnector } from "undici";
import { isPublicAddress } from "./guard-address.ts";

export interface ResolvedAddress {
  readonly address: string;
  readonly family: number;
}
/** All addresses of a host name. */
export type Lookup = (hostname: string) => Promise<readonly ResolvedAddress[]>;

const CONNECT_TIMEOUT_MS = 10_000;

/** Thrown inside a connection attempt; `code` is what fetch-feed.ts reads. */
export class AddressRefused extends Error {
  readonly code = "ADDRESS_REFUSED";
}

/**
 * The addresses that the resolver gives here are the ones that are dialled, so a name cannot be checked as one thing and
 * dialled as another; one private address among them refuses the name. IP literals never reach a resolver (undici #2019)
 * and are checked by themselves.
 */
export function createGuardedAgent(
  allowPrivateNetwork: boolean,
  resolve: Lookup = (hostname) => systemLookup(hostname, { all: true, verbatim: true }),
): Agent {
  const lookup: LookupFunction = (hostname, options, callback) => {
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
  const dial = buildConnector({ timeout: CONNECT_TIMEOUT_MS, lookup });
  return new Agent({
    connect(options, callback) {
      const host = options.hostname.replace(/^\[|\]$/g, "");
      if (!allowPrivateNetwork && isIP(host) !== 0 && !isPublicAddress(host)) {
        callback(new AddressRefused(`${host} is not public`), null);
        return;
      }
      dial(options, (error, socket) => {
        if (error !== null) callback(error, null);
        else if (!allowPrivateNetwork && !isPublicAddress(socket.remoteAddress ?? "")) {
          socket.destroy();
          callback(new AddressRefused("connected to an address that is not public"), null);
        } else callback(null, socket);
      });
    },
    pipelining: 1,
    maxHeaderSize: 32 * 1024,
  });
}
