import { NOBODY } from "../../../cosign/authors.ts";
import type { VerifiedClaim } from "../../../cosign/verify.ts";
import { signedLines, type WorkReading, workOf } from "../../../cosign/work.ts";
import type { ObjectId } from "../../../object/oid.ts";
import type { Policy } from "../../../policy/policy.ts";
import type { Repository } from "../../../repository.ts";
import type { SignedClaim } from "../signed-claim.ts";
import { readSince } from "../since.ts";
import { findSpent } from "./spent.ts";

/** A branch whose commits are to be co-signed at once, each in its message. */
export interface SigningRange {
  readonly policy: Policy;
  /** Where it is to land, by short name. */
  readonly branch: string;
  readonly tip: ObjectId;
  /** Where that stands; undefined if it does not exist. */
  readonly base: ObjectId | undefined;
  /** What it has. */
  readonly exclude: readonly ObjectId[];
}

/**
 * Commits that would use up co-signs of others on the same branch, unless they are signed along with them: they take out
 * what the others put in again.
 */
export async function findSpenders(
  repository: Repository,
  { policy, branch, tip, base, exclude }: SigningRange,
  signed: readonly WorkReading[],
): Promise<ReadonlySet<ObjectId>> {
  const claims = signed.map((reading): SignedClaim => {
    const { oid } = reading.commit;
    const work = workOf(policy, branch, reading);
    const where = { carrier: "trailer", line: 1 } as const;
    const claim: VerifiedClaim = { bearer: oid, email: "", where, person: undefined, signatures: [] };
    const lines = signedLines(work, { cosigner: "", time: "", base, authors: [] });
    const approval = {
      base,
      block: { ...work.block, authors: [] },
      changes: work.changes,
      authors: NOBODY,
      signed: { lines, block: 1, signature: undefined },
    };
    return { claim, approval, signature: { id: oid, time: 0, proof: "signed", approval } };
  });
  const along = new Map(claims.map((claim) => [claim.claim.bearer, claim]));
  const spenders = new Set<ObjectId>();
  const claimsOf = async (oid: ObjectId): Promise<readonly SignedClaim[]> => {
    const own = along.get(oid);
    if (own) return [own];
    const [any] = claims;
    // Signed along as well, it speaks for itself.
    return any && spenders.has(oid) ? [{ ...any, claim: { ...any.claim, bearer: oid } }] : [];
  };
  const since = await readSince(repository, { tips: [tip], exclude });
  const range = { tips: [tip], stood: base, exclude, since, claimsOf };
  // Of those that use one co-sign up only the first is reported.
  for (;;) {
    const found = new Set((await findSpent(repository, range, claims)).values());
    if (found.size === 0) return spenders;
    for (const oid of found) spenders.add(oid);
  }
}
