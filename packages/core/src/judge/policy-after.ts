import { encodeText } from "../bytes.ts";
import { isCountersignError } from "../error.ts";
import type { Change } from "../object/change.ts";
import { parseCommit } from "../object/commit.ts";
import type { ObjectId } from "../object/oid.ts";
import { policyChangeRequirement } from "../policy/commit-requirements.ts";
import { readPolicy } from "../policy/in-force.ts";
import { POLICY_FILES } from "../policy/policy-files.ts";
import { provenanceUnder } from "../provenance/under-policy.ts";
import type { Repository, TreeEntry } from "../repository.ts";
import type { Case } from "./gather/case.ts";
import type { GatheredRange } from "./gather/gather.ts";
import { openRollback } from "./gather/open-case.ts";
import type { Landing } from "./plan.ts";
import { type Violation, violation } from "./violation.ts";

/** What a landing makes of the policy, beyond the commits that change it themselves. */
export interface PolicyAfter {
  /** The merges that let go of the policy in force. */
  readonly rollbacks: readonly Case[];
  readonly violations: readonly Violation[];
  /** The tip has no policy. That is a violation of the landing where no commit of it is already refused for that. */
  readonly removed?: Violation;
}

/**
 * Compares the policy at the tip with the one in force. A merge or a forced push can bring an older policy back without
 * any new commit that touches the file: then the merges that let go of the policy in force answer for it.
 */
export async function policyAfter(
  repository: Repository,
  landing: Landing,
  range: GatheredRange,
): Promise<PolicyAfter> {
  const { tip, policy: inForce } = landing;
  const entries = await repository.rootEntries(tip, POLICY_FILES);
  const [next] = entries;
  if (!next) {
    return { rollbacks: [], violations: [], removed: violation("POLICY_REMOVED", { paths: [inForce.entry.path] }) };
  }
  if (nameEntries(entries) === nameEntries([inForce.entry])) return { rollbacks: [], violations: [] };
  const damage = await findDamage(repository, tip);
  if (range.policyEntries.has(nameEntries([next]))) return { rollbacks: [], violations: damage };
  const rollbacks = await findRollbacks(repository, landing, range, next);
  if (rollbacks.length > 0) return { rollbacks, violations: damage };
  // No commit of this push answers for it, so that no co-sign can.
  const needs = policyChangeRequirement(inForce.policy, landing.protection);
  const unanswered = violation("POLICY_CHANGED", { paths: [next.path], needs }, { commit: tip });
  return { rollbacks, violations: [unanswered, ...damage] };
}

/** Each merge that has a parent with the policy in force and itself another one must be co-signed for that. */
async function findRollbacks(
  repository: Repository,
  landing: Landing,
  { shape }: GatheredRange,
  next: TreeEntry,
): Promise<readonly Case[]> {
  const { entry, policy } = landing.policy;
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
  const detect = provenanceUnder(policy);
  const rollbacks: Case[] = [];
  for (const { oid, parents } of shape.merges) {
    if ((await entriesOf(oid)) === current) continue;
    const before = await Promise.all(parents.map(entriesOf));
    if (!before.includes(current)) continue;
    const commit = parseCommit(await repository.commit(oid));
    for await (const { changes } of repository.changes([commit])) {
      const reading = {
        commit,
        provenance: detect(commit),
        changes,
        own: [change],
        policyChanges: [change],
        mechanical: false,
      };
      rollbacks.push(openRollback(policy, landing, reading));
    }
  }
  return rollbacks;
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
