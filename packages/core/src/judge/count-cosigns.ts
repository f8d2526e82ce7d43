import { asciiLowerCase, decodeText } from "../bytes.ts";
import type { CosignClaim } from "../cosign/cosign.ts";
import type { Evidenced, Flaw, JudgedClaim } from "../cosign/prove.ts";
import type { Commit } from "../object/commit.ts";
import { parseIdentity } from "../object/identity.ts";
import type { ObjectId } from "../object/oid.ts";
import type { AppliedRequirement } from "../policy/apply-rules.ts";
import type { Person, Policy } from "../policy/policy.ts";
import { PROOFS, type Proof, type Requirement } from "../policy/requirement.ts";
import { formatTime } from "../time.ts";
import { hasKey, parseTrailers } from "../trailer/parse.ts";
import { type Violation, violation } from "./violation.ts";

/** Whose own work a commit is: addresses in ASCII lower case, each with the part its owner had. */
export type Makers = ReadonlyMap<string, string>;

/**
 * The author and everybody whom a `Co-authored-by` line names, wherever it stands: merge scripts split the trailer block,
 * and nobody gets to co-sign own work because of that. A committer may be anyone who applied the change.
 */
export function findMakers(commit: Commit): Makers {
  const makers = new Map<string, string>();
  const trailers = parseTrailers(commit.message).filter((trailer) => hasKey(trailer, "Co-authored-by"));
  const lines = decodeText(commit.message)
    .split("\n")
    .map((line) => CO_AUTHOR.exec(line)?.[1]);
  for (const text of [...trailers.map(({ value }) => decodeText(value)), ...lines]) {
    const email = text === undefined ? "" : parseIdentity(text).email;
    if (email !== "") makers.set(asciiLowerCase(email), "co-author");
  }
  if (commit.author.email !== "") makers.set(asciiLowerCase(commit.author.email), "author");
  return makers;
}

const CO_AUTHOR = /^[ \t>*-]*co-authored-by[ \t]*:(.*)/i;

/** Whether the co-signs of a commit meet one requirement, and what keeps each of the others from counting. */
export interface Tally {
  readonly met: boolean;
  /** The people who count, once each, by the address they signed with. */
  readonly people: readonly Cosigner[];
  /** What keeps each of the other claims from counting. */
  readonly refusals: ReadonlyMap<JudgedClaim, Violation>;
}

/** Somebody whose co-sign counts, and how it is proven. */
export interface Cosigner {
  readonly email: string;
  readonly proof: Proof;
  /** The merge that was co-signed in place of the commit itself. */
  readonly merge?: ObjectId;
}

/** What counting depends on besides the co-signs. */
export interface Counting {
  readonly commit: ObjectId;
  readonly makers: Makers;
  /** Seconds since 1970. */
  readonly now: number;
  /** The commits of the branch that bear a signature, by its id. */
  readonly bearers: ReadonlyMap<string, readonly ObjectId[]>;
}

/** Counts people, not lines, addresses or keys. */
export function countCosigns(
  policy: Policy,
  { requirement, rules }: AppliedRequirement,
  claims: readonly JudgedClaim[],
  counting: Counting,
): Tally {
  const people = new Map<Person, Cosigner>();
  const refusals = new Map<JudgedClaim, Violation>();
  for (const judged of claims) {
    const { commit, claim, person } = judged;
    const found = weighClaim(policy, requirement, judged, counting);
    if ("code" in found) refusals.set(judged, violation(found.code, found.data, { commit: counting.commit, rules }));
    else if (person && !people.has(person)) {
      const merge = commit === counting.commit ? {} : { merge: commit };
      people.set(person, { email: claim.email, proof: found.proof, ...merge });
    }
  }
  return { met: people.size >= requirement.count, people: [...people.values()], refusals };
}

/** How a co-sign serves the requirement, or why it does not. */
function weighClaim(
  policy: Policy,
  needs: Requirement,
  { commit, claim, person, proofs, flaw }: JudgedClaim,
  { makers, now, bearers }: Counting,
): Flaw | Evidenced {
  const { email, line } = claim;
  const unknown: Flaw = { code: "COSIGN_UNKNOWN_SIGNER", data: { email, line } };
  if (!person) return unknown;
  const role = person.emails.map((address) => makers.get(address)).find((part) => part !== undefined);
  if (role !== undefined && !needs.self) return { code: "COSIGN_SELF", data: { email, role } };
  if (rank(policy, person.level) < rank(policy, needs.level)) {
    return { code: "COSIGN_LEVEL", data: { email, level: person.level, needs } };
  }
  if (flaw) return flaw;
  // One that serves is enough; otherwise the best one tells what is missing.
  let first: Flaw | undefined;
  for (const proof of proofs) {
    const other = bearers.get(proof.proven?.id ?? "")?.find((oid) => oid !== commit);
    const found = weigh(needs, claim, proof, now, other);
    if (found === undefined) return proof;
    first ??= found;
  }
  return first ?? unknown;
}

function weigh(
  needs: Requirement,
  { email, line }: CosignClaim,
  { proof, proven }: Evidenced,
  now: number,
  other: ObjectId | undefined,
): Flaw | undefined {
  if (PROOFS.indexOf(proof) < PROOFS.indexOf(needs.proof)) {
    const code = proof === "declared" ? "COSIGN_DECLARED_ONLY" : "COSIGN_NO_TOUCH";
    return { code, data: { email, line, needs } };
  }
  if (!proven) return undefined;
  const ahead = proven.time > now + CLOCK_SKEW;
  if (ahead || proven.time < now - needs.maxAge) {
    return { code: "COSIGN_STALE", data: { email, time: formatTime(proven.time), ahead } };
  }
  return other === undefined ? undefined : { code: "COSIGN_SPENT", data: { email, other } };
}

/** How far a signer's clock may be ahead, in seconds. */
const CLOCK_SKEW = 5 * 60;

/** A level that is not in the policy is below every other; the parser lets none through. */
function rank(policy: Policy, level: string): number {
  return policy.levels.get(level) ?? -1;
}
