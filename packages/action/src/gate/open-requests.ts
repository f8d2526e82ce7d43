import type { Forge } from "./forge.ts";

/** The open requests that are to be merged into one of these branches, once each; all where none is named. */
export async function openRequests(forge: Forge, branches: readonly string[]): Promise<readonly number[]> {
  const numbers = new Set<number>();
  for (const branch of branches.length > 0 ? new Set(branches) : [undefined]) {
    for (const number of await forge.openRequests(branch)) numbers.add(number);
  }
  return [...numbers];
}
