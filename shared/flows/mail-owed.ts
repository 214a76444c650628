// What an owed mail says, made when it goes out: of the state of that moment, with links that are new.
import {
  renderConfirmation,
  renderExport,
  renderKnown,
  renderWelcome,
  type Standing,
} from "../digests/render-confirmation.ts";
import type { Mail } from "../domain/mail.ts";
import type { OwedMail } from "../domain/owed-mail.ts";
import type { Subscriber } from "../domain/subscriber.ts";
import { standsAt } from "../dossiers/follow-dossier.ts";
import { envelopeOf, titlesOf, tokenLink } from "./mail-links.ts";
import type { Ports } from "./ports.ts";
import { sampleOf } from "./sample-choices.ts";

/** @throws Error where the address cannot be opened (another key) */
export async function mailOwed(
  ports: Ports,
  { kind, name }: OwedMail,
  subscriber: Subscriber,
  now: Date,
): Promise<Mail> {
  const envelope = envelopeOf(ports, subscriber, name, now);
  switch (kind) {
    case "sign-up": {
      if (subscriber.state !== "pending") return renderKnown(envelope);
      const link = tokenLink(ports, "confirm", subscriber, now);
      const sample = await sampleOf(ports, subscriber.preferences, now);
      return renderConfirmation(envelope, link, sample, titlesOf(ports));
    }
    case "welcome":
      return renderWelcome(envelope, await standingsOf(ports, subscriber), titlesOf(ports));
    case "export": {
      const { sealedAddress: _sealed, version: _version, ...kept } = subscriber;
      return renderExport(envelope, { address: envelope.to, ...kept });
    }
    default:
      return kind satisfies never;
  }
}

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
