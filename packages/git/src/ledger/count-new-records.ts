import type { ObjectId } from "@countersign/core";
import { decodeText, parsePlace } from "@countersign/core/internal";
import type { GitRepository } from "../repository/git-repository.ts";

/** How many records, or withdrawals of them, one tip of a ledger has more than another. */
export async function countNewRecords(
  repository: GitRepository,
  from: ObjectId | undefined,
  to: ObjectId,
): Promise<number> {
  const records = new Set<string>();
  for await (const { changes } of repository.changes([{ oid: to, parents: from ? [from] : [] }])) {
    for (const { path, status } of changes) {
      const place = status === "D" ? undefined : parsePlace(decodeText(path).split("/").slice(0, 3));
      if (place) records.add(place.recordId);
    }
  }
  return records.size;
}
