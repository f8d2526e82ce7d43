import { describeRequirement, explainViolation, type ObjectId, type Repository } from "@countersign/core";
import {
  type AuditedLanding,
  type AuditPlan,
  audit,
  type Cosigner,
  firstOfEach,
  messageOf,
  type Outcome,
  violationsOf,
} from "@countersign/core/internal";
import type { Asked, Landing, Standing } from "./overview.ts";

/** A landing by what the audit says of it. */
export interface JudgedLanding extends Pick<Landing, "standing" | "wrong"> {
  readonly asked: readonly Asked[];
  /** Who co-signed which commit, each pair once. */
  readonly signed: readonly { readonly commit: ObjectId; readonly by: Cosigner }[];
}

/** Judges landings as `audit` does. */
export async function judgeLandings(
  repository: Repository,
  plan: AuditPlan,
): Promise<ReadonlyMap<ObjectId, JudgedLanding>> {
  const judged = new Map<ObjectId, JudgedLanding>();
  await audit(repository, { ...plan, each: (landing) => judged.set(landing.verdict.update.new, readJudged(landing)) });
  return judged;
}

function readJudged(landing: AuditedLanding): JudgedLanding {
  const { verdict, findings } = landing;
  const wrong = [...violationsOf(verdict), ...findings].map((found) => ({
    code: found.code,
    what: messageOf(explainViolation(found)).what,
  }));
  const faults = verdict.faults.map((fault) => ({ code: fault.code, what: messageOf(fault).what }));
  const requirements = verdict.judged.flatMap((commit) =>
    commit.requirements.filter(({ requirement }) => requirement.count > 0).map((asked) => ({ commit, asked })),
  );
  const signed = requirements.flatMap(({ commit, asked }) => asked.by.map((by) => ({ commit: commit.commit, by })));
  return {
    standing: standingOf(landing, requirements.length > 0),
    wrong: firstOfEach([...wrong, ...faults], ({ code, what }) => `${code} ${what}`),
    asked: requirements.map(({ asked: { rules, requirement, met } }) => ({
      rules: rules.join(", "),
      needs: describeRequirement(requirement),
      met,
    })),
    signed: firstOfEach(signed, ({ commit, by }) => `${commit} ${by.email}`),
  };
}

const BREACHES: Readonly<Record<Outcome, Standing>> = { allow: "warned", deny: "bypassed", undecided: "undecided" };

function standingOf({ verdict, findings, outcome }: AuditedLanding, isAsked: boolean): Standing {
  if (violationsOf(verdict).length + findings.length + verdict.faults.length > 0) return BREACHES[outcome];
  if (verdict.branch === undefined) return "unjudged";
  return isAsked ? "co-signed" : "free";
}
