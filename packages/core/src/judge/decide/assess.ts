import { roleOf, type WorkOf } from "../../cosign/authors.ts";
import { type Defect, reviewOf, type VerifiedClaim, type VerifiedSignature } from "../../cosign/verify.ts";
import type { Person, PersonKey, Policy } from "../../policy/policy.ts";
import { PROOFS, type Proof, type Requirement } from "../../policy/requirement.ts";
import { keyState } from "../../policy/roster.ts";
import type { AuthorAddresses, AuthorRole } from "../../provenance/authors.ts";
import { fingerprint } from "../../ssh/fingerprint.ts";

/** One way in which a co-sign is proven: by a line alone, or by a signature that verifies. */
export interface ClaimProof {
  readonly proof: Proof;
  /** Absent if it is declared alone. */
  readonly signature?: VerifiedSignature;
}

/** A claim as it stands at a certain time, whatever is required. */
export interface AssessedClaim {
  readonly claim: VerifiedClaim;
  /** Best first. Empty if there is a defect. */
  readonly proofs: readonly ClaimProof[];
  readonly defect?: Defect;
}

/**
 * Looks at the keys of a claim at a time, in seconds since 1970. Each signature that verifies by a valid key may serve; a
 * claim whose signatures all fail counts for nothing, even where a typed line would do: something was signed, and it is
 * not this.
 */
export function assessClaim(policy: Policy, claim: VerifiedClaim, now: number): AssessedClaim {
  const { email, signatures } = claim;
  if (signatures.length === 0) return { claim, proofs: [{ proof: "declared" }] };
  const proofs: ClaimProof[] = [];
  const defects: Defect[] = [];
  for (const { key, result } of signatures) {
    const witness = "code" in result ? undefined : reviewOf(result)?.witness;
    const found = (key && findKeyDefect(policy, { email, witness, key }, now)) ?? result;
    if ("code" in found) defects.push(found);
    else proofs.push({ proof: found.proof, signature: found });
  }
  proofs.sort((a, b) => PROOFS.indexOf(b.proof) - PROOFS.indexOf(a.proof));
  const [defect] = defects;
  return proofs.length === 0 && defect ? { claim, proofs, defect } : { claim, proofs };
}

/** A key that made a signature, and whose it is. */
interface UsedKey {
  readonly email: string;
  readonly witness: string | undefined;
  readonly key: PersonKey;
}

/** What keeps signatures by a roster's key from counting: a commit can be dated as one likes, so its own dates do not. */
function findKeyDefect(policy: Policy, { email, witness, key }: UsedKey, now: number): Defect | undefined {
  const state = keyState(policy, key, now);
  if (state === "valid") return undefined;
  const data = { email, fingerprint: fingerprint(key), ...(witness !== undefined && { witness }) };
  if (state === "revoked") return { code: "COSIGN_KEY_REVOKED", data };
  return { code: "COSIGN_KEY_EXPIRED", data: { ...data, early: state === "not valid yet" } };
}

/** Why a person's co-sign cannot meet a requirement, however it is proven. */
export type Bar =
  | { readonly reason: "self"; readonly role: AuthorRole }
  | { readonly reason: "level"; readonly level: string };

/** What bars a person from meeting a requirement on a commit with these authors; undefined if nothing does. */
export function findBar(policy: Policy, needs: Requirement, person: Person, authors: AuthorAddresses): Bar | undefined {
  const role = roleOf(person, authors);
  if (role !== undefined && !needs.self) return { reason: "self", role };
  return rank(policy, person.level) < rank(policy, needs.level) ? { reason: "level", level: person.level } : undefined;
}

/** The same before anyone has signed: a signature has to name whose work it is, and a typed line does not. */
export function foreseeBar(policy: Policy, needs: Requirement, person: Person, work: WorkOf): Bar | undefined {
  return findBar(policy, needs, person, needs.proof === "declared" ? work.authors : work.makers);
}

/** A level that is not in the policy is below every other; the parser lets none through. */
function rank(policy: Policy, level: string): number {
  return policy.levels.get(level) ?? -1;
}
