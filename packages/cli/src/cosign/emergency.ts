import { type Commit, type CommitVerdict, CountersignError, explainViolation, type Policy } from "@countersign/core";
import {
  emergencyRequirement,
  findOverdue,
  findReasonFlaw,
  firstOfEach,
  foreseeBar,
  type JudgedRequirement,
  type Person,
  type PolicyChoice,
  readEmergency,
  readWorkOf,
} from "@countersign/core/internal";
import { HOPELESS, type Obstacle } from "./obstacle.ts";
import type { WantedCommit } from "./wanted-commit.ts";

const OPTION = "--emergency";

/** @throws `OPTION_INVALID` if no trailer can hold the reason, or a policy knows no emergency. */
export function refuseReason(reason: string, choices: readonly PolicyChoice[]): void {
  const flaw = findReasonFlaw(reason);
  if (flaw !== undefined) {
    const problem = `the reason goes into the message as one line, and ${flaw}`;
    throw new CountersignError("OPTION_INVALID", { option: OPTION, problem });
  }
  const deaf = choices.find(({ policy }) => !policy.policy.emergency);
  if (!deaf) return;
  const problem = `the policy in force for ${deaf.branch} has no \`emergency\`, so everything waits for its co-signs there`;
  throw new CountersignError("OPTION_INVALID", { option: OPTION, problem });
}

/** What a person can sign so that a commit lands in an emergency; or why there is nothing. */
export function findUrgent(
  policy: Policy,
  person: Person,
  commit: Commit,
  verdict: CommitVerdict,
  reason: string,
): readonly JudgedRequirement[] | Obstacle {
  const no = (why: string): Obstacle => ({ given: false, reason: why });
  const hopeless = verdict.violations.find(({ code }) => HOPELESS.has(code));
  if (hopeless) return no(explainViolation(hopeless).what);
  if (verdict.requirements.some(({ rules }) => rules.join() === "policyChange")) {
    return no("it changes the policy, which is never an emergency");
  }
  const claimed = readEmergency(commit)?.reason;
  if (claimed !== undefined && claimed !== reason) {
    return no(`its message claims another emergency, "${claimed}": sign that very reason, or amend the message`);
  }
  const open = verdict.requirements.filter(({ met }) => !met);
  const needs = open.flatMap(({ requirement }) => emergencyRequirement(policy, requirement) ?? []);
  const work = readWorkOf(policy, commit);
  for (const requirement of needs) {
    const bar = foreseeBar(policy, requirement, person, work);
    if (bar?.reason === "level") {
      return no(`an emergency needs someone of level ${requirement.level} or higher, and you have level ${bar.level}`);
    }
  }
  const distinct = firstOfEach(needs, (requirement) => JSON.stringify(requirement));
  // What it lacks beside, such as its disclosure, no signature mends.
  if (distinct.length === 0) return { given: true, reason: "it needs none" };
  return distinct.map((requirement) => ({ requirement, rules: ["emergency"], met: false, by: [] }));
}

/** What may land in an emergency can still be co-signed as usual: before as well as afterwards. */
export function withReview(verdict: CommitVerdict): CommitVerdict {
  const { review } = verdict.emergency ?? {};
  if (!review) return verdict;
  const violations = findOverdue([verdict], Number.POSITIVE_INFINITY);
  return { ...verdict, requirements: review.requirements, violations };
}

/** Whether a commit has to be amended first, to say itself why it cannot wait. */
export function lacksTrailer({ commit, emergency }: Pick<WantedCommit, "commit" | "emergency">): boolean {
  return emergency !== undefined && readEmergency(commit)?.reason !== emergency;
}
