/** The CPU time of some work, in milliseconds: the least of a few runs, so that what else runs here does not matter. */
export function cpuTime(work: () => void, runs = 3): number {
  let least = Number.POSITIVE_INFINITY;
  for (let run = 0; run < runs; run += 1) {
    const before = process.cpuUsage();
    work();
    const { user, system } = process.cpuUsage(before);
    least = Math.min(least, (user + system) / 1000);
  }
  return least;
}

const SMALL = 4000;
/** Milliseconds that no linear work over so little text takes. */
const SUSPICIOUS = 4;

/** Whether work grows faster than what it is done on: four times the text must not take more than eight times as long. */
export function isSuperlinear(workOn: (length: number) => void, small = SMALL): boolean {
  if (cpuTime(() => workOn(small), 1) < SUSPICIOUS) return false;
  const before = cpuTime(() => workOn(small));
  if (before < SUSPICIOUS) return false;
  const after = cpuTime(() => workOn(4 * small), 1);
  return after > 8 * before && cpuTime(() => workOn(4 * small)) > 8 * cpuTime(() => workOn(small));
}
