import { isCountersignError } from "../error.ts";
import { parseCommit } from "../object/commit.ts";
import type { ObjectId } from "../object/oid.ts";
import { POLICY_FILES, type PolicyInForce, readPolicy } from "../policy/in-force.ts";
import type { Protection } from "../policy/policy.ts";
import { detectProvenance } from "../provenance/detect.ts";
import type { Repository } from "../repository.ts";
import { judgeCommit } from "./judge-commit.ts";
import type { JudgedRange } from "./judge-commits.ts";
import { type Violation, violation } from "./violation.ts";

/**
 * Judges the policy that would be in force after the push. A merge or a forced push can bring an older policy back
 * without any new commit that touches the file; then the tip itself must carry the co-signs.
 */
export async function judgePolicyTip(
  repository: Repository,
  inForce: PolicyInForce,
  protection: Protection,
  tip: ObjectId,
  range: JudgedRange,
): Promise<readonly Violation[]> {
  const { entry } = inForce;
  const entries = await repository.rootEntries(tip, POLICY_FILES);
  const [next] = entries;
  if (!next) {
    const told = range.verdicts.judged.some(({ violations }) => violations.some(({ code }) => code === "POLICY_REMOVED"));
    return told ? [] : [violation("POLICY_REMOVED", { paths: [entry.path] })];
  }
  if (entries.length === 1 && next.oid === entry.oid && next.mode === entry.mode && next.path === entry.path) return [];

  const found: Violation[] = [];
  if (!range.policyEntries.has(`${next.mode} ${next.oid} ${next.path}`)) {
    const commit = parseCommit(await repository.commit(tip));
    const provenance = { ...detectProvenance(commit), state: "undeclared" as const };
    const subject = { commit, provenance, changes: [], policyPaths: [next.path], removesPolicy: false };
    const { violations } = judgeCommit({ ...inForce.policy, disclosure: "optional" }, protection, subject);
    found.push(...violations);
  }
  try {
    await readPolicy(repository, { commit: tip, ref: "the pushed tip" });
  } catch (error) {
    if (!isCountersignError(error)) throw error;
    found.push(violation("POLICY_BROKEN", { problem: error.words.what, details: error.words.details ?? [] }, { commit: tip }));
  }
  return found;
}
