// From a subscriber to an envelope: their address, opened for as long as one mail takes, and their links.
import { openAddress } from "../digests/address.ts";
import type { Envelope, MailLinks } from "../digests/digest.ts";
import { messageIdOf } from "../digests/mail-headers.ts";
import { expiryOf, type TokenPurpose, writeToken } from "../digests/tokens.ts";
import type { Subscriber } from "../domain/subscriber.ts";
import type { Ports } from "./ports.ts";

type LinkPorts = Pick<Ports, "secrets" | "settings">;

/** `https://…/confirm?token=…` for this purpose. */
export function tokenLink(
  ports: LinkPorts,
  purpose: TokenPurpose,
  subscriber: Subscriber,
  now: Date,
): string {
  const token = writeToken(ports.secrets.tokenKeys, {
    purpose,
    subscriber: subscriber.id,
    expiresAt: expiryOf(purpose, now),
    signUp: subscriber.createdAt,
  });
  return `${ports.settings.publicUrl}/${purpose}?token=${token}`;
}

function linksOf(ports: LinkPorts, subscriber: Subscriber, now: Date): MailLinks {
  const { publicUrl, contactUrl, mailFrom } = ports.settings;
  return {
    publicUrl,
    contactUrl,
    unsubscribe: tokenLink(ports, "unsubscribe", subscriber, now),
    preferences: tokenLink(ports, "preferences", subscriber, now),
    listHost: mailFrom.slice(mailFrom.lastIndexOf("@") + 1),
  };
}

/**
 * @param digest names this mail among all that the subscriber gets
 * @throws Error where the address cannot be opened (another key)
 */
export function envelopeOf(
  ports: LinkPorts,
  subscriber: Subscriber,
  digest: string,
  now: Date,
): Envelope {
  const links = linksOf(ports, subscriber, now);
  return {
    to: openAddress(ports.secrets.addressKey, subscriber.sealedAddress),
    messageId: messageIdOf(subscriber.id, digest, links),
    preferences: subscriber.preferences,
    links,
  };
}

/** A registry title, or the id itself: what a mail calls a dossier that somebody chose. */
export function titlesOf(ports: Pick<Ports, "registry">): (dossier: string) => string {
  const titles = new Map<string, string>(ports.registry.map(({ id, title }) => [id, title]));
  return (dossier) => titles.get(dossier) ?? dossier;
}
