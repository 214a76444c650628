// One change of one subscriber's record, made on the newest version of it.
import type { SubscriberId } from "../domain/ids.ts";
import type { Subscriber } from "../domain/subscriber.ts";
import type { Ports } from "./ports.ts";

const MOST_RACES = 20;

/**
 * Loads, decides, saves; again where another save came between.
 * @param decide the record as it shall be, or null to leave it as it is
 * @returns the record as it stands after, or null where there is none
 */
export async function changeSubscriber(
  ports: Pick<Ports, "store">,
  id: SubscriberId,
  decide: (subscriber: Subscriber) => Subscriber | null,
): Promise<{ readonly subscriber: Subscriber; readonly changed: boolean } | null> {
  for (let turn = 0; turn < MOST_RACES; turn += 1) {
    const subscriber = await ports.store.loadSubscriber(id);
    if (subscriber === null) return null;
    const next = decide(subscriber);
    if (next === null) return { subscriber, changed: false };
    if (await ports.store.saveSubscriber(next))
      return { subscriber: { ...next, version: next.version + 1 }, changed: true };
  }
  throw new Error(`subscriber ${id}: changed by others ${MOST_RACES} times in a row`);
}
