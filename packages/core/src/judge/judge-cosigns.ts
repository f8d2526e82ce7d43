import type { RefusedClaim } from "../cosign/cosign.ts";
import type { JudgedClaim } from "../cosign/prove.ts";
import type { AppliedRequirement } from "../policy/apply-rules.ts";
import type { Policy } from "../policy/policy.ts";
import {
  type CommitSubject,
  type CommitVerdict,
  type JudgedRequirement,
  verdictWithoutCosigns,
} from "./commit-verdict.ts";
import { type Counting, countCosigns } from "./count-cosigns.ts";
import { type JudgedDispute, unproven } from "./judge-dispute.ts";
import { unapproved } from "./judge-policy-change.ts";
import { type Violation, violation } from "./violation.ts";

/** What is asked of a commit, and what is wrong with it whatever its co-signs are worth. */
export interface Asked {
  readonly requirements: readonly AppliedRequirement[];
  readonly violations: readonly Violation[];
  readonly dispute: JudgedDispute | undefined;
}

/** The co-signs that stand for a commit: those that it bears, readable or not, and those of merges. */
export interface Cosigned {
  readonly own: readonly JudgedClaim[];
  readonly covering: readonly JudgedClaim[];
  readonly refused: readonly RefusedClaim[];
}

/** Judges whether the co-signs of a commit meet all that is asked of it, and tells what each of them is worth. */
export function judgeCosigns(
  policy: Policy,
  subject: CommitSubject,
  { requirements, dispute, ...asked }: Asked,
  { own, covering, refused }: Cosigned,
  counting: Counting,
): CommitVerdict {
  const { commit } = subject;
  const violations = [...asked.violations];
  const denied = violations.some(({ code }) => code === "DENIED_BY_RULE");
  const judged: JudgedRequirement[] = [];
  const refusals = new Map<JudgedClaim, Violation>();
  for (const shaped of requirements) {
    const counted = shaped.requirement.coverage === "merge" ? [...own, ...covering] : own;
    const tally = countCosigns(policy, shaped, counted, counting);
    judged.push({ ...shaped, met: tally.met, by: tally.people });
    for (const [claim, refusal] of tally.refusals) if (!refusals.has(claim)) refusals.set(claim, refusal);
    if (tally.met) continue;
    const level = dispute ? undefined : policy.disputes?.level;
    violations.push(...unmet(subject, shaped, tally.people.length, [...tally.refusals.values()], level));
  }
  const open = judged.some(({ met }) => !met);
  if (open) {
    for (const { code, line, problem } of refused) {
      violations.push(violation(code, { line, problem }, { commit: commit.oid }));
    }
  }
  if (dispute && !dispute.requirement.met && (open || denied)) violations.push(unproven(subject, dispute));
  const cosigns = own.map((judgedClaim) => {
    const { claim, proofs } = judgedClaim;
    const [best] = proofs;
    const { email, line } = claim;
    const code = refusals.get(judgedClaim)?.code;
    return { email, proof: best?.proof ?? "declared", line, ...(code === undefined ? {} : { refused: code }) };
  });
  const signatures = own.flatMap(({ claim: { email }, proofs }) =>
    proofs.flatMap(({ proven }) => (proven ? [{ ...proven, email }] : [])),
  );
  const found = { ...verdictWithoutCosigns(subject, dropTwins(violations)), requirements: judged, cosigns, signatures };
  return dispute ? { ...found, dispute } : found;
}

/** Why a requirement is not met: each co-sign that does not count, and that there are too few to begin with. */
function unmet(
  subject: CommitSubject,
  shaped: AppliedRequirement,
  have: number,
  refusals: readonly Violation[],
  disputes: string | undefined,
): readonly Violation[] {
  const { requirement, rules } = shaped;
  const changed = unapproved(subject, shaped);
  if (changed) return [...refusals, changed];
  if (have + refusals.length >= requirement.count) return refusals;
  const data = { have, needs: requirement, rules, ...(disputes ? { disputes } : {}) };
  return [...refusals, violation("COSIGN_MISSING", data, { commit: subject.commit.oid, rules })];
}

/** The same fault can keep a co-sign from meeting several requirements; it is told once. */
function dropTwins(violations: readonly Violation[]): Violation[] {
  const seen = new Set<string>();
  return violations.filter((found) => {
    const key = JSON.stringify([found.code, found.data]);
    return !seen.has(key) && seen.add(key);
  });
}
