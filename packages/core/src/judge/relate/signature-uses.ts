import { inBatches } from "../../batches.ts";
import type { Claim } from "../../cosign/claim.ts";
import { mentionsCosign } from "../../cosign/near-miss.ts";
import { workOf } from "../../cosign/payload.ts";
import { readCosigns } from "../../cosign/trailer.ts";
import { type SignatureId, signatureId, type VerifiedClaim, verifiedSignatures } from "../../cosign/verify.ts";
import { type Commit, parseCommit } from "../../object/commit.ts";
import type { ObjectId } from "../../object/oid.ts";
import type { Policy } from "../../policy/policy.ts";
import { branchRef } from "../../ref.ts";
import type { Repository } from "../../repository.ts";

/**
 * Which commits bear the signatures of these claims, among all that the branch would have: those that are to land and its
 * whole history, judged or not. A change that was taken back and comes again is, byte for byte, the change that was
 * signed.
 */
export async function findSignatureUses(
  repository: Repository,
  policy: Policy,
  branch: string,
  tips: readonly ObjectId[],
  claims: readonly VerifiedClaim[],
): Promise<ReadonlyMap<SignatureId, readonly ObjectId[]>> {
  const uses = new Map<SignatureId, ObjectId[]>();
  const wanted = new Set(
    claims.flatMap((claim) => verifiedSignatures(claim).map(({ time }) => `${claim.email} ${time}`)),
  );
  if (wanted.size === 0) return uses;
  const isWanted = ({ email, signatures }: Claim): boolean =>
    signatures.some(({ time }) => wanted.has(`${email} ${Date.parse(time) / 1000}`));
  for await (const suspects of inBatches(findSuspects(repository, tips, isWanted), sizeOf)) {
    for await (const [id, oid] of identify(repository, policy, branch, suspects)) {
      uses.set(id, [...(uses.get(id) ?? []), oid]);
    }
  }
  return uses;
}

function sizeOf({ message }: Commit): number {
  return message.length;
}

/** The commits that bear a claim of such a kind. */
async function* findSuspects(
  repository: Repository,
  tips: readonly ObjectId[],
  isWanted: (claim: Claim) => boolean,
): AsyncGenerator<Commit> {
  for await (const raw of repository.commits({ tips, exclude: [] })) {
    if (!mentionsCosign(raw.bytes)) continue;
    const commit = parseCommit(raw);
    if (readCosigns(commit).claims.some(isWanted)) yield commit;
  }
}

/** The id of every signature that the commits bear. */
async function* identify(
  repository: Repository,
  policy: Policy,
  branch: string,
  commits: readonly Commit[],
): AsyncGenerator<readonly [id: SignatureId, bearer: ObjectId]> {
  const byOid = new Map(commits.map((commit) => [commit.oid, commit]));
  for await (const { commit: oid, changes } of repository.changes(commits)) {
    const commit = byOid.get(oid);
    if (!commit) continue;
    const work = workOf(policy, branchRef(branch), commit, changes);
    for (const { email, signatures } of readCosigns(commit).claims) {
      for (const signature of signatures) {
        const id = signatureId(email, signature, work);
        if (id !== undefined) yield [id, oid];
      }
    }
  }
}
