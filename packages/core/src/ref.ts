import { isZeroOid, type ObjectId } from "./object/oid.ts";

/** What a push would do to one ref, as git passes it to the hooks: its full name, its old id and its new id. */
export interface RefUpdate {
  readonly ref: string;
  /** All zeros where the ref is created. */
  readonly old: ObjectId;
  /** All zeros where the ref is deleted. */
  readonly new: ObjectId;
}

const BRANCHES = "refs/heads/";

/** A branch's short name: `refs/heads/` taken off once, so `refs/heads/refs/heads/main` is `refs/heads/main`. */
export function branchName(ref: string): string | undefined {
  return ref.startsWith(BRANCHES) ? ref.slice(BRANCHES.length) : undefined;
}

export function branchRef(branch: string): string {
  return BRANCHES + branch;
}

export function isCreated(update: RefUpdate): boolean {
  return isZeroOid(update.old);
}

export function isDeleted(update: RefUpdate): boolean {
  return isZeroOid(update.new);
}

/** The branches of the repository that is pushed to, as they stood before the push. */
export interface Destination {
  /** Tips by short name. What is not known is not there. */
  readonly branches: ReadonlyMap<string, ObjectId>;
  /** The branch whose policy is in force, by short name. */
  readonly defaultBranch: string | undefined;
  /** Symbolic refs by full name: a push to the alias moves the ref that it stands for. */
  readonly aliases: ReadonlyMap<string, string>;
}
