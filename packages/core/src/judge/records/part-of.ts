import { isSameChange } from "../../merge/entry.ts";
import { pathKey } from "../../merge/merged-paths.ts";
import { namePaths } from "../../messages/phrases.ts";
import type { Change } from "../../object/change.ts";

/** How much an approved change and another one have in common, and what only one of them has. */
interface Part {
  readonly common: number;
  /** As a clause. */
  readonly reason: string;
}

/**
 * Compares an approved change with one that lands, where they are about other paths; undefined if they share none.
 * `landed`: what lands by its paths.
 */
export function findPartOf(
  approved: readonly Change[],
  landing: readonly Change[],
  landed: ReadonlyMap<string, Change>,
): Part | undefined {
  const paths = new Set(approved.map(({ path }) => pathKey(path)));
  const common = approved.filter((change) => {
    const now = landed.get(pathKey(change.path));
    return now !== undefined && isSameChange(change, now);
  }).length;
  const added = landing.filter(({ path }) => !paths.has(pathKey(path)));
  const missing = approved.filter(({ path }) => !landed.has(pathKey(path)));
  if (common === 0 || (added.length === 0 && missing.length === 0)) return undefined;
  const parts = [
    ...(added.length === 0 ? [] : [`what lands also changes ${say(added)}`]),
    ...(missing.length === 0 ? [] : [`what it approved of ${say(missing)} does not land`]),
  ];
  return { common, reason: parts.join(", and ") };
}

function say(changes: readonly Change[]): string {
  return namePaths(changes.map(({ path }) => path));
}
