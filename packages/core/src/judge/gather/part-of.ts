import { decodeText } from "../../bytes.ts";
import { pathKey } from "../../merge/merged-paths.ts";
import type { Change } from "../../object/change.ts";

/** How much an approved change and another one have in common, and what only one of them has. */
interface Part {
  readonly common: number;
  /** As a clause. */
  readonly reason: string;
}

/** Compares an approved change with one that lands, where they are about other paths; undefined where they share none. */
export function findPartOf(approved: readonly Change[], landing: readonly Change[]): Part | undefined {
  const landed = new Map(landing.map((change) => [pathKey(change.path), change]));
  const paths = new Set(approved.map(({ path }) => pathKey(path)));
  const common = approved.filter((change) => isSame(change, landed.get(pathKey(change.path)))).length;
  const added = landing.filter(({ path }) => !paths.has(pathKey(path)));
  const missing = approved.filter(({ path }) => !landed.has(pathKey(path)));
  if (common === 0 || (added.length === 0 && missing.length === 0)) return undefined;
  const parts = [
    ...(added.length === 0 ? [] : [`what lands changes ${say(added)} besides`]),
    ...(missing.length === 0 ? [] : [`what it approved of ${say(missing)} does not land`]),
  ];
  return { common, reason: parts.join(", and ") };
}

function isSame(a: Change, b: Change | undefined): boolean {
  return (
    b !== undefined &&
    a.oldOid === b.oldOid &&
    a.newOid === b.newOid &&
    a.oldMode === b.oldMode &&
    a.newMode === b.newMode
  );
}

const MOST_SHOWN = 3;

function say(changes: readonly Change[]): string {
  const shown = changes.slice(0, MOST_SHOWN).map(({ path }) => decodeText(path));
  return changes.length > MOST_SHOWN
    ? `${shown.join(", ")} and ${changes.length - MOST_SHOWN} more files`
    : shown.join(", ");
}
