import type { ViolationCode, ViolationData } from "../messages/codes.ts";
import type { Commit } from "../object/commit.ts";
import type { ObjectId } from "../object/oid.ts";
import type { Person, PersonKey, Policy } from "../policy/policy.ts";
import { PROOFS, type Proof } from "../policy/requirement.ts";
import { findPersonByEmail, keyState } from "../policy/roster.ts";
import { findDispute } from "../provenance/dispute.ts";
import { fingerprint } from "../ssh/fingerprint.ts";
import { verifySignature } from "../ssh/verify-signature.ts";
import type { CoSignature, CosignClaim } from "./cosign.ts";
import { findPayloadFlaw, formatPayload, NAMESPACE, type Payload } from "./payload.ts";
import { digestOf } from "./payload-digest.ts";

/** What a signature must be over, besides who signed and when. */
export interface SignedWork {
  readonly commit: Commit;
  /** `changeDigest` of all that the commit changes. */
  readonly change: string;
  /** The full name of the ref that it is to land on. */
  readonly branch: string;
  /** Seconds since 1970. */
  readonly now: number;
}

/** A signature that verifies. */
export interface Proven {
  /** Seconds since 1970. */
  readonly time: number;
  /** The same for every signature of one person's key over one payload, however its bytes were made. */
  readonly id: string;
}

/** Something that keeps a co-sign from counting, whatever is asked for. */
export type Flaw = {
  readonly [Code in ViolationCode]: { readonly code: Code; readonly data: ViolationData<Code> };
}[ViolationCode];

/** One way in which a co-sign is proven: by a line alone, or by a signature that verifies. */
export interface Evidenced {
  readonly proof: Proof;
  /** Absent where it is declared alone. */
  readonly proven?: Proven;
}

/** A claim, whose it is, and how it is proven. */
export interface JudgedClaim {
  /** The commit that bears it. */
  readonly commit: ObjectId;
  readonly claim: CosignClaim;
  readonly person: Person | undefined;
  /** Best first. Empty where there is a flaw. */
  readonly proofs: readonly Evidenced[];
  readonly flaw?: Flaw;
}

/** How it is found out what a claim is worth. */
export type Prover = (policy: Policy, claim: CosignClaim, work: SignedWork) => JudgedClaim;

/**
 * Verifies the signatures of a claim. Each that verifies may serve; a claim whose signatures all fail counts for nothing,
 * even where a typed line would do: something was signed, and it is not this.
 */
export function proveClaim(policy: Policy, claim: CosignClaim, work: SignedWork): JudgedClaim {
  const person = findPersonByEmail(policy, claim.email);
  const { email, line, signatures } = claim;
  const judged = { commit: work.commit.oid, claim, person };
  if (!person) return { ...judged, proofs: [], flaw: { code: "COSIGN_UNKNOWN_SIGNER", data: { email, line } } };
  if (signatures.length === 0) return { ...judged, proofs: [{ proof: "declared" }] };
  const proofs: Evidenced[] = [];
  const flaws: Flaw[] = [];
  for (const signature of signatures) {
    const key = person.keys.find(({ text }) => text === signature.signature.key.text);
    const signer = { email: claim.email, fingerprint: fingerprint(signature.signature.key) };
    const found = findKeyFlaw(policy, signer, key, work.now) ?? verify(policy, claim, signature, work);
    if ("code" in found) flaws.push(found);
    else proofs.push(found);
  }
  proofs.sort((a, b) => PROOFS.indexOf(b.proof) - PROOFS.indexOf(a.proof));
  const [flaw] = flaws;
  return proofs.length === 0 && flaw ? { ...judged, proofs, flaw } : { ...judged, proofs };
}

/** What keeps a signature by this key from counting: `key` is the roster's, undefined where it lists none like it. */
export function findKeyFlaw(
  policy: Policy,
  data: { readonly email: string; readonly fingerprint: string },
  key: PersonKey | undefined,
  now: number,
): Flaw | undefined {
  if (!key) return { code: "COSIGN_KEY_UNKNOWN", data };
  // Judged by the clock of whoever judges: a commit can be dated as one likes.
  const state = keyState(policy, key, now);
  if (state === "valid") return undefined;
  if (state === "revoked") return { code: "COSIGN_KEY_REVOKED", data };
  return { code: "COSIGN_KEY_EXPIRED", data: { ...data, early: state === "not valid yet" } };
}

/** What a signature of this address and time must be over. */
function payloadOf(policy: Policy, cosigner: string, time: string, { commit, change, branch }: SignedWork): Payload {
  return {
    project: policy.project,
    branch,
    change,
    parents: commit.parents,
    author: commit.author.email,
    cosigner,
    time,
    // Else a signature that was given for AI's work would, once the message is reworded, prove that it was none.
    dispute: findDispute(policy, commit)?.reason,
  };
}

/** The `Proven.id` that a signature has where it verifies; undefined where nothing could be signed. */
export function signatureId(
  policy: Policy,
  email: string,
  { signature, time }: CoSignature,
  work: SignedWork,
): string | undefined {
  const payload = payloadOf(policy, email, time, work);
  if (findPayloadFlaw(payload) !== undefined) return undefined;
  return `${signature.key.text} ${digestOf(formatPayload(payload))}`;
}

function verify(
  policy: Policy,
  { email, line }: CosignClaim,
  { signature, time }: CoSignature,
  work: SignedWork,
): Flaw | Evidenced {
  const payload = payloadOf(policy, email, time, work);
  const mismatch = (reason: string): Flaw => ({ code: "COSIGN_MISMATCH", data: { email, line, reason } });
  const unclear = findPayloadFlaw(payload);
  if (unclear !== undefined) return mismatch(unclear);
  const bytes = formatPayload(payload);
  const verified = verifySignature(signature, NAMESPACE, bytes);
  if (!verified.valid) return mismatch(`the signature ${verified.flaw}`);
  const proven = { time: Date.parse(time) / 1000, id: `${signature.key.text} ${digestOf(bytes)}` };
  return { proof: verified.touched ? "hardware" : "signed", proven };
}
