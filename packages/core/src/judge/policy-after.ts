import { encodeText } from "../bytes.ts";
import { Effort } from "../diff/effort.ts";
import { CountersignError, isCountersignError } from "../error.ts";
import { noEntry } from "../merge/entry.ts";
import { mergeFiles } from "../merge/merge-files.ts";
import { findOwnChanges } from "../merge/own-changes.ts";
import { type Change, statusOf } from "../object/change.ts";
import { parseCommit } from "../object/commit.ts";
import type { ObjectId } from "../object/oid.ts";
import { policyChangeRequirement } from "../policy/commit-requirements.ts";
import { choosePolicyFile, parsePolicyFile } from "../policy/in-force.ts";
import { POLICY_FILES, POLICY_LIMIT } from "../policy/policy-files.ts";
import { provenanceUnder } from "../provenance/under-policy.ts";
import type { Repository, TreeEntry } from "../repository.ts";
import type { Case } from "./gather/case.ts";
import type { GatheredRange } from "./gather/gather.ts";
import { openRollback } from "./gather/open-case.ts";
import { type MergedPolicy, mergePolicies, nameEntries, type PolicyEntry } from "./merged-policy.ts";
import type { Landing } from "./plan.ts";
import { type Violation, violation } from "./violation.ts";

/** What a landing makes of the policy, beyond the commits that change it themselves. */
export interface PolicyAfter {
  /** The merges that drop the policy in force. */
  readonly rollbacks: readonly Case[];
  readonly violations: readonly Violation[];
}

/**
 * Compares the policy that the branch will have with the one in force. A merge or a forced push can bring an older policy
 * back without any new commit that touches the file: then the merges that drop the policy in force answer for it.
 * `merged` is the branch's old tip where the new one is to be merged with it.
 */
export async function policyAfter(
  repository: Repository,
  landing: Landing,
  range: GatheredRange,
  merged: ObjectId | undefined,
): Promise<PolicyAfter> {
  const { tip, policy: inForce } = landing;
  const { entries, changed, bases } = merged
    ? await mergePolicies(repository, merged, tip)
    : await readTip(repository, landing);
  if (changed.length === 0) return { rollbacks: [], violations: [] };
  const damage = await findDamage(repository, entries, tip);
  const next = changed.find((entry) => !range.policyEntries.has(nameEntries([entry])));
  if (!next) return { rollbacks: [], violations: damage };
  const rollbacks = await findRollbacks(repository, landing, range, { bases, next });
  if (rollbacks.length > 0) return { rollbacks, violations: damage };
  // No commit of this push answers for it, so that no co-sign can.
  const needs = policyChangeRequirement(inForce.policy, landing.protection);
  const code = entries.length === 0 ? "POLICY_REMOVED" : "POLICY_CHANGED";
  const unanswered = violation(code, { paths: [next.path], needs }, { commit: tip });
  return { rollbacks, violations: [unanswered, ...damage] };
}

/** The new tip takes the branch's place, with all that it has. */
async function readTip(repository: Repository, { tip, policy }: Landing): Promise<MergedPolicy> {
  const entries = await repository.rootEntries(tip, POLICY_FILES);
  const bases = [[policy.entry]];
  if (nameEntries(entries) === nameEntries([policy.entry])) return { entries, changed: [], bases };
  const gone = { ...policy.entry, ...noEntry(repository.format) };
  return { entries, changed: entries.length === 0 ? [gone] : entries.slice(0, 1), bases };
}

/** Each merge that has a parent with the policy that stood before and itself another one must be co-signed for that. */
async function findRollbacks(
  repository: Repository,
  landing: Landing,
  { shape }: GatheredRange,
  { bases, next }: { readonly bases: MergedPolicy["bases"]; readonly next: TreeEntry },
): Promise<readonly Case[]> {
  const { entry, policy } = landing.policy;
  const entriesOf = async (oid: ObjectId): Promise<string> =>
    nameEntries(await repository.rootEntries(oid, POLICY_FILES));
  const before = bases.map(nameEntries);
  const change: Change = {
    path: encodeText(next.path),
    oldMode: entry.mode,
    newMode: next.mode,
    oldOid: entry.oid,
    newOid: next.oid,
    status: statusOf(entry.mode, next.mode),
  };
  const detect = provenanceUnder(policy);
  const rollbacks: Case[] = [];
  for (const { oid, parents } of shape.merges) {
    const own = await entriesOf(oid);
    const taken = await Promise.all(parents.map(entriesOf));
    if (!before.some((entries) => entries !== own && taken.includes(entries))) continue;
    const commit = parseCommit(await repository.commit(oid));
    for await (const { changes } of repository.changes([commit])) {
      const reading = {
        commit,
        provenance: detect(commit),
        changes,
        own: await findOwnChanges(repository, commit),
        policyChanges: [change],
        mechanical: false,
      };
      rollbacks.push(openRollback(policy, landing, reading));
    }
  }
  return rollbacks;
}

/** A damaged policy, once landed, would refuse every later push. */
async function findDamage(
  repository: Repository,
  entries: readonly PolicyEntry[],
  tip: ObjectId,
): Promise<readonly Violation[]> {
  try {
    const file = choosePolicyFile(entries, "the pushed tip");
    if (file) await parsePolicyFile(await readEntry(repository, file.entry), file.source);
    return [];
  } catch (error) {
    if (!isCountersignError(error)) throw error;
    const data = { problem: error.what, details: error.details ?? [] };
    return [violation("POLICY_BROKEN", data, { commit: tip })];
  }
}

/** The result of a line merge is not stored anywhere yet. */
async function readEntry(repository: Repository, { oid, mergedFrom }: PolicyEntry): Promise<Uint8Array> {
  const merged = mergedFrom && (await mergeFiles(repository, mergedFrom, Effort.forMany()));
  if (!merged) return repository.blob(oid, POLICY_LIMIT);
  if (merged.length > POLICY_LIMIT) {
    throw new CountersignError("BLOB_TOO_LARGE", { oid, size: merged.length, limit: POLICY_LIMIT });
  }
  return merged;
}
