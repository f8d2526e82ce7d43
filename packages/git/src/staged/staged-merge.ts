import type { ObjectId } from "@countersign/core";
import { findOwnChanges, type MergeReader, type OwnChange, zeroOid } from "@countersign/core/internal";
import type { GitContext } from "../process/context.ts";
import type { GitRepository } from "../repository/git-repository.ts";
import { readStagedAgainst } from "./read-staged.ts";

/**
 * What the merge that is being made changes itself, as it will be judged: nothing where each file in the index is a
 * parent's, or what merging them cleanly gives.
 */
export function findStagedOwnChanges(
  context: GitContext,
  repository: GitRepository,
  parents: readonly ObjectId[],
): Promise<readonly OwnChange[]> {
  const { format } = repository;
  const reader: MergeReader = {
    format,
    blob: (oid, limit) => repository.blob(oid, limit),
    mergeBases: (a, b) => repository.mergeBases(a, b),
    isAncestor: (ancestor, descendant) => repository.isAncestor(ancestor, descendant),
    async *changes(pairs) {
      for (const {
        oid,
        parents: [parent = ""],
      } of pairs) {
        yield { commit: oid, changes: readStagedAgainst(context, parent) ?? [] };
      }
    },
  };
  return findOwnChanges(reader, { oid: zeroOid(format), parents });
}
