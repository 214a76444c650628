// Comebacks as the demo tells them: one that a better source takes over, or that a late item raises anew, is the same one.
import type { LogRecord } from "../../../shared/flows/ports.ts";

interface Heard {
  readonly record: LogRecord;
  readonly day: string;
  readonly dossier: string;
  stands: boolean;
  told: boolean;
}

export interface Comebacks {
  /** Takes what the log says of an event; everything else is passed over. */
  hear(record: LogRecord, day: string): void;
  /** What has come back since the last call, each dossier's comeback once. */
  fresh(): readonly { readonly record: LogRecord; readonly day: string }[];
  /** How many of those that were told stand. */
  standing(): number;
}

export function comebacks(): Comebacks {
  const events = new Map<string, Heard>();
  return {
    hear(record, day) {
      if (record["step"] !== "event") return;
      const id = String(record["id"]);
      const stands = record["event"] === "resurfaced" && record["state"] === "standing";
      const known = events.get(id);
      if (known !== undefined) known.stands = stands;
      else if (stands)
        events.set(id, { record, day, dossier: String(record["dossier"]), stands, told: false });
    },
    fresh() {
      const fresh: Heard[] = [];
      for (const event of events.values()) {
        if (!event.stands || event.told) continue;
        event.told = true;
        // Told under another event, which this one has taken the place of.
        const before = [...events].find(
          ([, other]) => other.dossier === event.dossier && other.told && !other.stands,
        );
        if (before === undefined) fresh.push(event);
        else events.delete(before[0]);
      }
      return fresh;
    },
    standing: () => [...events.values()].filter(({ stands, told }) => stands && told).length,
  };
}
