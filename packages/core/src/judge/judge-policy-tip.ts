import { encodeText } from "../bytes.ts";
import { isCountersignError } from "../error.ts";
import type { Change } from "../object/change.ts";
import { parseCommit } from "../object/commit.ts";
import type { ObjectId } from "../object/oid.ts";
import { policyChangeRequirement } from "../policy/commit-requirements.ts";
import { type PolicyInForce, readPolicy } from "../policy/in-force.ts";
import type { Protection } from "../policy/policy.ts";
import { POLICY_FILES } from "../policy/policy-files.ts";
import { detectProvenance } from "../provenance/detect.ts";
import type { Repository, TreeEntry } from "../repository.ts";
import { findBearers } from "./find-bearers.ts";
import { type JudgeContext, judgeCommit } from "./judge-commit.ts";
import type { JudgedRange } from "./judge-commits.ts";
import { type Violation, violation } from "./violation.ts";

/**
 * Judges the policy that would be in force after the push. A merge or a forced push can bring an older policy back
 * without any new commit that touches the file: then the merges that turned away from the policy in force answer for it.
 */
export async function judgePolicyTip(
  repository: Repository,
  inForce: PolicyInForce,
  protection: Protection,
  tip: ObjectId,
  range: JudgedRange,
  context: JudgeContext,
): Promise<readonly Violation[]> {
  const entries = await repository.rootEntries(tip, POLICY_FILES);
  const [next] = entries;
  if (!next) {
    const told = range.verdicts.judged.some(({ violations }) =>
      violations.some(({ code }) => code === "POLICY_REMOVED"),
    );
    return told ? [] : [violation("POLICY_REMOVED", { paths: [inForce.entry.path] })];
  }
  if (nameEntries(entries) === nameEntries([inForce.entry])) return [];
  const brought = range.policyEntries.has(nameEntries([next]));
  const answered = brought ? [] : await judgeTurnings(repository, inForce, protection, tip, range, next, context);
  return [...answered, ...(await findDamage(repository, tip))];
}

/** Each merge that has a parent with the policy in force and itself another one must be co-signed for that. */
async function judgeTurnings(
  repository: Repository,
  { entry, policy }: PolicyInForce,
  protection: Protection,
  tip: ObjectId,
  { trace: { merges } }: JudgedRange,
  next: TreeEntry,
  context: JudgeContext,
): Promise<readonly Violation[]> {
  const entriesOf = async (oid: ObjectId): Promise<string> =>
    nameEntries(await repository.rootEntries(oid, POLICY_FILES));
  const current = nameEntries([entry]);
  const change: Change = {
    path: encodeText(next.path),
    oldMode: entry.mode,
    newMode: next.mode,
    oldOid: entry.oid,
    newOid: next.oid,
    status: "M",
  };
  const found: Violation[] = [];
  let turned = false;
  for (const { oid, parents } of merges) {
    if ((await entriesOf(oid)) === current) continue;
    const parentEntries = await Promise.all(parents.map(entriesOf));
    if (!parentEntries.includes(current)) continue;
    turned = true;
    const commit = parseCommit(await repository.commit(oid));
    const provenance = { ...detectProvenance(commit), state: "declared-human" as const };
    for await (const { changes } of repository.changes([commit])) {
      const subject = { commit, provenance, changes, policyChanges: [change] };
      const { signatures } = judgeCommit(policy, protection, subject, context);
      const bearers = await findBearers(repository, policy, signatures, context, tip);
      found.push(...judgeCommit(policy, protection, subject, { ...context, bearers }).violations);
    }
  }
  if (turned) return found;
  // No commit of this push answers for it, so that no co-sign can.
  const needs = policyChangeRequirement(policy, protection);
  return [violation("POLICY_CHANGED", { paths: [next.path], needs }, { commit: tip })];
}

/** A damaged policy, once landed, would refuse every later push. */
async function findDamage(repository: Repository, tip: ObjectId): Promise<readonly Violation[]> {
  try {
    await readPolicy(repository, { commit: tip, ref: "the pushed tip" });
    return [];
  } catch (error) {
    if (!isCountersignError(error)) throw error;
    const data = { problem: error.what, details: error.details ?? [] };
    return [violation("POLICY_BROKEN", data, { commit: tip })];
  }
}

function nameEntries(entries: readonly TreeEntry[]): string {
  return entries.map(({ mode, oid, path }) => `${mode} ${oid} ${path}`).join("\n");
}
