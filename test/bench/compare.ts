/**
 * Runs the cases by turns, so that a busy machine is busy for all of them, and prints the median of each and its ratio
 * to the first. Returns the medians in milliseconds.
 */
export function compare(
  title: string,
  rounds: number,
  cases: Readonly<Record<string, () => void>>,
): Readonly<Record<string, number>> {
  const times = new Map<string, number[]>(Object.keys(cases).map((name) => [name, []]));
  for (let round = 0; round < rounds + 2; round += 1) {
    for (const [name, measured] of Object.entries(cases)) {
      const began = process.hrtime.bigint();
      measured();
      // The first rounds warm the file cache.
      if (round >= 2) times.get(name)?.push(Number(process.hrtime.bigint() - began) / 1e6);
    }
  }
  const rows = [...times].map(([name, all]) => ({ name, median: median(all) }));
  const base = rows[0]?.median ?? 1;
  console.log(`\n${title} (median of ${rounds}, by turns)`);
  for (const { name, median: time } of rows) {
    console.log(`  ${name.padEnd(44)} ${time.toFixed(1).padStart(9)} ms ${(time / base).toFixed(2).padStart(6)} x`);
  }
  return Object.fromEntries(rows.map(({ name, median: time }) => [name, time]));
}

function median(times: readonly number[]): number {
  const sorted = [...times].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? 0;
}
