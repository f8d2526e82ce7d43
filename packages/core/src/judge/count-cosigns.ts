import { asciiLowerCase, decodeText } from "../bytes.ts";
import type { CosignClaim } from "../cosign/cosign.ts";
import type { Commit } from "../object/commit.ts";
import { parseIdentity } from "../object/identity.ts";
import { findPersonByEmail, type Person, type Policy, PROOFS, type Requirement } from "../policy/policy.ts";
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
  /** The people who count, once each. */
  readonly people: readonly Person[];
  /** By the claim's line. */
  readonly refusals: ReadonlyMap<number, Violation>;
}

/** Counts people, not lines, addresses or keys. */
export function countCosigns(
  policy: Policy,
  shaped: ShapedRequirement,
  claims: readonly CosignClaim[],
  makers: Makers,
  commit: Commit,
): Tally {
  const people = new Set<Person>();
  const refusals = new Map<number, Violation>();
  const place = { commit: commit.oid, rules: shaped.rules };
  for (const claim of claims) {
    const refusal = refuse(policy, shaped.requirement, claim, makers, place);
    const person = findPersonByEmail(policy, claim.email);
    if (refusal) refusals.set(claim.line, refusal);
    else if (person) people.add(person);
  }
  return { met: people.size >= shaped.requirement.count, people: [...people], refusals };
}

function refuse(
  policy: Policy,
  needs: Requirement,
  { email, line, proof }: CosignClaim,
  makers: Makers,
  place: { readonly commit: Commit["oid"]; readonly rules: readonly string[] },
): Violation | undefined {
  const person = findPersonByEmail(policy, email);
  if (!person) return violation("COSIGN_UNKNOWN_SIGNER", { email, line }, place);
  const role = person.emails.map((address) => makers.get(address)).find((part) => part !== undefined);
  if (role !== undefined && !needs.self) return violation("COSIGN_SELF", { email, role }, place);
  if (rank(policy, person.level) < rank(policy, needs.level)) {
    return violation("COSIGN_LEVEL", { email, level: person.level, needs }, place);
  }
  if (PROOFS.indexOf(proof) < PROOFS.indexOf(needs.proof)) {
    return violation("COSIGN_DECLARED_ONLY", { email, line, needs }, place);
  }
  return undefined;
}

/** A level that is not in the policy is below every other; the parser lets none through. */
function rank(policy: Policy, level: string): number {
  return policy.levels.get(level) ?? -1;
}
