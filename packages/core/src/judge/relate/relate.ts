import type { ObjectId } from "../../object/oid.ts";
import type { Policy } from "../../policy/policy.ts";
import type { Repository } from "../../repository.ts";
import type { Case } from "../gather/case.ts";
import type { Relations } from "./relations.ts";
import { findSignatureUses } from "./signature-uses.ts";
import { findVouchers } from "./vouching-merges.ts";

/** Where the commits are to stand, and how they hang together. */
export interface RelatedRange {
  /** By short name. */
  readonly branch: string;
  /** What the branch will have, with all that they reach. */
  readonly tips: readonly ObjectId[];
  /** The parents of each of them, where a merge may vouch for others. */
  readonly links: ReadonlyMap<ObjectId, readonly ObjectId[]>;
}

/** Finds what other commits say of those that are to land: a signature that two commits of the branch bear is spent. */
export async function relate(
  repository: Repository,
  policy: Policy,
  { branch, tips, links }: RelatedRange,
  cases: readonly Case[],
): Promise<Relations> {
  const vouchers = await findVouchers(repository, policy, branch, cases, links);
  const claims = [...cases.flatMap((of) => of.claims), ...new Set([...vouchers.values()].flat())];
  const uses = await findSignatureUses(repository, policy, branch, tips, claims);
  return {
    spentBy: (signature, bearer) => uses.get(signature)?.find((other) => other !== bearer),
    vouchersOf: (commit) => vouchers.get(commit) ?? [],
  };
}
