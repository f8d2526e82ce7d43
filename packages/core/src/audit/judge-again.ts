import type { LedgerTrace } from "../history/ledger-trace.ts";
import type { CommitVerdict } from "../judge/decide/verdict.ts";
import { conclude } from "../judge/decision.ts";
import { attemptInto } from "../judge/judge-landing.ts";
import { isRemedy } from "../judge/landing-time.ts";
import { type Violation, violation } from "../judge/violation.ts";
import { parseCommit } from "../object/commit.ts";
import { subjectLine } from "../object/subject-line.ts";
import type { Repository } from "../repository.ts";
import { type AuditedLanding, isSound, wholeVerdict } from "./audited-landing.ts";
import { judgeHiddenLine } from "./hidden-line.ts";
import { judgeAsPush, type KnownBefore } from "./judge-as-push.ts";
import type { LandingPlace } from "./landing-place.ts";
import type { PastLanding } from "./line/past-landing.ts";
import { findLostMarks, lostMarks } from "./lost-marks.ts";
import { findOverdue } from "./overdue-reviews.ts";
import type { PastPolicies, PastTerms } from "./past-policies.ts";

/** Judges a landing as the push that it may have come by, and looks for what no gate asks about. */
export async function judgeAgain(
  repository: Repository,
  place: LandingPlace,
  landing: PastLanding,
  policies: PastPolicies,
  known: Pick<KnownBefore, "trace"> = {},
): Promise<AuditedLanding> {
  const { at, now } = landing;
  const { commit, parent, hidesLine } = at;
  const before = await policies.before(landing);
  const terms = { ...before, trace: known.trace ?? before.trace };
  const asked = await judgeAsPush(repository, place, landing, terms, known);
  const faults = [...asked.faults];
  const verdict = { ...asked, faults };
  const findings: Violation[] = [];
  // A message alone says so: what it leads to may be a line whose policy protects nothing.
  const hiding = hidesLine && parent ? { ...landing, at: { ...at, parent } } : undefined;
  const said = hiding && (await attemptInto(faults)(judgeHiddenLine(repository, place, hiding, policies)));
  if (hiding && (said?.open ?? true)) {
    const able = said?.hidden?.verdict.violations.find((one) => one.able)?.able;
    const ledger = (said?.hidden?.policy ?? terms.policy)?.policy.ledger;
    const data = { branch: place.branch, stood: hiding.at.parent, ledger };
    findings.push(violation("LINE_HIDDEN", data, { commit, ...(able && { able }) }));
  }
  const range = { tips: [commit], exclude: parent ? [parent] : [] };
  const traced = verdict.branch === undefined ? [] : await attemptInto(faults)(findLostMarks(repository, terms, range));
  // Where time is up, it is up for all landings.
  if (!traced) repository.throwIfEnded();
  const lost = traced ?? [];
  const marked = lost.length === 0 ? [] : await judgeAsMarked(repository, place, landing, terms, { ...known, lost });
  const open = new Set(marked.filter(({ violations }) => violations.length > 0).map((each) => each.commit));
  const after = { stood: parent, there: landing.landed };
  for (const one of lost) {
    const isRemedied = one.claims.some((claim) => isRemedy(claim, after)) && !open.has(one.commit.oid);
    if (!isRemedied) findings.push(lostMarks(one));
  }
  findings.push(...findOverdue(verdict.judged, now));
  const found = { verdict, findings, marked, ...(said?.hidden && { hidden: said.hidden }) };
  // Its mode is that of the line which a message chose, and would let that very message pass.
  const mode = findings.some(({ code }) => code === "LINE_HIDDEN") ? "enforce" : verdict.mode;
  const { outcome } = conclude(terms.policy, [{ ...wholeVerdict(found), mode }]);
  const subject = isSound(found) ? "" : subjectLine(parseCommit(await repository.commit(commit)));
  return { ...found, policy: terms.policy, outcome, subject, landed: landing.landed };
}

/** What would have been asked of the commits that lost their marks. */
async function judgeAsMarked(
  repository: Repository,
  place: LandingPlace,
  landing: PastLanding,
  terms: PastTerms,
  { trace, lost }: Pick<KnownBefore, "trace"> & { readonly lost: readonly LedgerTrace[] },
): Promise<readonly CommitVerdict[]> {
  const made = new Map(lost.map(({ commit, provenance }) => [commit.oid, provenance]));
  const { judged } = await judgeAsPush(repository, place, landing, terms, { trace, made });
  return judged.filter(({ commit }) => made.has(commit));
}
