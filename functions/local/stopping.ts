// The end of a run: a signal asks for it, a second one or a hang forces it.

/** What of `process` is listened to, and how it ends. */
export interface Host {
  readonly on: (signal: "SIGINT" | "SIGTERM", listener: () => void) => unknown;
  readonly exit: (code: number) => void;
}

/** A service manager waits longer; what is cut off here is as after a crash, and every step can be resumed. */
export const PATIENCE_MS = 8_000;

export interface Stopping {
  /** Resolves at the first signal. */
  readonly asked: Promise<void>;
}

/**
 * The first signal begins an orderly end; where that has not come after PATIENCE_MS, or a second signal comes, the process ends
 * as it is.
 * @param after calls back once so many milliseconds are over, without keeping the process alive
 */
export function listenForEnd(
  host: Host,
  after: (milliseconds: number, done: () => void) => void,
  say: (line: string) => void,
): Stopping {
  let begun = false;
  const asked = new Promise<void>((resolve) => {
    const end = () => {
      if (begun) return host.exit(1);
      begun = true;
      say("Stopping: what is being written ends first. Once more ends it at once.");
      after(PATIENCE_MS, () => {
        say("Stopped: what still ran is resumed at the next start.");
        host.exit(0);
      });
      resolve();
    };
    host.on("SIGINT", end);
    host.on("SIGTERM", end);
  });
  return { asked };
}

/** As the process itself is ended. */
export const unrefAfter = (milliseconds: number, done: () => void): void =>
  void setTimeout(done, milliseconds).unref();
