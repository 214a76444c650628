// A clock that is moved on from outside while a story is told, and goes by itself when it has been.
export interface StoryClock {
  readonly now: () => Date;
  /** Never back: a clock that does not move keeps its hour. */
  moveTo(instant: Date): void;
  /** From here on it goes at its own speed. */
  release(): void;
}

export function storyClock(from: string): StoryClock {
  let at = Date.parse(from);
  let released: number | null = null;
  const elapsed = () => (released === null ? 0 : performance.now() - released);
  return {
    now: () => new Date(at + elapsed()),
    moveTo(instant) {
      at = Math.max(at, instant.getTime());
    },
    release() {
      released ??= performance.now();
    },
  };
}
