// Matching: which numbers were met already, without clearing a long list for each short text.

/** Numbers below a size, marked per round: a new round makes all of them unmarked at once. */
export interface Marks {
  readonly stamps: Int32Array;
  round: number;
}

export function marksFor(size: number): Marks {
  return { stamps: new Int32Array(size), round: 0 };
}

/** Begins a round; synchronous work alone may follow, until it is over. */
export function beginRound(marks: Marks): void {
  marks.round++;
  if (marks.round < 2 ** 31 - 1) return;
  marks.stamps.fill(0);
  marks.round = 1;
}

/** True the first time in a round. */
export function isFirst(marks: Marks, number: number): boolean {
  if (marks.stamps[number] === marks.round) return false;
  marks.stamps[number] = marks.round;
  return true;
}
