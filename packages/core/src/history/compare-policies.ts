import { firstOfEach } from "../group-by.ts";
import type { ViolationCode } from "../messages/violations.ts";
import type { ObjectId } from "../object/oid.ts";
import { findProtection, type Policy } from "../policy/policy.ts";
import { nameNeeds, type Requirement } from "../policy/requirement.ts";
import type { Destination } from "../ref.ts";
import type { Repository } from "../repository.ts";
import { differingParts, type PolicyPart } from "./policy-parts.ts";
import { type ReplayedCommit, type ReplayedRange, replay } from "./replay.ts";

/** What history to judge by two policies. */
export interface ComparisonPlan {
  readonly before: Policy;
  readonly after: Policy;
  /** By short name. */
  readonly branch: string;
  /** Where the branch is, and the ledger. */
  readonly destination: Destination;
  /** Seconds since 1970. */
  readonly now: number;
  readonly history: ReplayedRange;
  /** Called from time to time with the number of commits judged. */
  readonly progress?: (commits: number) => void;
}

/** How a commit stands under a policy: with `warn` it lands, and what is wrong is reported. */
export interface Standing {
  readonly outcome: "allow" | "warn" | "deny";
  readonly codes: readonly ViolationCode[];
  /** What is still asked of it, each once. */
  readonly missing: readonly Requirement[];
}

/** A commit that two policies judge differently: it stands otherwise, or other co-signs are asked for. */
export interface Flip {
  readonly commit: ObjectId;
  readonly subject: string;
  readonly landed: number;
  readonly before: Standing;
  readonly after: Standing;
  /** The parts of the new policy each of which makes the difference by itself; all of them where only together they do. */
  readonly because: readonly PolicyPart[];
}

export interface PolicyComparison {
  /** How many commits were judged. */
  readonly commits: number;
  /** The newest first. */
  readonly flips: readonly Flip[];
}

/** Finds the commits that two policies judge differently, and which part of the new one makes the difference. */
export async function comparePolicies(repository: Repository, plan: ComparisonPlan): Promise<PolicyComparison> {
  const { before, after, branch, destination, now, history, progress } = plan;
  const parts = differingParts(before, after);
  // What is left out stands for a commit that may land.
  const policies = [before, after, ...parts.map(({ mixed }) => mixed)];
  const refused = policies.map(() => new Map<ObjectId, ReplayedCommit>());
  let commits = 0;
  for await (const batches of replay(repository, policies, { branch, destination, now }, history)) {
    commits += batches[0]?.length ?? 0;
    for (const [index, batch] of batches.entries()) {
      for (const replayed of batch) {
        if (replayed.verdict.violations.length > 0) refused[index]?.set(replayed.verdict.commit, replayed);
      }
    }
    progress?.(commits);
  }
  const standing = (index: number, commit: ObjectId): Standing =>
    standingOf(policies[index] as Policy, branch, refused[index]?.get(commit));
  const flips: Flip[] = [];
  for (const { verdict, landed } of new Map([...(refused[0] ?? []), ...(refused[1] ?? [])]).values()) {
    const { commit, subject } = verdict;
    const [old, present] = [standing(0, commit), standing(1, commit)];
    const [was, is] = [nameStanding(old), nameStanding(present)];
    if (was === is) continue;
    const causes = parts.filter((_, index) => nameStanding(standing(index + 2, commit)) === is);
    const because = causes.length === 0 ? parts : causes;
    flips.push({ commit, subject, landed, before: old, after: present, because });
  }
  return { commits, flips: flips.sort((a, b) => b.landed - a.landed) };
}

function standingOf(policy: Policy, branch: string, replayed: ReplayedCommit | undefined): Standing {
  if (!replayed) return { outcome: "allow", codes: [], missing: [] };
  const { violations, requirements } = replayed.verdict;
  const unmet = requirements.filter(({ met }) => !met).map(({ requirement }) => requirement);
  const warns = findProtection(policy, branch)?.mode === "warn";
  return {
    outcome: warns ? "warn" : "deny",
    codes: [...new Set(violations.map(({ code }) => code))],
    missing: firstOfEach(unmet, nameNeeds),
  };
}

/** What makes one standing another: who has to be asked counts, and not only whether the commit may land. */
function nameStanding({ outcome, codes, missing }: Standing): string {
  return [outcome, ...[...codes].sort(), ...missing.map(nameNeeds).sort()].join("\n");
}
