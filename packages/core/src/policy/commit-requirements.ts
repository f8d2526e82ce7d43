import { type AppliedRequirement, applyRules } from "./apply-rules.ts";
import type { CommitFacts } from "./conditions/condition.ts";
import { conditionsCountLines, conditionsHold } from "./conditions/rule-conditions.ts";
import type { Policy, Protection } from "./policy.ts";
import { PROOFS, type Proof, type Requirement } from "./requirement.ts";
import { tighten } from "./strictness.ts";

/** A rule that refuses a commit, and the reason it gives. */
export interface Denial {
  readonly rule: string;
  readonly reason: string;
}

/** All that a policy asks of one commit. Every requirement must be met; a denial cannot be. */
export interface CommitRequirements {
  /** Distinct, in the order of the paths that they come from; never empty. */
  readonly requirements: readonly AppliedRequirement[];
  readonly denials: readonly Denial[];
}

/** What the policy asks of an assisted commit that is to land on a branch of this protect entry. */
export function requirementsOf(policy: Policy, protection: Protection, facts: CommitFacts): CommitRequirements {
  const applying = policy.rules.filter(({ when }) => conditionsHold(when, facts, policy.levels));
  return {
    // A rule that denies sets nothing.
    requirements: applyRules(baseRequirement(policy, protection), applying, facts.changes, policy.levels),
    denials: applying.flatMap(({ name, deny }) => (deny === undefined ? [] : [{ rule: name, reason: deny }])),
  };
}

/** What a change of the policy file itself needs, no matter who made it: at least one co-sign. */
export function policyChangeRequirement(policy: Policy, protection: Protection): Requirement {
  return tighten(lineRequirement(policy, protection), policy.policyChange, policy.levels);
}

/** What a merge that hides the line of its branch needs, no matter what it brought: at least one co-sign. */
export function lineRequirement(policy: Policy, protection: Protection): Requirement {
  const base = baseRequirement(policy, protection);
  return { ...base, count: Math.max(1, base.count) };
}

/**
 * What proves a commit's marks of AI wrong: the word of one person of the level that the policy names, even the author.
 * It must be proven as surely as what it waives, and signed at the least: a typed line must not lift what takes a
 * signature. A co-sign of a merge does not count as one. Undefined if the policy lets nobody prove it.
 */
export function disputeRequirement(
  policy: Policy,
  protection: Protection,
  waived: readonly Requirement[],
): Requirement | undefined {
  if (!policy.disputes) return undefined;
  const { level } = policy.disputes;
  const base = baseRequirement(policy, protection);
  const proof = strictestProof(base.proof, ...waived.map((requirement) => requirement.proof));
  return { ...base, count: 1, level, proof, coverage: "commit", self: true };
}

/**
 * What lets a commit land before what it needs is there: one person of the level that the policy names, even the
 * author. A reason that is only typed is nobody's word. Undefined if the policy lets nobody.
 */
export function emergencyRequirement({ emergency }: Policy, asked: Requirement): Requirement | undefined {
  if (!emergency) return undefined;
  const { level } = emergency;
  return { ...asked, count: 1, level, proof: strictestProof(asked.proof), coverage: "commit", self: true };
}

/** The strictest of them, and a signature at the least. */
function strictestProof(...proofs: readonly Proof[]): Proof {
  return proofs.reduce((a, b) => (PROOFS.indexOf(a) < PROOFS.indexOf(b) ? b : a), "signed");
}

/** Whether a rule counts lines, so that changes must be read with them. */
export function countsLines(policy: Pick<Policy, "rules">): boolean {
  return policy.rules.some(({ when }) => conditionsCountLines(when));
}

/** Whether a co-signed merge can vouch for anything, so that it must be known how commits are connected. */
export function asksForMerges({ cosign, protect, rules }: Policy): boolean {
  // `policyChange` can only ask for more.
  return [cosign, ...[...protect, ...rules].map((part) => part.cosign)].some(({ coverage }) => coverage === "merge");
}

function baseRequirement(policy: Policy, protection: Protection): Requirement {
  return { ...policy.cosign, ...protection.cosign };
}
