import {
  type CommitVerdict,
  describeRequirement,
  explainViolation,
  type ObjectId,
  type Repository,
} from "@countersign/core";
import {
  type AuditedLanding,
  type AuditPlan,
  audit,
  type Cosigner,
  explainNotice,
  firstOfEach,
  isOverdue,
  messageOf,
  noticesOf,
  type Outcome,
  violationsOf,
  wholeVerdict,
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
  const { verdict, marked } = landing;
  const whole = wholeVerdict(landing);
  const wrong = [
    ...violationsOf(whole).map((found) => ({ code: found.code, message: explainViolation(found) })),
    ...noticesOf(whole).map((found) => ({ code: found.code, message: explainNotice(found) })),
    ...verdict.faults.map((fault) => ({ code: fault.code, message: fault })),
  ].map(({ code, message }) => ({ code, what: messageOf(message).what }));
  // The ledger knows what a commit that lost its marks should have needed.
  const remarked = new Set(marked.map(({ commit }) => commit));
  const judged = [...verdict.judged.filter(({ commit }) => !remarked.has(commit)), ...marked];
  const requirements = judged.flatMap((commit) =>
    reviewsAsked(commit)
      .filter(({ requirement }) => requirement.count > 0)
      .map((asked) => ({ commit, asked })),
  );
  const signed = requirements.flatMap(({ commit, asked }) => asked.by.map((by) => ({ commit: commit.commit, by })));
  return {
    standing: standingOf(landing, requirements.length > 0),
    wrong: firstOfEach(wrong, ({ code, what }) => `${code} ${what}`),
    asked: requirements.map(({ asked: { rules, requirement, met } }) => ({
      rules: rules.join(", "),
      needs: describeRequirement(requirement),
      met,
    })),
    signed: firstOfEach(signed, ({ commit, by }) => `${commit} ${by.email}`),
  };
}

/** What was asked of a commit. What proves its dispute counts for nothing else, and is not a review. */
function reviewsAsked({ dispute, requirements }: CommitVerdict): CommitVerdict["requirements"] {
  return dispute?.requirement.met ? requirements.slice(1) : requirements;
}

const BREACHES: Readonly<Record<Outcome, Standing>> = { allow: "warned", deny: "bypassed", undecided: "undecided" };

function standingOf(landing: AuditedLanding, isAsked: boolean): Standing {
  const { verdict, outcome } = landing;
  const whole = wholeVerdict(landing);
  if (isOverdue(landing)) return "emergency";
  if (violationsOf(whole).length + whole.faults.length > 0) return BREACHES[outcome];
  if (noticesOf(whole).length > 0) return "emergency";
  if (verdict.branch === undefined) return "unjudged";
  return isAsked ? "co-signed" : "free";
}
