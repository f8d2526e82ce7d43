import { findOwnChanges } from "../../merge/own-changes.ts";
import { parseCommit } from "../../object/commit.ts";
import type { ObjectId } from "../../object/oid.ts";
import { type AuthorAddresses, type AuthorRole, readAuthors } from "../../provenance/authors.ts";
import type { Repository } from "../../repository.ts";

/** The people who made the commits of a branch. A merge that does nothing itself makes nobody an author. */
export async function findBranchAuthors(
  repository: Repository,
  commits: readonly ObjectId[],
): Promise<AuthorAddresses> {
  const authors = new Map<string, AuthorRole>();
  for (const oid of commits) {
    const commit = parseCommit(await repository.commit(oid));
    if (commit.parents.length > 1 && (await findOwnChanges(repository, commit)).length === 0) continue;
    for (const [email, role] of readAuthors(commit)) authors.set(email, role);
  }
  return authors;
}
