// Feeds: which addresses may be dialled. Everything that is not the public internet is refused.
import { BlockList, isIP } from "node:net";

/** IANA special-purpose registries (RFC 6890 and later), as CIDR blocks. */
const REFUSED_V4 = [
  "0.0.0.0/8",
  "10.0.0.0/8",
  "100.64.0.0/10",
  "127.0.0.0/8",
  "169.254.0.0/16",
  "172.16.0.0/12",
  "192.0.0.0/24",
  "192.0.2.0/24",
  "192.88.99.0/24",
  "192.168.0.0/16",
  "198.18.0.0/15",
  "198.51.100.0/24",
  "203.0.113.0/24",
  "224.0.0.0/4",
  "240.0.0.0/4",
];
/** Loopback, local, multicast, documentation, and every block that can carry an IPv4 address inside (NAT64, 6to4, Teredo). */
const REFUSED_V6 = [
  "::/96",
  "::ffff:0:0:0/96",
  "64:ff9b::/96",
  "64:ff9b:1::/48",
  "100::/64",
  "2001::/23",
  "2001:db8::/32",
  "2002::/16",
  "3fff::/20",
  "5f00::/16",
  "fc00::/7",
  "fe80::/10",
  "fec0::/10",
  "ff00::/8",
];

const refused = new BlockList();
for (const block of REFUSED_V4) addBlock(block, "ipv4");
for (const block of REFUSED_V6) addBlock(block, "ipv6");

function addBlock(block: string, family: "ipv4" | "ipv6"): void {
  const [network = "", bits = ""] = block.split("/");
  refused.addSubnet(network, Number(bits), family);
}

/**
 * @param address an IP address as a resolver or a socket gives it; a zone (`fe80::1%eth0`) is passed over
 * @returns false too for what is no address
 */
export function isPublicAddress(address: string): boolean {
  const bare = address.split("%")[0] ?? "";
  const mapped = mappedV4(bare);
  if (mapped !== null) return isPublicAddress(mapped);
  const family = isIP(bare);
  if (family === 0) return false;
  return !refused.check(bare, family === 4 ? "ipv4" : "ipv6");
}

/** The IPv4 address inside `::ffff:a.b.c.d`, in either spelling (RFC 4291 §2.5.5.2), else null. */
function mappedV4(address: string): string | null {
  if (isIP(address) !== 6) return null;
  const host = new URL(`http://[${address}]/`).hostname.slice(1, -1);
  const match = /^::ffff:([0-9a-f]{1,4}):([0-9a-f]{1,4})$/.exec(host);
  if (match === null) return null;
  const high = Number.parseInt(match[1] ?? "", 16);
  const low = Number.parseInt(match[2] ?? "", 16);
  return [high >> 8, high & 255, low >> 8, low & 255].join(".");
}
