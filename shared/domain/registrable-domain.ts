// Domain: which addresses share one owner: one queue and one Retry-After for their feeds, and one voice in what they report.
import { parse } from "tldts";
import type { Domain } from "./ids.ts";

/**
 * The registrable domain of a feed's address (`bills.parliament.uk` gives `parliament.uk`); where there is none (an IP
 * literal, `localhost`, a public suffix itself) the host with its port.
 * @throws TypeError where the address is no URL
 */
export function domainOf(url: string): Domain {
  const { host, hostname } = new URL(url);
  const { domain } = parse(hostname);
  return (domain ?? host) as Domain;
}

/** True for a name under a suffix that the public may register under. */
export function isPublicDomain(hostname: string): boolean {
  const { domain, isIcann } = parse(hostname);
  return domain !== null && isIcann === true;
}
