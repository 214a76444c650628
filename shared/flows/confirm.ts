// Confirming a sign-up: the POST behind the mailed link.
import { nextDigestAt } from "../digests/cadence.ts";
import { renderWelcome, type Standing } from "../digests/render-confirmation.ts";
import { readToken } from "../digests/tokens.ts";
import type { Subscriber } from "../domain/subscriber.ts";
import { standsAt } from "../dossiers/follow-dossier.ts";
import { changeSubscriber } from "./change-subscriber.ts";
import { envelopeOf, titlesOf } from "./mail-links.ts";
import type { Ports } from "./ports.ts";

export type ConfirmOutcome =
  | { readonly kind: "confirmed"; readonly subscriber: Subscriber }
  | { readonly kind: "bad" }
  | { readonly kind: "expired" };

/**
 * Makes a waiting sign-up active. A link works for the sign-up that it was mailed for and no other: replayed after an
 * unsubscription it wakes nobody.
 */
export async function confirm(ports: Ports, text: string): Promise<ConfirmOutcome> {
  const now = ports.now();
  const reading = readToken(ports.secrets.tokenKeys, text, "confirm", now);
  if (reading.kind !== "good") return { kind: reading.kind };
  const { token } = reading;
  const suppression = await ports.store.suppressionOf(token.subscriber);
  if (suppression !== null && suppression !== "deleted") return { kind: "bad" };
  const change = await changeSubscriber(ports, token.subscriber, (subscriber) =>
    subscriber.state === "pending" && subscriber.createdAt === token.signUp
      ? activated(subscriber, now)
      : null,
  );
  if (change === null) return { kind: "bad" };
  const { subscriber, changed } = change;
  const awake = subscriber.state === "active" || subscriber.state === "paused";
  if (!awake || subscriber.createdAt !== token.signUp) return { kind: "bad" };
  if (suppression !== null) await ports.store.liftSuppression(token.subscriber);
  if (changed) await sendWelcome(ports, subscriber, now);
  // Pressing the button twice says the same twice.
  return { kind: "confirmed", subscriber };
}

function activated(subscriber: Subscriber, now: Date): Subscriber {
  const { cadence, timezone } = subscriber.preferences;
  return {
    ...subscriber,
    state: "active",
    confirmedAt: now.toISOString(),
    nextDigestAt: nextDigestAt(cadence, timezone, now)?.toISOString() ?? null,
    digestedUntil: now.toISOString(),
  };
}

/** A courtesy: where it fails, the subscription stands all the same. */
async function sendWelcome(ports: Ports, subscriber: Subscriber, now: Date): Promise<void> {
  try {
    const envelope = envelopeOf(ports, subscriber, `welcome:${subscriber.createdAt}`, now);
    const standings = await standingsOf(ports, subscriber);
    const outcome = await ports.sendMail(renderWelcome(envelope, standings, titlesOf(ports)));
    ports.log({ step: "confirm", subscriber: subscriber.id, mail: outcome.kind });
  } catch (cause) {
    ports.log({ step: "confirm", subscriber: subscriber.id, failed: errorName(cause) });
  }
}

/** An error's name only: messages of mail and network errors quote addresses. */
const errorName = (cause: unknown): string => (cause instanceof Error ? cause.name : "unknown");

/** Where each dossier stands that these choices follow; those that items have moved, newest first. */
async function standingsOf(ports: Ports, { preferences }: Subscriber): Promise<Standing[]> {
  const { dossiers, jurisdictions } = preferences;
  const followed = ports.registry.filter(
    ({ id, jurisdiction }) =>
      (dossiers.length === 0 || dossiers.includes(id)) &&
      (jurisdictions.length === 0 || jurisdictions.includes(jurisdiction)),
  );
  const records = new Map(
    (await ports.store.listDossiers()).map((record) => [record.id, record.state]),
  );
  return followed
    .map((dossier) => {
      const { stage, lastMoveAt } = standsAt(dossier, records.get(dossier.id) ?? null);
      return {
        title: dossier.title,
        url: `${ports.settings.publicUrl}/dossiers/${dossier.id}`,
        stage,
        lastMoveAt,
      };
    })
    .sort((a, b) => ((a.lastMoveAt ?? "") < (b.lastMoveAt ?? "") ? 1 : -1));
}
