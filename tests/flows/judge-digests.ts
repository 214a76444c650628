// What must hold after days of simulated digests, and what may be in doubt.
import type { DossierEvent } from "../../shared/domain/dossier.ts";
import type { SubscriberId } from "../../shared/domain/ids.ts";
import type { StoredItem } from "../../shared/domain/item.ts";
import type { Mail } from "../../shared/domain/mail.ts";
import type { Cadence, ThemeId } from "../../shared/domain/vocabulary.ts";
import type { Store, StoredEvent } from "../../shared/flows/ports.ts";

export interface Reader {
  readonly id: SubscriberId;
  readonly address: string;
  readonly cadence: Cadence;
  readonly themes: ThemeId[];
  leftAt: number | null;
}

export interface Simulation {
  /** What broke, in words; empty where all invariants hold. */
  readonly broken: string[];
  readonly mails: number;
  readonly repeats: number;
  readonly items: number;
  readonly corrections: number;
}

export interface Delivered {
  readonly mail: Mail;
  readonly at: number;
}

/** Watches the ledger for claims that nobody closed: a sender died, perhaps after its mail went out. */
export function doubtsOf(store: Store) {
  const open = new Set<string>();
  const doubtful = new Set<string>();
  const claimed = new Set<string>();
  const watched: Store = {
    ...store,
    claimSend: async (id, digest, ...others) => {
      const claim = await store.claimSend(id, digest, ...others);
      const key = `${id} ${digest}`;
      if (claim === "unknown") doubtful.add(key);
      if (claim === "claimed" || claim === "unknown") open.add(key);
      claimed.add(key);
      return claim;
    },
    recordSend: async (id, digest, outcome, at) => {
      await store.recordSend(id, digest, outcome, at);
      if (outcome !== "unknown") open.delete(`${id} ${digest}`);
    },
  };
  const isDoubtful = (key: string) => open.has(key) || doubtful.has(key);
  /** By the event's own claim, or that of the period in which it was raised. */
  const mayHaveTold = ({ id }: Reader, { event, raisedAt }: StoredEvent): boolean => {
    const periods = [...claimed].filter((key) => key.startsWith(`${id} period:`)).sort();
    const own = periods.findLast((key) => key <= `${id} period:${raisedAt}`);
    return isDoubtful(`${id} event:${event.id}`) || (own !== undefined && isDoubtful(own));
  };
  return { store: watched, mayHaveTold };
}

/** Who was told of an event that was taken back is told that in exactly one mail; who cannot have been, in none. */
export function judgeCorrections(
  corrected: readonly (StoredEvent & { readonly url: string })[],
  readers: readonly Reader[],
  delivered: readonly Mail[],
  possible: readonly Mail[],
  mayHaveTold: (reader: Reader, stored: StoredEvent) => boolean,
): Pick<Simulation, "broken" | "corrections"> {
  const broken: string[] = [];
  let corrections = 0;
  for (const reader of readers)
    for (const stored of corrected) {
      const { event, url } = stored;
      // As a comeback: an item's address is set in.
      const tells = ({ to, text }: Mail) => to === reader.address && text.includes(`\n${url}\n`);
      const unsays = ({ to, text }: Mail) =>
        to === reader.address &&
        new RegExp(`What we know of it: \\S+/events/${event.id}$`, "m").test(text);
      const mails = new Set(delivered.filter(unsays).map(({ messageId }) => messageId)).size;
      corrections += mails;
      const name = `${reader.address} (${reader.cadence}): the correction of ${event.item}`;
      if (mails > 1) broken.push(`${name} in ${mails} mails`);
      if (mails > 0 && !possible.some(tells) && !mayHaveTold(reader, stored))
        broken.push(`${name}, of which they knew nothing`);
      if (mails === 0 && delivered.some(tells) && reader.leftAt === null)
        broken.push(`${name} is missing`);
    }
  return { broken, corrections };
}

/** Each item that a reader asked for is in exactly one of their digests; what was repeated was in doubt. */
export function judge(
  items: readonly StoredItem[],
  raised: ReadonlyMap<string, DossierEvent>,
  readers: readonly Reader[],
  delivered: readonly Delivered[],
  doubtful: number,
): Omit<Simulation, "corrections"> {
  const broken: string[] = [];
  const bodies = new Map<string, number>();
  for (const { mail } of delivered)
    bodies.set(mail.messageId, (bodies.get(mail.messageId) ?? 0) + 1);
  for (const reader of readers) {
    const own = delivered.filter(({ mail }) => mail.to === reader.address);
    const { leftAt } = reader;
    if (leftAt !== null && own.some(({ at }) => at > leftAt))
      broken.push(`${reader.address}: mailed after leaving`);
    for (const item of items) {
      const wanted =
        (reader.themes.length === 0 ||
          item.decision?.themes.some(({ id }) => reader.themes.includes(id))) &&
        (reader.cadence !== "immediate" || raised.has(item.id));
      const digests = new Set(
        own
          .filter(({ mail }) => mail.text.includes(`${item.url}\n`))
          .map(({ mail }) => mail.messageId),
      );
      if (digests.size > 1)
        broken.push(`${reader.address}: ${item.guid} in ${digests.size} digests`);
      if (!wanted && digests.size > 0)
        broken.push(`${reader.address}: ${item.guid} was not asked for`);
      // Taken back before it was told at once, it is told to nobody.
      const unsaid = reader.cadence === "immediate" && raised.get(item.id)?.state === "retracted";
      if (wanted && digests.size === 0 && leftAt === null && !unsaid)
        broken.push(`${reader.address} (${reader.cadence}): ${item.guid} is missing`);
    }
  }
  const repeats = delivered.length - bodies.size;
  if (repeats > doubtful) broken.push(`${repeats} repeats, and ${doubtful} sends of unknown fate`);
  return { broken, mails: delivered.length, repeats, items: items.length };
}
