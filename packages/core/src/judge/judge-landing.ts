import type { VerifiedClaim } from "../cosign/verify.ts";
import { CountersignError } from "../error.ts";
import type { ObjectId } from "../object/oid.ts";
import type { Repository } from "../repository.ts";
import { decide } from "./decide/decide.ts";
import type { CommitVerdict } from "./decide/verdict.ts";
import type { UpdateVerdict } from "./decision.ts";
import { excludeLanded } from "./exclude-landed.ts";
import type { Case } from "./gather/case.ts";
import { type GatheredRange, gather } from "./gather/gather.ts";
import { isRemedy, missedBy, notBefore } from "./landing-time.ts";
import type { Landing } from "./plan.ts";
import { type PolicyAfter, policyAfter } from "./policy-after.ts";
import type { Past, Push } from "./push.ts";
import { openLedger } from "./records/open-ledger.ts";
import { nameCopies } from "./relate/name-copies.ts";
import { relate } from "./relate/relate.ts";
import { NO_RELATIONS } from "./relate/relations.ts";
import { violation } from "./violation.ts";

/** A push at a time. */
export interface DatedPush extends Push {
  readonly now: number;
}

const UNCHANGED: PolicyAfter = { rollbacks: [], violations: [] };

/** Judges what an update puts on a protected branch. `also`: a commit whose verdict is wanted whatever it needs. */
export async function judgeLanding(
  repository: Repository,
  push: DatedPush,
  landing: Landing,
  also?: ObjectId,
): Promise<UpdateVerdict> {
  const { now } = push;
  const { policy } = landing.policy;
  const { update, branch, protection, tip, judged, stood } = landing;
  const faults = [...landing.faults];
  const attempt = attemptInto(faults);
  const verdict = { update, branch, mode: protection.mode, faults };

  const added = { tips: [tip], exclude: judged };
  const ledger = openLedger(repository, push, policy, branch, push.reviewed?.(policy, landing));
  const range = await attempt(
    gather(repository, policy, landing, added, {
      ...push,
      also,
      ledger,
      trace: push.past?.trace,
      made: push.past?.made,
    }),
  );
  if (!range) return { ...verdict, commits: 0, assisted: 0, judged: [], violations: [] };
  faults.push(...range.doubts);
  const lost = await attempt(findLostTip(repository, landing, range));
  const merged = push.merging ? lost : undefined;
  const mayChange = branch === push.destination.defaultBranch && !push.trial;
  const after = (mayChange && (await attempt(policyAfter(repository, landing, range, merged)))) || UNCHANGED;
  const cases = nameCopies([...range.cases, ...after.rollbacks]);
  // Where both lines moved on, the branch will have the commits of both.
  const tips = merged ? [tip, merged] : [tip];
  const related = { branch, tips, stood, judged, links: range.shape.links, ledger, later: push.past?.later };
  const relations = (await attempt(relate(repository, policy, related, cases))) ?? NO_RELATIONS;

  const landedAt = (of: Case, claim?: VerifiedClaim): number =>
    push.past
      ? pastTime(push.past, stood, now, [...of.claims, ...relations.vouchersOf(of.summary.commit)], claim)
      : now;
  const decideOn = (some: readonly Case[]): readonly CommitVerdict[] => decide(policy, some, relations, landedAt);
  const decided = { ...range, judged: decideOn(cases.slice(0, range.cases.length)) };
  const {
    commits,
    assisted,
    judged: verdicts,
  } = (await attempt(excludeLanded(repository, decided, landing))) ?? decided;
  const violations = [
    ...(lost && !push.merging ? [violation("HISTORY_REWRITTEN", { old: lost })] : []),
    ...decideOn(cases.slice(range.cases.length)).flatMap((rollback) => rollback.violations),
    ...after.violations,
  ];
  return { ...verdict, commits, assisted, judged: verdicts, violations };
}

/** When a landing of the past came, or by when a co-sign counts that was given to it afterwards. */
function pastTime(
  { by, movedOn }: Past,
  stood: ObjectId | undefined,
  earliest: number,
  claims: readonly VerifiedClaim[],
  claim: VerifiedClaim | undefined,
): number {
  const place = { stood, there: movedOn(1) };
  if (claim && isRemedy(claim, place)) return by;
  const tooLate = claim && missedBy(claim, movedOn);
  if (tooLate !== undefined) return tooLate;
  const before = claims.filter((each) => !isRemedy(each, place) && missedBy(each, movedOn) === undefined);
  return notBefore(earliest, before, by);
}

/** Keeps the fault of a stage: it must hide neither what was found before nor the other updates. A defect of ours is thrown. */
export function attemptInto(faults: CountersignError[]): <Found>(stage: Promise<Found>) => Promise<Found | undefined> {
  return (stage) =>
    stage.catch((error) => {
      if (!(error instanceof CountersignError)) throw error;
      // What ended one stage may end the others as well.
      if (!faults.some(({ what }) => what === error.what)) faults.push(error);
      return undefined;
    });
}

/** The branch's old tip, if the new one does not reach it. */
async function findLostTip(
  repository: Repository,
  { old, tip }: Landing,
  { shape }: GatheredRange,
): Promise<ObjectId | undefined> {
  if (old === undefined || old === tip || shape.parents.has(old)) return undefined;
  return (await repository.isAncestor(old, tip)) ? undefined : old;
}
