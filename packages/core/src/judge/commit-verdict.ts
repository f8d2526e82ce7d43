import { decodeStrictly, decodeText } from "../bytes.ts";
import type { Proven } from "../cosign/prove.ts";
import type { Change } from "../object/change.ts";
import type { Commit } from "../object/commit.ts";
import type { ObjectId } from "../object/oid.ts";
import type { AppliedRequirement } from "../policy/apply-rules.ts";
import type { Proof } from "../policy/requirement.ts";
import type { Provenance } from "../provenance/provenance.ts";
import type { Cosigner } from "./count-cosigns.ts";
import type { JudgedDispute } from "./judge-dispute.ts";
import { subjectBytes } from "./subject-line.ts";
import type { Violation } from "./violation.ts";

/** A commit and all that is to be known to judge it. */
export interface CommitSubject {
  readonly commit: Commit;
  readonly provenance: Provenance;
  /** All changes of a commit that is assisted or touches the policy; none of another one. */
  readonly changes: readonly Change[];
  /** Those among them by which the commit itself changes the policy. */
  readonly policyChanges: readonly Change[];
  /** Whether it is a merge that brings nothing of its own, asked where everything else must be disclosed. */
  readonly plainMerge?: boolean;
}

/** One co-sign of a commit, and whether it served every requirement. */
export interface JudgedCosign {
  readonly email: string;
  readonly proof: Proof;
  readonly line: number;
  /** The code of the first thing that keeps it from counting; absent where it counts. */
  readonly refused?: Violation["code"];
}

export interface JudgedRequirement extends AppliedRequirement {
  readonly met: boolean;
  /** The people who count. */
  readonly by: readonly Cosigner[];
}

/** The verdict over one commit. */
export interface CommitVerdict {
  readonly commit: ObjectId;
  readonly subject: string;
  /** The subject's bytes, where they are not UTF-8. */
  readonly rawSubject?: Uint8Array;
  /** The first path that the commit changes and leaves there, where its changes were read. */
  readonly path?: Uint8Array;
  readonly provenance: Provenance;
  readonly requirements: readonly JudgedRequirement[];
  readonly cosigns: readonly JudgedCosign[];
  /** The signatures that verify, whether or not they count. */
  readonly signatures: readonly VerifiedSignature[];
  /** Its own word that its marks of AI are wrong; absent where the policy takes nobody's. */
  readonly dispute?: JudgedDispute;
  readonly violations: readonly Violation[];
}

/** A signature that verifies, by which it can be found again. */
export interface VerifiedSignature extends Proven {
  readonly email: string;
}

/** The verdict over a commit of which nothing is asked, or whose co-signs are not read. */
export function verdictWithoutCosigns(
  { commit, provenance, changes }: CommitSubject,
  violations: readonly Violation[],
): CommitVerdict {
  const bytes = subjectBytes(commit);
  const change = changes.find(({ status }) => status !== "D") ?? changes[0];
  return {
    commit: commit.oid,
    subject: decodeText(bytes),
    ...(decodeStrictly(bytes) === undefined ? { rawSubject: bytes } : {}),
    ...(change ? { path: change.path } : {}),
    provenance,
    requirements: [],
    cosigns: [],
    signatures: [],
    violations,
  };
}
