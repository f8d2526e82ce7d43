import { asciiLowerCase } from "../bytes.ts";
import type { ViolationCode, ViolationData } from "../messages/violations.ts";
import type { Change } from "../object/change.ts";
import type { ObjectId } from "../object/oid.ts";
import type { Person, PersonKey, Policy } from "../policy/policy.ts";
import type { Proof } from "../policy/requirement.ts";
import { findPersonByEmail } from "../policy/roster.ts";
import type { AuthorAddresses } from "../provenance/authors.ts";
import { fingerprint } from "../ssh/fingerprint.ts";
import { verifySignature } from "../ssh/verify-signature.ts";
import { withSigned } from "./authors.ts";
import type { Claim, CoSignature } from "./claim.ts";
import { type ClaimPlace, spotOf } from "./claim-place.ts";
import { digestOf } from "./digest.ts";
import { findDifference } from "./find-difference.ts";
import {
  type Block,
  findLinesDefect,
  formatLines,
  NAMESPACE,
  type ReviewedOnForge,
  type SignedLines,
} from "./lines.ts";
import { possibleLines, type SignedWork } from "./work.ts";

/** What a signature approves. */
export interface Approval {
  /** Where the branch stood for the signer; undefined if it did not exist. */
  readonly base: ObjectId | undefined;
  readonly block: Block;
  /** The change of the block, path by path, in git's order. */
  readonly changes: readonly Change[];
  /** All whose work it is, agents included. */
  readonly authors: AuthorAddresses;
  readonly signed: Signed;
}

/** What was signed, and by what. */
export interface Signed {
  /** All that the signature is over. */
  readonly lines: SignedLines;
  /** Which of its blocks this is, counted from 1. */
  readonly block: number;
  /** Without armor; undefined if a forge reports an approval that nobody has signed yet. */
  readonly signature: Uint8Array | undefined;
}

/** A signature that verifies, by a key that the roster lists for its signer. */
export interface VerifiedSignature {
  /** SHA-256, in hex, of the signed lines. */
  readonly id: string;
  /** When it was made, in seconds since 1970. */
  readonly time: number;
  readonly proof: Exclude<Proof, "declared">;
  /** Why it lets the commit land in an emergency. Then it counts for nothing else. */
  readonly emergency?: string;
  /** Absent if a policy's test takes it as given. */
  readonly approval?: Approval;
}

/** The review on a forge that it stands for; undefined if a person signed. */
export function reviewOf(signature: VerifiedSignature | undefined): ReviewedOnForge | undefined {
  return signature?.approval?.signed.lines.head.reviewed;
}

/** Something that keeps a co-sign from counting, whatever is asked for. */
export type Defect = {
  readonly [Code in ViolationCode]: { readonly code: Code; readonly data: ViolationData<Code> };
}[ViolationCode];

/** What became of one signature. Whether its key is valid depends on the time, and is not looked at. */
export interface CheckedSignature {
  /** The roster's key of the signer that made it; undefined if it lists none like it. */
  readonly key: PersonKey | undefined;
  /** The signature itself, by which a copy of it is known. */
  readonly value?: Uint8Array;
  readonly result: VerifiedSignature | Defect;
}

/** A claim, whose it is, and what its signatures are worth at any time. */
export interface VerifiedClaim {
  /** The commit that it stands in. */
  readonly bearer: ObjectId;
  readonly email: string;
  readonly where: ClaimPlace;
  /** Undefined if the roster has nobody of that address. */
  readonly person: Person | undefined;
  /** In the order of the carrier. Without any the co-sign is declared alone. */
  readonly signatures: readonly CheckedSignature[];
  /** The paths at which the approved change was applied to a file that had moved on; absent if it is exactly what lands. */
  readonly reapplied?: readonly Uint8Array[];
}

/** Verifies the signatures of a claim over a commit's work. `authors`: those that the commit itself names. */
export function verifyClaim(
  policy: Policy,
  claim: Claim,
  bearer: ObjectId,
  work: SignedWork,
  authors: AuthorAddresses,
): VerifiedClaim {
  const { email, where } = claim;
  const person = findPersonByEmail(policy, email);
  const check = (signed: CoSignature): CheckedSignature[] =>
    person ? [checkSignature({ policy, person, claim, signed, work, authors })] : [];
  return { bearer, email, where, person, signatures: claim.signatures.flatMap(check) };
}

interface Question {
  readonly policy: Policy;
  readonly person: Person;
  readonly claim: Claim;
  readonly signed: CoSignature;
  readonly work: SignedWork;
  readonly authors: AuthorAddresses;
}

function checkSignature(question: Question): CheckedSignature {
  const { policy, person, claim, signed, work, authors } = question;
  const { email, where } = claim;
  const { signature } = signed;
  const key = person.keys.find(({ text }) => text === signature.key.text);
  if (!key) {
    const data = { email, fingerprint: fingerprint(signature.key) };
    return { key, result: { code: "COSIGN_KEY_UNKNOWN", data } };
  }
  const mismatch = (reason: string): CheckedSignature => ({
    key,
    value: signature.value,
    result: { code: "COSIGN_MISMATCH", data: { email, ...spotOf(where), reason } },
  });
  const possible = possibleLines(work, { ...signed, cosigner: email });
  const defect = findLinesDefect(possible[0]);
  if (defect !== undefined) return mismatch(defect);
  let flaw = "";
  for (const lines of possible) {
    const bytes = formatLines(lines);
    const verified = verifySignature(signature, NAMESPACE, bytes);
    const proof = verified.valid && verified.touched ? "hardware" : "signed";
    if (verified.valid) return { key, value: signature.value, result: approved(question, { lines, bytes, proof }) };
    flaw ||= verified.flaw;
  }
  const isOver = (other: SignedLines): boolean =>
    findLinesDefect(other) === undefined && verifySignature(signature, NAMESPACE, formatLines(other)).valid;
  return mismatch(findDifference(policy, { lines: possible[0], authors, isOver }) ?? `the signature ${flaw}`);
}

/** What a signature is over that verifies. */
type Approved = Pick<VerifiedSignature, "proof"> & { readonly lines: SignedLines; readonly bytes: Uint8Array };

function approved({ signed, work, authors }: Question, { lines, bytes, proof }: Approved): VerifiedSignature {
  const emergency = lines.blocks[0]?.emergency;
  const reason = emergency === undefined ? {} : { emergency };
  const approval: Approval = {
    base: signed.base,
    block: { ...work.block, authors: signed.authors, ...reason },
    changes: work.changes,
    authors: withSigned(authors, signed.authors.map(asciiLowerCase)),
    signed: { lines, block: 1, signature: signed.signature.blob },
  };
  return { id: digestOf(bytes), time: Date.parse(signed.time) / 1000, proof, approval, ...reason };
}
