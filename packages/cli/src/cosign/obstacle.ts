import { type CommitVerdict, explainViolation, type Policy } from "@countersign/core";
import {
  foreseeBar,
  type JudgedRequirement,
  type Person,
  type ViolationCode,
  type WorkOf,
} from "@countersign/core/internal";

/** Why a person's co-sign would not help a commit. */
export interface Obstacle {
  /** Whether that is because it is there already. */
  readonly given: boolean;
  readonly reason: string;
}

/** What no co-sign can mend. */
export const HOPELESS: ReadonlySet<ViolationCode> = new Set(["COMMIT_MALFORMED", "COMMIT_ENCODING", "DENIED_BY_RULE"]);

/** Those of a commit's open requirements that this person's co-sign would serve; or why there are none. */
export function findServed(
  policy: Policy,
  person: Person,
  work: WorkOf,
  verdict: CommitVerdict,
): readonly JudgedRequirement[] | Obstacle {
  const dispute = verdict.dispute?.requirement;
  const proves = dispute && !dispute.met && findObstacle(policy, person, work, dispute) === undefined;
  const hopeless = verdict.violations.find(({ code }) => HOPELESS.has(code) && !(proves && code === "DENIED_BY_RULE"));
  if (hopeless) return { given: false, reason: explainViolation(hopeless).what };
  // Once it is proven, nothing else is asked.
  if (proves) return [dispute];
  const open = verdict.requirements.filter(({ met }) => !met);
  const obstacles = open.map((requirement) => findObstacle(policy, person, work, requirement));
  const served = open.filter((_, index) => obstacles[index] === undefined);
  if (served.length > 0) return served;
  return (
    obstacles.find((obstacle) => obstacle?.given === false) ?? obstacles[0] ?? { given: true, reason: "it needs none" }
  );
}

function findObstacle(policy: Policy, person: Person, work: WorkOf, judged: JudgedRequirement): Obstacle | undefined {
  const { requirement } = judged;
  if (countsFor(judged, person)) {
    return { given: true, reason: `your co-sign counts already; it needs ${requirement.count} people` };
  }
  const bar = foreseeBar(policy, requirement, person, work);
  if (!bar) return undefined;
  const reason =
    bar.reason === "self"
      ? `you are its ${bar.role}, and it needs a second person's review`
      : `it needs someone of level ${requirement.level} or higher, and you have level ${bar.level}`;
  return { given: false, reason };
}

/** Whether a co-sign of this person is among those that meet a requirement, or would if there were enough. */
export function countsFor({ by }: JudgedRequirement, person: Person): boolean {
  return by.some(({ email }) => person.emails.includes(email));
}
