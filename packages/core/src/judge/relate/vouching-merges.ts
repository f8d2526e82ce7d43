import { inBatches } from "../../batches.ts";
import type { VerifiedClaim } from "../../cosign/verify.ts";
import type { ObjectId } from "../../object/oid.ts";
import type { Policy } from "../../policy/policy.ts";
import type { Repository } from "../../repository.ts";
import type { Case } from "../gather/case.ts";
import { RangeGraph } from "./range-graph.ts";
import { readCosigned, verifyClaims } from "./read-claims.ts";

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
    for await (const { oid, claims } of verifyClaims(repository, policy, branch, batch)) {
      for (const commit of graph.broughtInBy(oid)) vouchers.get(commit)?.push(...claims);
    }
  }
  return vouchers;
}
