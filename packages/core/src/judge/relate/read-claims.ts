import { NOBODY } from "../../cosign/authors.ts";
import { readCosigns } from "../../cosign/trailer.ts";
import { type VerifiedClaim, verifyClaim } from "../../cosign/verify.ts";
import { workOf } from "../../cosign/work.ts";
import type { Change } from "../../object/change.ts";
import { type Commit, parseCommit } from "../../object/commit.ts";
import type { ObjectId } from "../../object/oid.ts";
import type { Policy } from "../../policy/policy.ts";
import type { Repository } from "../../repository.ts";
import { findExcess } from "../gather/cosign-limit.ts";
import { readOwnWork } from "../gather/own-work.ts";
import type { LedgerClaims, SpokenFor } from "../records/ledger-claims.ts";

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

/** Commits, each with its change against the first parent and what it does itself: those of which the change is wanted. */
export async function* readSpokenFor(
  repository: Repository,
  commits: readonly Commit[],
  isWanted: (changes: readonly Change[]) => boolean = () => true,
): AsyncGenerator<SpokenFor> {
  const items = commits.values();
  for await (const { changes } of repository.changes(commits)) {
    const commit = items.next().value;
    if (commit && isWanted(changes)) yield { commit, ...(await readOwnWork(repository, commit, changes)) };
  }
}

/** Verifies the co-signs in the messages of commits, whatever they need. */
export async function* verifyClaims(
  repository: Repository,
  policy: Policy,
  branch: string,
  commits: readonly Commit[],
): AsyncGenerator<CosignedCommit> {
  const items = commits.values();
  for await (const { changes } of repository.changes(commits)) {
    const commit = items.next().value;
    if (!commit) continue;
    // Only what is signed names the changes of its own that a merge makes.
    const signed = readCosigns(commit).claims.some(({ signatures }) => signatures.length > 0);
    const { own } = signed ? await readOwnWork(repository, commit, changes) : { own: [] };
    yield { oid: commit.oid, claims: claimsIn(policy, branch, { commit, changes, own }) };
  }
}

/** The co-signs in the message of a commit, verified. Whose work it is, only what is signed says here. */
function claimsIn(policy: Policy, branch: string, spoken: SpokenFor): readonly VerifiedClaim[] {
  const { commit } = spoken;
  const work = workOf(policy, branch, spoken);
  return readCosigns(commit).claims.map((claim) => verifyClaim(policy, claim, commit.oid, work, NOBODY));
}

/** All co-signs that speak for a commit, whatever it needs: those in its message, and those of the ledger. */
export async function readClaims(
  repository: Repository,
  policy: Policy,
  { branch, ledger }: { readonly branch: string; readonly ledger?: LedgerClaims | undefined },
  oid: ObjectId,
): Promise<readonly VerifiedClaim[]> {
  const commit = parseCommit(await repository.commit(oid));
  for await (const spoken of readSpokenFor(repository, [commit])) {
    const { claims } = commit.malformed === undefined ? readCosigns(commit) : { claims: [] };
    const isReadable = claims.length > 0 && !findExcess(oid, claims);
    const own = isReadable ? claimsIn(policy, branch, spoken) : [];
    return ledger ? [...(await ledger.afterWithdrawals(own)), ...(await ledger.of(spoken))] : own;
  }
  return [];
}
