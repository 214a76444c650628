// Training: the least value of a smooth function of many numbers, by limited-memory BFGS.

/** The value at a point; writes the slope there into its second argument. */
export type Slope = (point: Float64Array, gradient: Float64Array) => number;

/** Pairs of steps remembered: more buys little (Liu and Nocedal 1989, table 2). */
const MEMORY = 8;
/** What a step has to gain of what the slope promises (Armijo). */
const GAIN = 1e-4;

/**
 * Minimizes in place; deterministic.
 * Source: Liu and Nocedal, On the limited memory BFGS method for large scale optimization, 1989.
 * @param point where to start; where it ends
 * @param rounds steps at most; fewer where a step no longer gains
 */
export function minimize(slope: Slope, point: Float64Array, rounds: number): void {
  const size = point.length;
  let gradient = new Float64Array(size);
  let value = slope(point, gradient);
  const steps: Float64Array[] = [];
  const turns: Float64Array[] = [];
  for (let round = 0; round < rounds; round++) {
    const direction = directionOf(gradient, steps, turns);
    const descent = dot(direction, gradient);
    if (!(descent < 0)) return;
    const next = new Float64Array(size);
    const nextGradient = new Float64Array(size);
    let length = round === 0 ? Math.min(1, 1 / Math.sqrt(dot(gradient, gradient))) : 1;
    let reached = Number.POSITIVE_INFINITY;
    for (let tries = 0; tries < 20; tries++, length /= 2) {
      for (let at = 0; at < size; at++) next[at] = (point[at] ?? 0) + length * (direction[at] ?? 0);
      reached = slope(next, nextGradient);
      if (reached <= value + GAIN * length * descent) break;
    }
    if (!(reached < value)) return;
    const step = difference(next, point);
    const turn = difference(nextGradient, gradient);
    // Where the slope did not grow along the step, the function is no bowl there, and the step teaches nothing of it.
    if (dot(step, turn) > 1e-10 * dot(turn, turn)) {
      remember(steps, step);
      remember(turns, turn);
    }
    point.set(next);
    gradient = nextGradient;
    value = reached;
  }
}

/** Down the slope, as bent by what the last steps showed of its curvature (the two-loop recursion). */
function directionOf(
  gradient: Float64Array,
  steps: readonly Float64Array[],
  turns: readonly Float64Array[],
): Float64Array {
  const direction = gradient.map((slope) => -slope);
  const shares: number[] = [];
  for (let index = steps.length - 1; index >= 0; index--) {
    const [step, turn] = [steps[index], turns[index]];
    if (step === undefined || turn === undefined) continue;
    const share = dot(step, direction) / dot(step, turn);
    shares[index] = share;
    add(direction, turn, -share);
  }
  const [step, turn] = [steps.at(-1), turns.at(-1)];
  if (step !== undefined && turn !== undefined) {
    const scale = dot(step, turn) / dot(turn, turn);
    for (let at = 0; at < direction.length; at++) direction[at] = (direction[at] ?? 0) * scale;
  }
  for (const [index, step] of steps.entries()) {
    const turn = turns[index];
    if (turn === undefined) continue;
    add(direction, step, (shares[index] ?? 0) - dot(turn, direction) / dot(step, turn));
  }
  return direction;
}

function remember(list: Float64Array[], one: Float64Array): void {
  list.push(one);
  if (list.length > MEMORY) list.shift();
}

function difference(a: Float64Array, b: Float64Array): Float64Array {
  return a.map((value, at) => value - (b[at] ?? 0));
}

function add(to: Float64Array, what: Float64Array, times: number): void {
  for (let at = 0; at < to.length; at++) to[at] = (to[at] ?? 0) + times * (what[at] ?? 0);
}

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let at = 0; at < a.length; at++) sum += (a[at] ?? 0) * (b[at] ?? 0);
  return sum;
}
