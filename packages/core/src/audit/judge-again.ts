import { conclude } from "../judge/decision.ts";
import { judgePush } from "../judge/judge-push.ts";
import type { Past } from "../judge/push.ts";
import { type Violation, violation } from "../judge/violation.ts";
import { parseCommit } from "../object/commit.ts";
import { zeroOid } from "../object/oid.ts";
import { subjectLine } from "../object/subject-line.ts";
import { branchRef, type Destination } from "../ref.ts";
import type { Repository } from "../repository.ts";
import { type AuditedLanding, isSound, wholeVerdict } from "./audited-landing.ts";
import type { LineCommit } from "./line.ts";
import { findLostMarks } from "./lost-marks.ts";
import { findOverdue } from "./overdue-reviews.ts";
import type { PastTerms } from "./past-policies.ts";

/** A landing of the past, and what is known of its time. */
export interface PastLanding {
  readonly at: LineCommit;
  /** When it came at the earliest, in seconds since 1970. */
  readonly landed: number;
  readonly past: Past;
}

/** Where it landed. */
export interface LandingPlace {
  /** By short name. */
  readonly branch: string;
  readonly destination: Destination;
  /** Whether the policy is not the one that stood then. */
  readonly trial: boolean;
}

/** Judges a landing as the push that it may have come by, and looks for what no gate asks about. */
export async function judgeAgain(
  repository: Repository,
  { branch, destination, trial }: LandingPlace,
  { at, landed, past }: PastLanding,
  terms: PastTerms,
): Promise<AuditedLanding> {
  const { commit, parent } = at;
  const { policy, doubt } = terms;
  const branches = new Map(terms.branches);
  if (parent) branches.set(branch, parent);
  const {
    updates: [verdict],
  } = await judgePush(repository, {
    updates: [{ ref: branchRef(branch), old: parent ?? zeroOid(repository.format), new: commit }],
    destination: { ...destination, branches },
    policy,
    doubt,
    trial,
    now: landed,
    past,
  });
  if (!verdict) throw new Error("a push of one update has one verdict");
  const findings: Violation[] = [];
  // A message alone says so: what it leads to may be a line whose policy protects nothing.
  if (at.hidesLine && parent) findings.push(violation("LINE_HIDDEN", { branch, stood: parent }, { commit }));
  if (verdict.branch !== undefined) {
    const range = { tips: [commit], exclude: parent ? [parent] : [] };
    findings.push(...(await findLostMarks(repository, terms, range)));
  }
  findings.push(...findOverdue(verdict.judged, past.by));
  const told = { verdict, findings };
  const { outcome } = conclude(policy, [wholeVerdict(told)]);
  const subject = isSound(told) ? "" : subjectLine(parseCommit(await repository.commit(commit)));
  return { ...told, policy, outcome, subject, landed };
}
