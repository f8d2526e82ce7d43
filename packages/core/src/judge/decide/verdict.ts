import type { ClaimPlace } from "../../cosign/claim-place.ts";
import type { Emergency } from "../../cosign/emergency.ts";
import type { Signed } from "../../cosign/verify.ts";
import type { AblePeople } from "../../messages/phrases.ts";
import type { ObjectId } from "../../object/oid.ts";
import type { Forge } from "../../policy/accounts.ts";
import type { AppliedRequirement } from "../../policy/apply-rules.ts";
import type { Proof } from "../../policy/requirement.ts";
import type { Dispute } from "../../provenance/dispute.ts";
import type { CommitSummary } from "../gather/case.ts";
import type { Violation } from "../violation.ts";

/** Someone whose co-sign counts, and how it is proven. */
export interface Cosigner {
  readonly email: string;
  readonly proof: Proof;
  /** When it was signed, in seconds since 1970; absent if it is declared alone. */
  readonly time?: number;
  /** The merge that was co-signed in place of the commit itself. */
  readonly merge?: ObjectId;
  /** Only for an approval: the forge that reported it, and the person's name. */
  readonly review?: { readonly forge: Forge; readonly name: string };
}

/** The same with what it stands on, for anyone who wants to check it. */
export interface CountedCosigner extends Cosigner {
  readonly where: ClaimPlace;
  /** What they signed; absent if it is declared alone. */
  readonly signed?: Signed;
  /** The paths at which the approved change was applied to a file that had moved on; absent if it is exactly what lands. */
  readonly reapplied?: readonly Uint8Array[];
}

/** What a commit needed, and who has given it. */
export interface JudgedRequirement extends AppliedRequirement {
  readonly met: boolean;
  /** The people who count. */
  readonly by: readonly CountedCosigner[];
}

/** One co-sign of a commit, and whether it served every requirement. */
export interface JudgedCosign {
  readonly email: string;
  readonly proof: Proof;
  readonly where: ClaimPlace;
  /** Only for an approval: by which review on which forge. */
  readonly review?: { readonly forge: Forge; readonly id: string };
  /** The paths at which the approved change was applied to a file that had moved on; absent if it is exactly what lands. */
  readonly reapplied?: readonly Uint8Array[];
  /** Whether it lets the commit land in an emergency. Then it counts for nothing else. */
  readonly emergency?: true;
  /** The first thing that keeps it from counting; absent if it counts. */
  readonly refused?: Violation;
}

/** A dispute, and whether someone who may has proven it. */
export interface JudgedDispute extends Dispute {
  /**
   * What proves it; where it is met, the commit needs nothing else for being assisted, and it is the first of the commit's
   * requirements.
   */
  readonly requirement: JudgedRequirement;
}

/** An emergency, and whether someone who may has signed it. */
export interface JudgedEmergency extends Emergency {
  /** What lets the commit land in place of what it needs. */
  readonly requirement: JudgedRequirement;
  /** Where that is met: the review that is due. */
  readonly review?: DueReview;
}

/** What a commit still needs that landed without it. */
export interface DueReview {
  /** In seconds since 1970. */
  readonly until: number;
  readonly requirements: readonly JudgedRequirement[];
  /** Who could give it. */
  readonly able: AblePeople;
}

/** The verdict on one commit. */
export interface CommitVerdict extends CommitSummary {
  readonly requirements: readonly JudgedRequirement[];
  readonly cosigns: readonly JudgedCosign[];
  /** Its own word that its marks of AI are wrong; absent if the policy takes nobody's. */
  readonly dispute?: JudgedDispute;
  /** Its own word that it cannot wait for what it needs; absent if that is there, or the policy takes nobody's. */
  readonly emergency?: JudgedEmergency;
  readonly violations: readonly Violation[];
}
