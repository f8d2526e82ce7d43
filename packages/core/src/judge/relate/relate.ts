import { spotOf } from "../../cosign/claim-place.ts";
import type { Defect, VerifiedSignature } from "../../cosign/verify.ts";
import { groupBy } from "../../group-by.ts";
import type { ObjectId } from "../../object/oid.ts";
import type { Policy } from "../../policy/policy.ts";
import type { Repository } from "../../repository.ts";
import type { Case } from "../gather/case.ts";
import type { LedgerClaims } from "../records/ledger-claims.ts";
import { findBaseFlaw, type Standing } from "./base.ts";
import { readClaims } from "./read-claims.ts";
import type { Relations } from "./relations.ts";
import { type SignedClaim, signedClaims } from "./signed-claim.ts";
import { readSince } from "./since.ts";
import { findSpent } from "./spent/spent.ts";
import { findIncomplete, type Incomplete, type LandingRange } from "./together.ts";
import { findVouchers } from "./vouching-merges.ts";

/** Where the commits are to stand, and how they are connected. */
export interface RelatedRange extends Standing {
  /** What the branch will have, with all that they reach. */
  readonly tips: readonly ObjectId[];
  /** What counts as judged there. */
  readonly judged: readonly ObjectId[];
  /** The parents of each of them, where a merge may vouch for others. */
  readonly links: ReadonlyMap<ObjectId, readonly ObjectId[]>;
  readonly ledger?: LedgerClaims | undefined;
  /** Later tips of the branch, the nearest first, by which what was approved together may be there. */
  readonly later?: readonly ObjectId[] | undefined;
  /** Which co-signs lack a part of what was approved with them, where that is known already. */
  readonly incomplete?: Incomplete;
}

/** Finds what other commits say about those that are to land. */
export async function relate(
  repository: Repository,
  policy: Policy,
  range: RelatedRange,
  cases: readonly Case[],
): Promise<Relations> {
  const vouchers = await findVouchers(repository, policy, range, cases);
  const claims = [...cases.flatMap((of) => of.claims), ...new Set([...vouchers.values()].flat())];
  const defects = await findDefects(repository, policy, range, signedClaims(claims));
  return {
    defectOf: (signature) => defects.get(signature),
    vouchersOf: (commit) => vouchers.get(commit) ?? [],
  };
}

/** What keeps signatures from counting: they are for another history of the branch, or used up. */
export async function findDefects(
  repository: Repository,
  policy: Policy,
  range: Omit<RelatedRange, "links">,
  signed: readonly SignedClaim[],
): Promise<ReadonlyMap<VerifiedSignature, Defect>> {
  const defects = new Map<VerifiedSignature, Defect>();
  const claimsOf = async (oid: ObjectId): Promise<readonly SignedClaim[]> =>
    signedClaims(await readClaims(repository, policy, range, oid));
  for (const [base, group] of groupBy(signed, ({ approval }) => approval.base)) {
    const reason = await findBaseFlaw(repository, range, base);
    if (reason !== undefined) {
      for (const { signature, claim } of group) {
        const data = { email: claim.email, ...spotOf(claim.where), reason };
        defects.set(signature, { code: "COSIGN_MISMATCH", data });
      }
      continue;
    }
    const exclude = base === undefined ? range.judged : [base];
    const since = await readSince(repository, { tips: range.tips, exclude });
    const spent = await findSpent(repository, { ...range, exclude, since, claimsOf }, group);
    const incomplete = range.incomplete ?? (await findParted(repository, { ...range, exclude, since }, group));
    for (const [{ signature, claim }, paths] of incomplete) {
      defects.set(signature, {
        code: "COSIGN_INCOMPLETE",
        data: { email: claim.email, ...spotOf(claim.where), paths },
      });
    }
    for (const [{ signature, claim }, other] of spent) {
      defects.set(signature, { code: "COSIGN_SPENT", data: { email: claim.email, other } });
    }
  }
  return defects;
}

/** Of those that lack a part, the ones that still do at each later tip. */
async function findParted(
  repository: Repository,
  range: LandingRange & Pick<RelatedRange, "later"> & { readonly exclude: readonly ObjectId[] },
  signed: readonly SignedClaim[],
): Promise<Incomplete> {
  const { later = [], exclude, ledger } = range;
  let incomplete = await findIncomplete(repository, range, signed);
  for (const tip of later) {
    if (incomplete.size === 0) break;
    const since = await readSince(repository, { tips: [tip], exclude });
    incomplete = await findIncomplete(repository, { tips: [tip], since, ledger }, [...incomplete.keys()]);
  }
  return incomplete;
}
