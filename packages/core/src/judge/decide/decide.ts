import { spotOf } from "../../cosign/claim-place.ts";
import { reviewOf, type VerifiedClaim } from "../../cosign/verify.ts";
import { firstOfEach } from "../../group-by.ts";
import type { Policy } from "../../policy/policy.ts";
import { PROOFS } from "../../policy/requirement.ts";
import type { Ask, Case } from "../gather/case.ts";
import type { Relations } from "../relate/relations.ts";
import { explainViolation, type Violation, violation } from "../violation.ts";
import { type AssessedClaim, assessClaim } from "./assess.ts";
import { type Counted, type Counting, countCosigns, requirementOf } from "./count.ts";
import { claimsFor, judgeEmergency, unprovenEmergency } from "./emergency.ts";
import { RosterHelp } from "./roster-help.ts";
import type { CommitVerdict, JudgedCosign, JudgedDispute } from "./verdict.ts";

/**
 * Decides on each case. Pure: same input, same verdicts, everywhere. Nothing else counts co-signs, or holds them against
 * the time, which is in seconds since 1970: a case's own, or a claim's where that counts at another one.
 */
export function decide(
  policy: Policy,
  cases: readonly Case[],
  relations: Relations,
  now: (of: Case, claim?: VerifiedClaim) => number,
  help = new RosterHelp(policy),
): readonly CommitVerdict[] {
  const countingFor = (of: Case): Counting => ({ policy, of, relations, now: (claim) => now(of, claim) });
  return cases.map((of) => decideCase(countingFor(of), urgentIn(of, countingFor), help));
}

/** A case with what was signed for its emergency alone: what was signed for the review later does not date it. */
function urgentIn(of: Case, countingFor: (of: Case) => Counting): Counting | undefined {
  return of.emergency && countingFor({ ...of, claims: claimsFor("emergency", of.claims) });
}

function decideCase(counting: Counting, urgent: Counting | undefined, help: RosterHelp): CommitVerdict {
  const { policy, of, relations, now } = counting;
  const { summary } = of;
  const assess = (claims: readonly VerifiedClaim[]): readonly AssessedClaim[] =>
    claimsFor("review", claims).map((claim) => assessClaim(policy, claim, now(claim)));
  const own = assess(of.claims);
  const vouching = assess(relations.vouchersOf(summary.commit));
  const count = (ask: Ask): Counted => {
    const claims = ask.requirement.coverage === "merge" ? [...own, ...vouching] : own;
    return { ask, tally: countCosigns(ask, claims, counting) };
  };
  const disputed = of.dispute && count(of.dispute.ask);
  // Once a dispute is proven, nothing else is asked for being assisted.
  const proven = disputed?.tally.met ? disputed : undefined;
  const asks = proven ? of.asks.filter(({ why }) => why !== "assisted") : of.asks;
  const denials = proven ? [] : of.denials;
  const asked = asks.map(count);
  const emergency =
    urgent &&
    judgeEmergency(
      asked.filter(({ tally }) => !tally.met),
      urgent,
      help,
    );
  const standing = emergency?.met ? [...asked.filter(({ tally }) => tally.met), ...emergency.counted] : asked;
  const counted = [...(proven ? [proven] : []), ...standing];
  const open = counted.some(({ tally }) => !tally.met);

  const violations = [...of.breaches, ...denials, ...counted.flatMap((each) => unmet(each, counting, help))];
  if (open) {
    for (const { code, where, problem } of of.refused) {
      violations.push(violation(code, { ...spotOf(where), problem }, { commit: summary.commit }));
    }
    violations.push(...unprovenEmergency(of, emergency));
  }
  if (of.dispute && disputed && !proven && (open || denials.length > 0))
    violations.push(unproven(of, of.dispute, disputed));

  return {
    ...summary,
    requirements: counted.map(requirementOf),
    cosigns: [
      ...own.map((assessed) => cosignOf(assessed, [...(proven ? [proven] : []), ...asked])),
      ...(emergency?.claims ?? []).map((assessed) => {
        return { ...cosignOf(assessed, emergency?.counted ?? []), emergency: true } as const;
      }),
    ],
    ...(of.dispute && disputed ? { dispute: disputeOf(of.dispute, disputed) } : {}),
    ...(emergency ? { emergency: emergency.judged } : {}),
    violations: dropDuplicates(violations),
  };
}

function disputeOf({ reason, line }: NonNullable<Case["dispute"]>, disputed: Counted): JudgedDispute {
  return { reason, line, requirement: requirementOf(disputed) };
}

/** What a co-sign is worth: where it serves every ask, nothing is said against it. */
function cosignOf({ claim, proofs }: AssessedClaim, counted: readonly Counted[]): JudgedCosign {
  const { email, where, reapplied } = claim;
  const refused = counted.map(({ tally }) => tally.refusals.get(claim)).find((found) => found !== undefined);
  const [best] = proofs;
  const reviewed = reviewOf(best?.signature);
  const judged = {
    email,
    proof: best?.proof ?? "declared",
    where,
    ...(reviewed && { review: { forge: reviewed.forge, id: reviewed.review } }),
    ...(reapplied && { reapplied }),
  } as const;
  return refused ? { ...judged, refused } : judged;
}

/** Why an ask is not met: each co-sign that does not count, and that there are too few to begin with. */
function unmet({ ask, tally }: Counted, { of, policy, now }: Counting, help: RosterHelp): readonly Violation[] {
  if (tally.met) return [];
  const { summary, dispute, mismatches } = of;
  const { requirement: needs, rules } = ask;
  const able = help.name(needs, now(), of, tally.people);
  const place = { commit: summary.commit, rules, able };
  const refusals = [...tally.refusals.values()].map((refusal) => ({ ...refusal, able }));
  // What is said on the forge matters where an approval there could do.
  const byReview = PROOFS.indexOf(needs.proof) <= PROOFS.indexOf("reviewed");
  const others = mismatches
    .filter((data) => byReview || !("forge" in data))
    .map((data) => violation("COSIGN_MISMATCH", data, place));
  if (ask.why === "policy change") {
    const code = ask.removal ? "POLICY_REMOVED" : "POLICY_CHANGED";
    return [...refusals, ...others, violation(code, { paths: ask.paths, needs }, place)];
  }
  const have = tally.people.length;
  if (have + refusals.length >= needs.count) return refusals;
  const level = dispute ? undefined : policy.disputes?.level;
  const data = { have, needs, rules, ...(level ? { disputes: level } : {}) };
  return [...refusals, ...others, violation("COSIGN_MISSING", data, place)];
}

/** What to say where a dispute would have spared the commit what it is refused for. */
function unproven(
  { summary }: Case,
  { reason, line, ask }: NonNullable<Case["dispute"]>,
  { tally }: Counted,
): Violation {
  const problems = [...tally.refusals.values()].map((refusal) => explainViolation(refusal).what);
  const data = { reason, line, needs: ask.requirement, problems };
  return violation("DISPUTE_UNPROVEN", data, { commit: summary.commit, rules: ask.rules });
}

/** The same fault can keep a co-sign from meeting several asks; it is reported once. */
function dropDuplicates(violations: readonly Violation[]): readonly Violation[] {
  return firstOfEach(violations, ({ code, data }) => JSON.stringify([code, data]));
}
