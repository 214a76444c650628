// A digest as it would be, for an operator to look at: nothing is claimed, written or sent.
import { renderDigest } from "../digests/render-digest.ts";
import type { Mail } from "../domain/mail.ts";
import type { Subscriber } from "../domain/subscriber.ts";
import { loadCoverage } from "./digest-facts.ts";
import { digestFor, loadMaterial } from "./digest-material.ts";
import { envelopeOf, titlesOf } from "./mail-links.ts";
import type { Ports } from "./ports.ts";

/** @returns null where there is nothing to say */
export async function previewDigest(
  ports: Ports,
  subscriber: Subscriber,
  from: Date,
): Promise<Mail | null> {
  const to = ports.now();
  const material = await loadMaterial(ports, { from, to });
  const digest = digestFor(subscriber, material, await loadCoverage(ports), { from, to });
  const shown = digest.cadence === "immediate" ? { ...digest, items: [] } : digest;
  return renderDigest(shown, envelopeOf(ports, subscriber, "preview", to), titlesOf(ports));
}
