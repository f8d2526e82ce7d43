import { abbreviate, type ObjectId } from "../../object/oid.ts";
import type { Repository } from "../../repository.ts";

/** Where a branch stands before a landing. */
export interface Standing {
  /** By short name. */
  readonly branch: string;
  /** Undefined if the landing creates the branch. */
  readonly stood: ObjectId | undefined;
}

/**
 * Says why a base is not one of this branch, as a clause; undefined if it is. A co-sign for a new branch speaks for the
 * push that creates it, and no more once it is there.
 * @throws `HISTORY_SHALLOW` if a clone does not reach far enough to say.
 */
export async function findBaseFlaw(
  repository: Pick<Repository, "peelToCommit" | "isAncestor" | "commits">,
  { branch, stood }: Standing,
  base: ObjectId | undefined,
): Promise<string | undefined> {
  if (base === stood) return undefined;
  if (base === undefined) return `it was signed before ${branch} existed`;
  if (stood === undefined) return `it was signed for a branch ${branch} that existed, and this push creates it`;
  if ((await repository.peelToCommit(base)) === base && (await repository.isAncestor(base, stood))) return undefined;
  // What is not here may lie beyond the end of a shallow clone: this walk fails there.
  for await (const _ of repository.commits({ tips: [stood], exclude: [] }));
  return `it was signed when ${branch} stood at ${abbreviate(base)}, which is not in its history`;
}
