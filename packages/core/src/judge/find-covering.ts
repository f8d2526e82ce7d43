import { changeDigest } from "../cosign/change-digest.ts";
import { type JudgedClaim, proveClaim } from "../cosign/prove.ts";
import { readCosigns } from "../cosign/read-cosigns.ts";
import { parseCommit } from "../object/commit.ts";
import type { ObjectId } from "../object/oid.ts";
import type { Policy } from "../policy/policy.ts";
import type { CommitParents, RawCommit, Repository } from "../repository.ts";
import type { CommitVerdict } from "./commit-verdict.ts";
import type { JudgeContext } from "./judge-commit.ts";

/** Verdicts, and the merges among the commits that they are over. */
export interface MergedRange {
  readonly verdicts: { readonly judged: readonly CommitVerdict[] };
  readonly trace: { readonly merges: readonly CommitParents[] };
}

/**
 * The co-signs of merges that bring a commit in by their other parents, for each commit that asks for no more: where a
 * requirement's coverage is `merge` they vouch for it. `landed` tells when a merge did, in seconds since 1970; now, if
 * it is about to.
 */
export async function findCovering(
  repository: Repository,
  policy: Policy,
  { verdicts, trace: { merges } }: MergedRange,
  context: JudgeContext,
  landed: (merge: RawCommit) => number = () => context.now,
): Promise<ReadonlyMap<CommitVerdict, readonly JudgedClaim[]>> {
  const covering = new Map<CommitVerdict, readonly JudgedClaim[]>();
  const coverable = verdicts.judged.filter(({ requirements }) =>
    requirements.some(({ requirement }) => requirement.coverage === "merge"),
  );
  if (coverable.length === 0) return covering;
  for (const merge of merges) {
    const claims = await readClaims(repository, policy, merge.oid, context.branch, landed);
    if (claims.length === 0) continue;
    for (const verdict of coverable) {
      if (!(await bringsIn(repository, merge, verdict.commit))) continue;
      covering.set(verdict, [...(covering.get(verdict) ?? []), ...claims]);
    }
  }
  return covering;
}

async function readClaims(
  repository: Repository,
  policy: Policy,
  oid: ObjectId,
  branch: string,
  landed: (merge: RawCommit) => number,
): Promise<readonly JudgedClaim[]> {
  const raw = await repository.commit(oid);
  const commit = parseCommit(raw);
  const { claims } = commit.malformed === undefined ? readCosigns(commit) : { claims: [] };
  if (claims.length === 0) return [];
  for await (const { changes } of repository.changes([commit])) {
    const work = { commit, change: changeDigest(changes), branch, now: landed(raw) };
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
