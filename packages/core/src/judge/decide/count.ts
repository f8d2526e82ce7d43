import { decodeText } from "../../bytes.ts";
import { leastRank, NOBODY, roleOf } from "../../cosign/authors.ts";
import { spotOf } from "../../cosign/claim-place.ts";
import { type Defect, reviewOf, type VerifiedClaim } from "../../cosign/verify.ts";
import type { Person, Policy } from "../../policy/policy.ts";
import { PROOFS } from "../../policy/requirement.ts";
import { formatTime } from "../../time.ts";
import type { Ask, Case } from "../gather/case.ts";
import type { Relations } from "../relate/relations.ts";
import { isWholeBranch } from "../relate/signed-claim.ts";
import { type Violation, violation } from "../violation.ts";
import { type AssessedClaim, type ClaimProof, findBar } from "./assess.ts";
import type { CountedCosigner, JudgedRequirement } from "./verdict.ts";

/** Whether the co-signs of a commit meet what is asked. */
export interface CosignCount {
  readonly met: boolean;
  /** The people who count, once each, by the address they signed with. */
  readonly people: readonly CountedCosigner[];
  /** What keeps each of the other claims from counting. */
  readonly refusals: ReadonlyMap<VerifiedClaim, Violation>;
}

/** What counting depends on apart from the co-signs. */
export interface Counting {
  readonly policy: Policy;
  readonly of: Case;
  readonly relations: Relations;
  /** Seconds since 1970: of the case, or of one of its claims. */
  readonly now: (claim?: VerifiedClaim) => number;
}

/** An ask and what the co-signs come to. */
export interface Counted {
  readonly ask: Ask;
  readonly tally: CosignCount;
}

/** The same as a verdict has it. */
export function requirementOf({ ask: { requirement, rules }, tally }: Counted): JudgedRequirement {
  return { requirement, rules, met: tally.met, by: tally.people };
}

/** Counts people, not lines, addresses or keys. */
export function countCosigns(ask: Ask, claims: readonly AssessedClaim[], counting: Counting): CosignCount {
  const { requirement, rules } = ask;
  const { commit } = counting.of.summary;
  const people = new Map<Person, CountedCosigner>();
  const refusals = new Map<VerifiedClaim, Violation>();
  for (const assessed of claims) {
    const { email, where, person, bearer, reapplied } = assessed.claim;
    const found = findServing(ask, assessed, counting);
    if ("code" in found) refusals.set(assessed.claim, violation(found.code, found.data, { commit, rules }));
    else if (person && !people.has(person)) {
      const forge = reviewOf(found.signature)?.forge;
      const signed = found.signature?.approval?.signed;
      people.set(person, {
        email,
        proof: found.proof,
        ...(found.signature && { time: found.signature.time }),
        where,
        ...(signed && { signed }),
        ...(reapplied && { reapplied }),
        ...(bearer === commit ? {} : { merge: bearer }),
        ...(forge && { review: { forge, name: person.name } }),
      });
    }
  }
  return { met: people.size >= requirement.count, people: [...people.values()], refusals };
}

/** The proof by which a co-sign serves a requirement, or why none does. */
function findServing(ask: Ask, { claim, proofs, defect }: AssessedClaim, counting: Counting): ClaimProof | Defect {
  const { email, where, person } = claim;
  const { requirement: needs } = ask;
  const unknown: Defect = { code: "COSIGN_UNKNOWN_SIGNER", data: { email, ...spotOf(where) } };
  if (!person) return unknown;
  // Who made a whole branch, its block says: the commit that a forge squashes it into names anyone who touched it.
  const whole = proofs.some(({ signature }) => signature?.approval && isWholeBranch(signature.approval));
  const bar = findBar(counting.policy, needs, person, whole ? NOBODY : counting.of.authors);
  if (bar?.reason === "self") return { code: "COSIGN_SELF", data: { email, role: bar.role } };
  if (bar) return { code: "COSIGN_LEVEL", data: { email, level: bar.level, needs } };
  if (defect) return defect;
  // One that serves is enough; otherwise the best one says what is missing.
  let first: Defect | undefined;
  for (const proof of proofs) {
    const found = findWant(ask, claim, proof, counting);
    if (found === undefined) return proof;
    first ??= found;
  }
  return first ?? unknown;
}

/** What a proof lacks for a requirement. */
function findWant(
  { requirement: needs, selfFrom }: Ask,
  claim: VerifiedClaim,
  { proof, signature }: ClaimProof,
  { policy, of, relations, now: timeOf }: Counting,
): Defect | undefined {
  const { email, where, person, bearer, reapplied } = claim;
  if (PROOFS.indexOf(proof) < PROOFS.indexOf(needs.proof)) {
    return { code: WEAK[proof], data: { email, ...spotOf(where), needs } };
  }
  if (!signature) return undefined;
  const { time, approval } = signature;
  const authors = [approval?.authors ?? NOBODY, bearer === of.summary.commit ? NOBODY : of.authors];
  const maySelf =
    needs.self && (selfFrom === undefined || !approval || leastRank(policy, approval.authors) >= selfFrom);
  const role = maySelf || !person ? undefined : authors.map((all) => roleOf(person, all)).find((part) => part);
  if (role !== undefined) return { code: "COSIGN_SELF", data: { email, role } };
  const now = timeOf(claim);
  const ahead = time > now + CLOCK_SKEW;
  if (ahead || time < now - needs.maxAge) {
    return { code: "COSIGN_STALE", data: { email, time: formatTime(time), ahead } };
  }
  if (reapplied && needs.reapply === "never") {
    const reason = `${reapplied.map(decodeText).join(", ")} moved on, and the policy accepts only the exact change that was approved`;
    return { code: "COSIGN_MISMATCH", data: { email, ...spotOf(where), reason } };
  }
  return relations.defectOf(signature);
}

/** What is said of a proof that is weaker than what is asked for. */
const WEAK = {
  declared: "COSIGN_DECLARED_ONLY",
  reviewed: "COSIGN_REVIEWED_ONLY",
  signed: "COSIGN_NO_TOUCH",
  hardware: "COSIGN_NO_TOUCH",
} as const;

/** How far a signer's clock may be ahead, in seconds. */
const CLOCK_SKEW = 5 * 60;
