// A clock that runs fast from one day to another, and then at its own speed.
export interface FastClock {
  readonly now: () => Date;
  /** Sleeps by this clock. */
  readonly sleep: (milliseconds: number) => Promise<void>;
  /** It stands still until then. */
  run(): void;
  hasReached(instant: string): boolean;
}

export function fastClock(story: {
  readonly from: string;
  readonly to: string;
  readonly seconds: number;
}): FastClock {
  const from = Date.parse(story.from);
  const to = Date.parse(story.to);
  const speed = (to - from) / (story.seconds * 1000);
  let begun: number | null = null;
  const now = () => {
    if (begun === null) return new Date(from);
    const elapsed = performance.now() - begun;
    const told = Math.min(elapsed, story.seconds * 1000);
    return new Date(from + told * speed + (elapsed - told));
  };
  return {
    now,
    sleep: (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds / speed)),
    run() {
      begun ??= performance.now();
    },
    hasReached: (instant) => now().getTime() >= Date.parse(instant),
  };
}
