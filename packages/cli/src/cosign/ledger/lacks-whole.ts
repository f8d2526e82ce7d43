import { changeDigest } from "@countersign/core";
import { type ApprovedPart, branchRef, findBar, type Person } from "@countersign/core/internal";
import type { Task } from "../task.ts";
import type { KnownRecords } from "./known-records.ts";
import type { Target } from "./targets.ts";

/** Whether anything was asked of the commits, all of which are co-signed: then it is asked of a squash of them as well. */
export function mayLackWhole({ verdict, leftOut }: Task): boolean {
  const isDone = verdict.judged.every(({ violations }) => violations.length === 0);
  return isDone && leftOut.length === 0 && neededBy(verdict).length > 0;
}

function neededBy({ judged }: Task["verdict"]) {
  return judged.flatMap(({ requirements }) => requirements.filter(({ requirement }) => requirement.count > 0));
}

/** Whether the branch as one change is not co-signed by as many as it would need, and this person's co-sign would help. */
export async function lacksWhole(
  known: KnownRecords,
  { choice, verdict, person }: Task,
  targets: readonly Target[],
  parts: readonly ApprovedPart[],
): Promise<boolean> {
  const { policy } = choice.policy;
  const needs = neededBy(verdict);
  const authors = new Map(parts.flatMap(({ block }) => block.authors.map((email) => [email, "author"] as const)));
  if (!needs.some(({ requirement }) => !findBar(policy, requirement, person, authors))) return false;
  const count = Math.max(...needs.map(({ requirement }) => requirement.count));
  for (const { choice: of, sums, commits } of targets) {
    const sum = sums.landing ?? sums.whole;
    // One commit that is co-signed is the whole.
    if (!sum || sum.changes.length === 0 || commits.size < 2) continue;
    const change = changeDigest(sum.changes);
    const signers = new Set<Person>();
    for (const { lines, blockNumber, verified } of await known.of(sum.changes)) {
      const block = lines.blocks[blockNumber - 1];
      const isFor = lines.head.branches.some(({ ref }) => ref === branchRef(of.branch));
      const isReview = block?.emergency === undefined;
      const isWhole = isReview && block?.change === change && block.otherParents.length === 0;
      if (isFor && isWhole) signers.add(verified.person);
    }
    if (!signers.has(person) && signers.size < count) return true;
  }
  return false;
}
