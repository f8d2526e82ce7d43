import { asciiLowerCase, decodeText } from "../bytes.ts";
import type { Evidenced, Flaw, JudgedClaim } from "../cosign/prove.ts";
import type { Commit } from "../object/commit.ts";
import { parseIdentity } from "../object/identity.ts";
import type { ObjectId } from "../object/oid.ts";
import { type Person, type Policy, PROOFS, type Proof, type Requirement } from "../policy/policy.ts";
import type { ShapedRequirement } from "../policy/requirement.ts";
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
  /** By the claim's line. */
  readonly refusals: ReadonlyMap<number, Violation>;
}

/** Somebody whose co-sign counts, and how it is proven. */
export interface Cosigner {
  readonly email: string;
  readonly proof: Proof;
}

/** What counting depends on besides the co-signs. */
export interface Counting {
  readonly commit: ObjectId;
  readonly makers: Makers;
  /** Seconds since 1970. */
  readonly now: number;
  /** The ids of signatures that were used for another commit, and for which. */
  readonly spent: ReadonlyMap<string, ObjectId>;
}

/** Counts people, not lines, addresses or keys. */
export function countCosigns(
  policy: Policy,
  { requirement, rules }: ShapedRequirement,
  claims: readonly JudgedClaim[],
  counting: Counting,
): Tally {
  const people = new Map<Person, Cosigner>();
  const refusals = new Map<number, Violation>();
  for (const claim of claims) {
    const flaw = refuse(policy, requirement, claim, counting);
    if (flaw) refusals.set(claim.claim.line, violation(flaw.code, flaw.facts, { commit: counting.commit, rules }));
    else if (claim.person && !people.has(claim.person)) {
      people.set(claim.person, { email: claim.claim.email, proof: claim.proofs[0]?.proof ?? "declared" });
    }
  }
  return { met: people.size >= requirement.count, people: [...people.values()], refusals };
}

function refuse(
  policy: Policy,
  needs: Requirement,
  { claim, person, proofs, flaw }: JudgedClaim,
  { makers, now, spent }: Counting,
): Flaw | undefined {
  const { email, line } = claim;
  if (!person) return { code: "COSIGN_UNKNOWN_SIGNER", facts: { email, line } };
  const role = person.emails.map((address) => makers.get(address)).find((part) => part !== undefined);
  if (role !== undefined && !needs.self) return { code: "COSIGN_SELF", facts: { email, role } };
  if (rank(policy, person.level) < rank(policy, needs.level)) {
    return { code: "COSIGN_LEVEL", facts: { email, level: person.level, needs } };
  }
  if (flaw) return flaw;
  // One that serves is enough; otherwise the best one tells what is missing.
  const flaws = proofs.map((proof) => weigh(needs, email, line, proof, now, spent));
  return flaws.includes(undefined) ? undefined : flaws[0];
}

function weigh(
  needs: Requirement,
  email: string,
  line: number,
  { proof, proven }: Evidenced,
  now: number,
  spent: Counting["spent"],
): Flaw | undefined {
  if (PROOFS.indexOf(proof) < PROOFS.indexOf(needs.proof)) {
    const code = proof === "declared" ? "COSIGN_DECLARED_ONLY" : "COSIGN_NO_TOUCH";
    return { code, facts: { email, line, needs } };
  }
  if (!proven) return undefined;
  const ahead = proven.time > now + CLOCK_SKEW;
  if (ahead || proven.time < now - needs.maxAge) {
    return { code: "COSIGN_STALE", facts: { email, time: formatTime(proven.time), ahead } };
  }
  const other = spent.get(proven.id);
  return other === undefined ? undefined : { code: "COSIGN_SPENT", facts: { email, other } };
}

/** How far a signer's clock may be ahead, in seconds. */
const CLOCK_SKEW = 5 * 60;

function formatTime(seconds: number): string {
  return new Date(seconds * 1000).toISOString().replace(".000Z", "Z");
}

/** A level that is not in the policy is below every other; the parser lets none through. */
function rank(policy: Policy, level: string): number {
  return policy.levels.get(level) ?? -1;
}
