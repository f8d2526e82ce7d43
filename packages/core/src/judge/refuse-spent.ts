import { changeDigest } from "../cosign/change-digest.ts";
import { mentionsCosign } from "../cosign/near-miss.ts";
import { signatureId } from "../cosign/prove.ts";
import { readCosigns } from "../cosign/read-cosigns.ts";
import { type Commit, parseCommit } from "../object/commit.ts";
import type { ObjectId } from "../object/oid.ts";
import type { Policy, Protection } from "../policy/policy.ts";
import type { Repository } from "../repository.ts";
import type { CommitVerdict, JudgeContext } from "./judge-commit.ts";
import type { JudgedRange } from "./judge-commits.ts";
import { rejudge } from "./rejudge.ts";

/** So many commits are asked for their changes at a time. */
const BATCH = 500;

/**
 * Refuses signatures that are used twice: by two commits of this push, or by one of it and one that the branch has already.
 * A change that was taken back and comes again is, byte for byte, the change that was signed.
 */
export async function refuseSpent(
  repository: Repository,
  policy: Policy,
  protection: Protection,
  range: JudgedRange,
  context: JudgeContext,
  old: ObjectId | undefined,
): Promise<JudgedRange> {
  const signed = range.verdicts.judged.filter(({ signatures }) => signatures.length > 0);
  if (signed.length === 0) return range;
  const used = old ? await findUsed(repository, policy, signed, context, old) : new Map<string, ObjectId>();
  const contexts = new Map<CommitVerdict, JudgeContext>();
  const first = new Map<string, CommitVerdict>();
  for (const verdict of signed) {
    for (const { id } of verdict.signatures) {
      const twin = first.get(id);
      if (!twin) first.set(id, verdict);
      const other = used.get(id) ?? (twin && twin !== verdict ? twin.commit : undefined);
      if (other === undefined) continue;
      for (const guilty of twin ? [twin, verdict] : [verdict]) {
        const spent = new Map(contexts.get(guilty)?.spent).set(
          id,
          guilty === twin ? (used.get(id) ?? verdict.commit) : other,
        );
        contexts.set(guilty, { ...context, spent });
      }
    }
  }
  return rejudge(repository, policy, protection, range, contexts);
}

/** The signatures among these that a commit of the branch bears already, and which commit. */
async function findUsed(
  repository: Repository,
  policy: Policy,
  signed: readonly CommitVerdict[],
  context: JudgeContext,
  old: ObjectId,
): Promise<Map<string, ObjectId>> {
  const wanted = new Set(signed.flatMap(({ signatures }) => signatures.map(({ email, time }) => `${email} ${time}`)));
  const baseline = policy.baseline && (await repository.peelToCommit(policy.baseline));
  const used = new Map<string, ObjectId>();
  let suspects: Commit[] = [];
  const finish = async (): Promise<void> => {
    for (const [id, commit] of await identify(repository, policy, suspects, context)) used.set(id, commit);
    suspects = [];
  };
  for await (const raw of repository.commits({ tips: [old], exclude: baseline ? [baseline] : [] })) {
    if (!mentionsCosign(raw.bytes)) continue;
    const commit = parseCommit(raw);
    const bears = readCosigns(commit).claims.some(({ email, signatures }) =>
      signatures.some(({ time }) => wanted.has(`${email} ${Date.parse(time) / 1000}`)),
    );
    if (bears) suspects.push(commit);
    if (suspects.length >= BATCH) await finish();
  }
  await finish();
  return used;
}

async function identify(
  repository: Repository,
  policy: Policy,
  commits: readonly Commit[],
  { branch, now }: JudgeContext,
): Promise<ReadonlyMap<string, ObjectId>> {
  const found = new Map<string, ObjectId>();
  const byOid = new Map(commits.map((commit) => [commit.oid, commit]));
  for await (const { commit: oid, changes } of repository.changes(commits)) {
    const commit = byOid.get(oid);
    if (!commit) continue;
    const work = { commit, change: changeDigest(changes), branch, now };
    for (const { email, signatures } of readCosigns(commit).claims) {
      for (const signature of signatures) {
        const id = signatureId(policy, email, signature, work);
        if (id !== undefined) found.set(id, oid);
      }
    }
  }
  return found;
}
