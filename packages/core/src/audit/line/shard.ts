/** One of several parts of a history, which together are all of it. */
export interface Shard {
  /** Counted from 1. */
  readonly number: number;
  readonly of: number;
}

/** Where a part begins and ends among so many items. */
export function partOf(count: number, { number, of }: Shard = { number: 1, of: 1 }): { from: number; end: number } {
  return { from: Math.floor((count * (number - 1)) / of), end: Math.floor((count * number) / of) };
}
