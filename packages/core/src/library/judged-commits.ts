import { EXIT_CODES, type ExitCode } from "../exit-code.ts";
import type { CommitVerdict } from "../judge/decide/verdict.ts";
import type { Decision } from "../judge/decision.ts";
import { explainViolation } from "../judge/violation.ts";
import { describeRequirement } from "../messages/phrases.ts";

/** A commit that was assisted, touches the policy or breaks a rule, and whether it may land. */
export interface JudgedCommit extends CommitVerdict {
  /** The protected branch that it is to land on, by its short name. */
  readonly branch: string;
  /** The agents that took part, by their ids in the catalogue. */
  readonly agents: readonly string[];
  /** What keeps it from landing; undefined if it may land. A policy that only warns lets it land nonetheless. */
  readonly missing: string | undefined;
}

/** A decision, with what a caller asks for first in front of the details. */
export interface JudgedPush extends Decision {
  /** The commits of all updates. */
  readonly commits: readonly JudgedCommit[];
  /** 0 allowed, 1 refused, 2 could not decide: what a program ends with. */
  readonly exitCode: ExitCode;
}

export function withCommits(decision: Decision): JudgedPush {
  const commits = decision.updates.flatMap(({ branch, judged }) =>
    branch === undefined ? [] : judged.map((verdict) => judgedCommit(verdict, branch)),
  );
  return { ...decision, commits, exitCode: EXIT_CODES[decision.outcome] };
}

function judgedCommit(verdict: CommitVerdict, branch: string): JudgedCommit {
  return { ...verdict, branch, agents: verdict.provenance.agents, missing: findMissing(verdict) };
}

/** A violation with one of these codes states the requirement that is not met, which is stated already. */
const SAID: ReadonlySet<string> = new Set(["COSIGN_MISSING", "POLICY_CHANGED", "POLICY_REMOVED"]);

function findMissing({ requirements, violations }: CommitVerdict): string | undefined {
  if (violations.length === 0) return undefined;
  const unmet = requirements.filter(({ met }) => !met).map(({ requirement }) => describeRequirement(requirement));
  const asked = unmet.length === 0 ? [] : [`needs ${[...new Set(unmet)].join(", and ")}`];
  const others = violations.filter(({ code }) => asked.length === 0 || !SAID.has(code));
  return [...asked, ...others.map((found) => explainViolation(found).what)].join("; ");
}
