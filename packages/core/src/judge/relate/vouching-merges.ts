import { inBatches } from "../../batches.ts";
import { workOf } from "../../cosign/payload.ts";
import { readCosigns } from "../../cosign/trailer.ts";
import { type VerifiedClaim, verifyClaim } from "../../cosign/verify.ts";
import { type Commit, parseCommit } from "../../object/commit.ts";
import type { ObjectId } from "../../object/oid.ts";
import type { Policy } from "../../policy/policy.ts";
import { branchRef } from "../../ref.ts";
import type { Repository } from "../../repository.ts";
import type { Case } from "../gather/case.ts";
import { findExcess } from "../gather/cosign-limit.ts";
import { RangeGraph } from "./range-graph.ts";

/**
 * The co-signs of merges that bring a commit in by their other parents: where the coverage of something that is asked of
 * the commit is `merge`, they vouch for it.
 */
export async function findVouchers(
  repository: Repository,
  policy: Policy,
  branch: string,
  cases: readonly Case[],
  links: ReadonlyMap<ObjectId, readonly ObjectId[]>,
): Promise<ReadonlyMap<ObjectId, readonly VerifiedClaim[]>> {
  const vouchers = new Map<ObjectId, VerifiedClaim[]>();
  const covered = cases.filter(({ asks }) => asks.some(({ requirement }) => requirement.coverage === "merge"));
  if (covered.length === 0) return vouchers;
  for (const { summary } of covered) vouchers.set(summary.commit, []);
  const merges = [...links].filter(([, parents]) => parents.length > 1).map(([oid]) => oid);
  const graph = new RangeGraph(links);
  for await (const batch of inBatches(readCosigned(repository, merges), ({ message }) => message.length)) {
    for await (const { merge, claims } of verifyClaims(repository, policy, branch, batch)) {
      for (const commit of graph.broughtInBy(merge)) vouchers.get(commit)?.push(...claims);
    }
  }
  return vouchers;
}

/** Those of the merges that bear a co-sign. */
async function* readCosigned(repository: Repository, merges: readonly ObjectId[]): AsyncGenerator<Commit> {
  for (const oid of merges) {
    const commit = parseCommit(await repository.commit(oid));
    if (commit.malformed !== undefined) continue;
    const { claims } = readCosigns(commit);
    if (claims.length > 0 && !findExcess(oid, claims)) yield commit;
  }
}

interface CosignedMerge {
  readonly merge: ObjectId;
  readonly claims: readonly VerifiedClaim[];
}

async function* verifyClaims(
  repository: Repository,
  policy: Policy,
  branch: string,
  merges: readonly Commit[],
): AsyncGenerator<CosignedMerge> {
  const byOid = new Map(merges.map((commit) => [commit.oid, commit]));
  for await (const { commit: merge, changes } of repository.changes(merges)) {
    const commit = byOid.get(merge);
    if (!commit) continue;
    const work = workOf(policy, branchRef(branch), commit, changes);
    yield { merge, claims: readCosigns(commit).claims.map((claim) => verifyClaim(policy, claim, merge, work)) };
  }
}
