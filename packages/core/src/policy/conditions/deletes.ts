import type { Change } from "../../object/change.ts";
import type { ObjectId } from "../../object/oid.ts";
import type { Condition } from "./condition.ts";

export interface DeletionLimit {
  readonly files: number;
}

export const deletes: Condition<DeletionLimit, DeletionLimit> = {
  description: "Applies to commits that delete more files than this.",
  field: ({ fields, Limit }) => fields({ files: Limit }),
  normalise: ({ files }) => ({ files }),
  holds: ({ files }, { changes }) => countDeleted(changes) > files,
  narrows: ({ files }, wider) => files >= wider.files,
};

/** A file that is to be found at a new path as it was is moved, and not deleted. */
function countDeleted(changes: readonly Change[]): number {
  const added = new Map<ObjectId, number>();
  for (const { status, newOid } of changes) if (status === "A") added.set(newOid, (added.get(newOid) ?? 0) + 1);
  let deleted = 0;
  for (const { status, oldOid } of changes) {
    if (status !== "D") continue;
    const moved = added.get(oldOid) ?? 0;
    if (moved > 0) added.set(oldOid, moved - 1);
    else deleted += 1;
  }
  return deleted;
}
