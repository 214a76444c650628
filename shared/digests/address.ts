// Addresses: one spelling per person, a keyed hash to find them by, and a seal to keep them under.
import { createCipheriv, createDecipheriv, createHmac } from "node:crypto";
import { domainToASCII } from "node:url";
import type { SubscriberId } from "../domain/ids.ts";

/** RFC 5321 §4.5.3.1: a path of 256 octets, less its angle brackets. */
const MAX_OCTETS = 254;
const MAX_LOCAL_OCTETS = 64;
/** RFC 5322 dot-atom; quoted local parts are refused (nobody has one, and nodemailer has misread them: GHSA-g57g-f23g-4646). */
const LOCAL_PART = /^[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(?:\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*$/;
/** ASCII but letters, digits, dot and hyphen, and any space: the host parser would drop line breaks and decode `%`. */
const NO_HOST = /[\s\u0000-\u002c\u002f\u003a-\u0040\u005b-\u0060\u007b-\u009f]/;
const DOMAIN = /^(?=.{4,253}$)(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+(?!\d+$)[a-z0-9-]{2,63}$/;

/**
 * One spelling per mailbox: the domain in lower case and punycode, without a trailing dot; the local part as it was given
 * (only its owner's server may say that two spellings are one).
 * @returns null for what is not exactly one plain address: lists, names, line breaks, more than 254 octets
 */
export function normalizeAddress(raw: string): string | null {
  // Measured before any work is done on it.
  if (raw.length > 2 * MAX_OCTETS) return null;
  const given = raw.replace(/^[ \t]+|[ \t]+$/g, "").normalize("NFC");
  const at = given.lastIndexOf("@");
  if (at < 1) return null;
  const local = given.slice(0, at);
  const host = given.slice(at + 1).replace(/\.$/, "");
  if (NO_HOST.test(host)) return null;
  const domain = domainToASCII(host).toLowerCase();
  if (local.length > MAX_LOCAL_OCTETS || !LOCAL_PART.test(local) || !DOMAIN.test(domain))
    return null;
  const address = `${local}@${domain}`;
  return address.length > MAX_OCTETS ? null : address;
}

/**
 * Finds a person's one record without naming them: without the key, no list of addresses can be tried against a table.
 * Letter case is passed over here alone, so that `A@x.org` and `a@x.org` cannot sign up twice.
 * @param address as normalizeAddress gives it
 */
export function subscriberIdOf(lookupKey: Uint8Array, address: string): SubscriberId {
  return keyedHash(lookupKey, "subscriber", address.toLowerCase()) as SubscriberId;
}

/** A client's address (IPv4 whole, IPv6 by its /64: one household or server) as a name for counting it by. */
export function clientKeyOf(lookupKey: Uint8Array, client: string): string {
  const network = client.includes(":") && !client.includes(".") ? ipv6Network(client) : client;
  return `client:${keyedHash(lookupKey, "client", network)}`;
}

function ipv6Network(client: string): string {
  const [head = "", tail] = client.split("%")[0]?.toLowerCase().split("::") ?? [];
  const left = head === "" ? [] : head.split(":");
  const right = tail === undefined || tail === "" ? [] : tail.split(":");
  const zeros = Array.from({ length: Math.max(0, 8 - left.length - right.length) }, () => "0");
  const groups = [...left, ...(tail === undefined ? [] : zeros), ...right];
  return groups
    .slice(0, 4)
    .map((group) => group.replace(/^0+(?=.)/, ""))
    .join(":");
}

const keyedHash = (key: Uint8Array, purpose: string, value: string): string =>
  createHmac("sha256", key).update(`${purpose}\n${value}`).digest("base64url").slice(0, 22);

const SEAL_VERSION = "s1.";
const NONCE_OCTETS = 12;
const TAG_OCTETS = 16;

/**
 * AES-256-GCM, as `s1.` and base64url of nonce, ciphertext and tag.
 * @param randomBytes a fresh nonce at each call: two seals under one nonce would give the key stream away
 */
export function sealAddress(
  key: Uint8Array,
  address: string,
  randomBytes: (size: number) => Uint8Array,
): string {
  const nonce = randomBytes(NONCE_OCTETS);
  const cipher = createCipheriv("aes-256-gcm", key, nonce);
  const sealed = Buffer.concat([cipher.update(address, "utf8"), cipher.final()]);
  return SEAL_VERSION + Buffer.concat([nonce, sealed, cipher.getAuthTag()]).toString("base64url");
}

/** @throws Error (which names nobody) where the seal is broken or was made with another key */
export function openAddress(key: Uint8Array, sealed: string): string {
  const bytes = Buffer.from(sealed.slice(SEAL_VERSION.length), "base64url");
  if (!sealed.startsWith(SEAL_VERSION) || bytes.length <= NONCE_OCTETS + TAG_OCTETS)
    throw new Error("sealed address: not a seal");
  const decipher = createDecipheriv("aes-256-gcm", key, bytes.subarray(0, NONCE_OCTETS));
  decipher.setAuthTag(bytes.subarray(-TAG_OCTETS));
  try {
    const body = bytes.subarray(NONCE_OCTETS, -TAG_OCTETS);
    return Buffer.concat([decipher.update(body), decipher.final()]).toString("utf8");
  } catch {
    throw new Error("sealed address: it was changed, or sealed with another key");
  }
}
