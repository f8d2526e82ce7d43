import { changeDigest } from "../cosign/change-digest.ts";
import { mentionsCosign } from "../cosign/near-miss.ts";
import { signatureId } from "../cosign/prove.ts";
import { readCosigns } from "../cosign/read-cosigns.ts";
import { type Commit, parseCommit } from "../object/commit.ts";
import type { ObjectId } from "../object/oid.ts";
import type { Policy } from "../policy/policy.ts";
import type { Repository } from "../repository.ts";
import type { VerifiedSignature } from "./commit-verdict.ts";
import type { JudgeContext } from "./judge-commit.ts";

/** So many commits are asked for their changes at a time. */
const BATCH = 500;

/**
 * Which commits bear each of these signatures, among all that the branch would have: those of the push and its whole
 * history, judged or not. A change that was taken back and comes again is, byte for byte, the change that was signed.
 */
export async function findBearers(
  repository: Repository,
  policy: Policy,
  signatures: readonly Pick<VerifiedSignature, "email" | "time">[],
  context: JudgeContext,
  tip: ObjectId,
): Promise<ReadonlyMap<string, readonly ObjectId[]>> {
  const bearers = new Map<string, ObjectId[]>();
  if (signatures.length === 0) return bearers;
  const wanted = new Set(signatures.map(({ email, time }) => `${email} ${time}`));
  let suspects: Commit[] = [];
  const finish = async (): Promise<void> => {
    for await (const [id, oid] of identify(repository, policy, suspects, context)) {
      bearers.set(id, [...(bearers.get(id) ?? []), oid]);
    }
    suspects = [];
  };
  for await (const raw of repository.commits({ tips: [tip], exclude: [] })) {
    if (!mentionsCosign(raw.bytes)) continue;
    const commit = parseCommit(raw);
    const bears = readCosigns(commit).claims.some((claim) =>
      claim.signatures.some(({ time }) => wanted.has(`${claim.email} ${Date.parse(time) / 1000}`)),
    );
    if (bears) suspects.push(commit);
    if (suspects.length >= BATCH) await finish();
  }
  await finish();
  return bearers;
}

/** The id of every signature that the commits bear. */
async function* identify(
  repository: Repository,
  policy: Policy,
  commits: readonly Commit[],
  { branch, now }: JudgeContext,
): AsyncGenerator<readonly [id: string, bearer: ObjectId]> {
  const byOid = new Map(commits.map((commit) => [commit.oid, commit]));
  for await (const { commit: oid, changes } of repository.changes(commits)) {
    const commit = byOid.get(oid);
    if (!commit) continue;
    const work = { commit, change: changeDigest(changes), branch, now };
    for (const { email, signatures } of readCosigns(commit).claims) {
      for (const signature of signatures) {
        const id = signatureId(policy, email, signature, work);
        if (id !== undefined) yield [id, oid];
      }
    }
  }
}
