import { findAuthors } from "../../cosign/authors.ts";
import { readCosigns } from "../../cosign/trailer.ts";
import { type VerifiedClaim, verifyClaim } from "../../cosign/verify.ts";
import { workOf } from "../../cosign/work.ts";
import { findOwnChanges } from "../../merge/own-changes.ts";
import { type Commit, parseCommit } from "../../object/commit.ts";
import type { ObjectId } from "../../object/oid.ts";
import type { Policy } from "../../policy/policy.ts";
import type { Repository } from "../../repository.ts";
import { findExcess } from "../gather/cosign-limit.ts";
import type { SpokenFor } from "../gather/ledger-claims.ts";

/** A commit and the co-signs in its message, verified. */
export interface CosignedCommit {
  readonly oid: ObjectId;
  readonly claims: readonly VerifiedClaim[];
}

/** Those of the commits that bear a co-sign, and no more of them than are checked. */
export async function* readCosigned(repository: Repository, commits: readonly ObjectId[]): AsyncGenerator<Commit> {
  for (const oid of commits) {
    const commit = parseCommit(await repository.commit(oid));
    if (commit.malformed !== undefined) continue;
    const { claims } = readCosigns(commit);
    if (claims.length > 0 && !findExcess(oid, claims)) yield commit;
  }
}

/** A commit, its change against the first parent, and what a merge does itself. */
export async function* readSpokenFor(repository: Repository, commits: readonly Commit[]): AsyncGenerator<SpokenFor> {
  const byOid = new Map(commits.map((commit) => [commit.oid, commit]));
  for await (const { commit: oid, changes } of repository.changes(commits)) {
    const commit = byOid.get(oid);
    if (!commit) continue;
    const own = commit.parents.length > 1 ? await findOwnChanges(repository, commit) : changes;
    yield { commit, changes, own };
  }
}

/** Verifies the co-signs in the messages of commits, whatever is asked of them. */
export async function* verifyClaims(
  repository: Repository,
  policy: Policy,
  branch: string,
  commits: readonly Commit[],
): AsyncGenerator<CosignedCommit> {
  const byOid = new Map(commits.map((commit) => [commit.oid, commit]));
  for await (const { commit: oid, changes } of repository.changes(commits)) {
    const commit = byOid.get(oid);
    if (!commit) continue;
    const { claims } = readCosigns(commit);
    // Only what is signed names the changes of its own that a merge makes.
    const signed = commit.parents.length > 1 && claims.some(({ signatures }) => signatures.length > 0);
    const own = signed ? await findOwnChanges(repository, commit) : [];
    const work = workOf(policy, branch, { commit, changes, own });
    const authors = findAuthors(policy, commit);
    yield { oid, claims: claims.map((claim) => verifyClaim(policy, claim, oid, work, authors)) };
  }
}
