import type { VerifiedClaim } from "../../cosign/verify.ts";
import { firstOfEach } from "../../group-by.ts";
import type { Case } from "../gather/case.ts";
import { explainViolation, type Violation, violation } from "../violation.ts";
import { type AssessedClaim, assessClaim } from "./assess.ts";
import { type Counted, type Counting, countCosigns, requirementOf } from "./count.ts";
import type { RosterHelp } from "./roster-help.ts";
import type { JudgedEmergency } from "./verdict.ts";

/** The claims with those signatures alone that are over an emergency, or with the others alone. */
export function claimsFor(kind: "emergency" | "review", claims: readonly VerifiedClaim[]): readonly VerifiedClaim[] {
  return claims.flatMap((claim) => {
    const signatures = claim.signatures.filter(({ result }) => "emergency" in result === (kind === "emergency"));
    // Nothing is left of what was signed only for something else, not even a typed line.
    const isTyped = kind === "review" && claim.signatures.length === 0;
    return isTyped || signatures.length > 0 ? { ...claim, signatures } : [];
  });
}

/** What an emergency makes of asks that are not met. */
export interface EmergencyOutcome {
  readonly judged: JudgedEmergency;
  readonly claims: readonly AssessedClaim[];
  /** What is asked instead, each once. */
  readonly counted: readonly Counted[];
  readonly met: boolean;
}

/** Counts the signatures for the emergency of a commit; undefined if it is in none, or nothing can be asked instead. */
export function judgeEmergency(
  [first, ...others]: readonly Counted[],
  counting: Counting,
  help: RosterHelp,
): EmergencyOutcome | undefined {
  const { policy, of, now } = counting;
  if (!first || !policy.emergency || !of.emergency || "idle" in of.emergency) return undefined;
  const pending = [first, ...others];
  const { reason, line, instead } = of.emergency;
  const asks = pending.flatMap(({ ask }) => instead.get(ask) ?? []);
  if (asks.length < pending.length) return undefined;
  const claims = of.claims.map((claim) => assessClaim(policy, claim, now(claim)));
  const counted = firstOfEach(asks, ({ requirement }) => JSON.stringify(requirement)).map((ask) => ({
    ask,
    tally: countCosigns(ask, claims, counting),
  }));
  const shown = counted.find(({ tally }) => !tally.met) ?? counted[0];
  if (!shown) return undefined;
  const { met } = shown.tally;
  const judged = { reason, line, requirement: requirementOf(shown) };
  if (!met) return { judged, claims, counted, met };
  const review = {
    // By the signature, and by no date of the commit: that is whatever its author writes.
    until: firstSigned(claims, counted) + policy.emergency.reviewWithin,
    requirements: pending.map(requirementOf),
    able: help.name(first.ask.requirement, now(), of, first.tally.people),
  };
  return { judged: { ...judged, review }, claims, counted, met };
}

/** When the first of the signatures was made that count, in seconds since 1970: another one gives no more time. */
function firstSigned(claims: readonly AssessedClaim[], counted: readonly Counted[]): number {
  const counting = claims.filter(({ claim }) => counted.some(({ tally }) => !tally.refusals.has(claim)));
  return Math.min(...counting.flatMap(({ proofs }) => proofs.flatMap(({ signature }) => signature?.time ?? [])));
}

/** What keeps an emergency from taking the place of what is missing. */
export function unprovenEmergency(
  { summary, emergency }: Case,
  outcome: EmergencyOutcome | undefined,
): readonly Violation[] {
  if (!emergency) return [];
  const { reason, line } = emergency;
  const place = { commit: summary.commit };
  if ("idle" in emergency) return [violation("EMERGENCY_IDLE", { reason, line, idle: emergency.idle }, place)];
  const open = outcome?.counted.filter(({ tally }) => !tally.met) ?? [];
  return open.slice(0, 1).map(({ ask: { requirement, rules }, tally }) => {
    const problems = [...tally.refusals.values()].map((refusal) => explainViolation(refusal).what);
    return violation("EMERGENCY_UNPROVEN", { reason, line, needs: requirement, problems }, { ...place, rules });
  });
}
