// The command line: what somebody may have meant by a word that is none.

/** How many signs must be put in, taken out, changed or swapped with their neighbour (optimal string alignment). */
function distance(a: string, b: string): number {
  const rows: number[][] = [Array.from({ length: b.length + 1 }, (_, at) => at)];
  const cell = (i: number, j: number) => rows[i]?.[j] ?? Number.POSITIVE_INFINITY;
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    rows.push(row);
    for (let j = 1; j <= b.length; j++) {
      const same = a[i - 1] === b[j - 1] ? 0 : 1;
      const isSwap = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1];
      const swapped = isSwap ? cell(i - 2, j - 2) + 1 : Number.POSITIVE_INFINITY;
      row.push(
        Math.min(cell(i - 1, j) + 1, cell(i, j - 1) + 1, cell(i - 1, j - 1) + same, swapped),
      );
    }
  }
  return cell(a.length, b.length);
}

/** @returns the word that is nearest, null where none is near enough to have been meant */
export function nearest(word: string, words: readonly string[]): string | null {
  const lower = word.toLowerCase().slice(0, 40);
  const [best] = words
    .map((known) => ({
      known,
      // What begins as typed is meant by it, however much is missing.
      far: lower.length > 1 && known.startsWith(lower) ? 0 : distance(lower, known),
    }))
    .sort((a, b) => a.far - b.far);
  return best !== undefined && best.far <= Math.max(1, Math.floor(best.known.length / 3))
    ? best.known
    : null;
}
