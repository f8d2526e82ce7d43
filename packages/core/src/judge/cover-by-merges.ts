import { changeDigest } from "../cosign/change-digest.ts";
import { type JudgedClaim, proveClaim } from "../cosign/prove.ts";
import { readCosigns } from "../cosign/read-cosigns.ts";
import { parseCommit } from "../object/commit.ts";
import type { ObjectId } from "../object/oid.ts";
import type { Policy, Protection } from "../policy/policy.ts";
import type { CommitParents, Repository } from "../repository.ts";
import type { CommitVerdict, JudgeContext } from "./judge-commit.ts";
import type { JudgedRange } from "./judge-commits.ts";
import { rejudge } from "./rejudge.ts";

/** Where a requirement's coverage is `merge`, the co-signs of a merge vouch for what it brings in by its other parents. */
export async function coverByMerges(
  repository: Repository,
  policy: Policy,
  protection: Protection,
  range: JudgedRange,
  context: JudgeContext,
): Promise<JudgedRange> {
  const open = range.verdicts.judged.filter(({ requirements }) =>
    requirements.some(({ met, requirement }) => !met && requirement.coverage === "merge"),
  );
  if (open.length === 0 || range.merges.length === 0) return range;
  const merges: { readonly merge: CommitParents; readonly claims: readonly JudgedClaim[] }[] = [];
  for (const merge of range.merges) {
    const claims = await readClaims(repository, policy, merge.oid, context);
    if (claims.length > 0) merges.push({ merge, claims });
  }
  const contexts = new Map<CommitVerdict, JudgeContext>();
  for (const verdict of open) {
    const covering: JudgedClaim[] = [];
    for (const { merge, claims } of merges) {
      if (await bringsIn(repository, merge, verdict.commit)) covering.push(...claims);
    }
    if (covering.length > 0) contexts.set(verdict, { ...context, covering });
  }
  return rejudge(repository, policy, protection, range, contexts);
}

async function readClaims(
  repository: Repository,
  policy: Policy,
  oid: ObjectId,
  { branch, now }: JudgeContext,
): Promise<readonly JudgedClaim[]> {
  const commit = parseCommit(await repository.commit(oid));
  const { claims } = commit.malformed === undefined ? readCosigns(commit) : { claims: [] };
  if (claims.length === 0) return [];
  for await (const { changes } of repository.changes([commit])) {
    const work = { commit, change: changeDigest(changes), branch, now };
    return claims.map((claim) => proveClaim(policy, claim, work));
  }
  return [];
}

/** Whether the commit comes by another parent of the merge than the first, which it was merged into. */
async function bringsIn(repository: Repository, { parents }: CommitParents, commit: ObjectId): Promise<boolean> {
  const [first, ...others] = parents;
  if (first && (await repository.isAncestor(commit, first))) return false;
  for (const other of others) if (await repository.isAncestor(commit, other)) return true;
  return false;
}
