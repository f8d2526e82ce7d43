import type { WorkOf } from "../../cosign/authors.ts";
import type { RefusedClaim } from "../../cosign/claim.ts";
import type { Emergency } from "../../cosign/emergency.ts";
import type { VerifiedClaim } from "../../cosign/verify.ts";
import type { CountersignError } from "../../error.ts";
import type { IdleEmergency } from "../../messages/cosign.ts";
import type { ObjectId } from "../../object/oid.ts";
import type { AppliedRequirement } from "../../policy/apply-rules.ts";
import type { Dispute } from "../../provenance/dispute.ts";
import type { Provenance } from "../../provenance/provenance.ts";
import type { Mismatch } from "../records/mismatches.ts";
import type { Violation } from "../violation.ts";

/** What reports show of a commit. */
export interface CommitSummary {
  readonly commit: ObjectId;
  readonly subject: string;
  /** The subject's bytes, where they are not UTF-8. */
  readonly rawSubject?: Uint8Array;
  /** The first path that the commit itself changes and leaves there, where its changes were read. */
  readonly path?: Uint8Array;
  /** A merge that does nothing itself, so that it needs nothing, whatever its message says. */
  readonly mechanical?: true;
  readonly provenance: Provenance;
}

/** A requirement that the policy makes of a commit, and what for. */
export type Ask = AppliedRequirement &
  (
    | { readonly why: "assisted" | "dispute" | "emergency" }
    /** Which of the policy's files the commit changes, and whether it leaves none of them. */
    | { readonly why: "policy change"; readonly paths: readonly string[]; readonly removal: boolean }
  );

/** What an emergency changes. */
export type EmergencyEffect =
  /** For each of the asks that it can take the place of, what is asked then. */
  | { readonly instead: ReadonlyMap<Ask, Ask> }
  /** Nothing. */
  | { readonly idle: IdleEmergency };

/**
 * One commit: all that it needs, and all in it that speaks for it. If nothing is asked, it has no authors here. Nothing
 * here depends on another commit or on the clock.
 */
export interface Case extends WorkOf {
  readonly summary: CommitSummary;
  readonly asks: readonly Ask[];
  /** The commit's own word that no AI took part. Where that is proven, neither `assisted` asks nor denials stand. */
  readonly dispute?: Dispute & { readonly ask: Ask };
  /** The commit's own word that it cannot wait for its review; absent if it needs nothing. */
  readonly emergency?: Emergency & EmergencyEffect;
  /** Rules that refuse assisted work. */
  readonly denials: readonly Violation[];
  /** What else is wrong with it that no co-sign can mend. */
  readonly breaches: readonly Violation[];
  readonly claims: readonly VerifiedClaim[];
  /** Co-signs of people who have given none that speaks for it, for something similar. */
  readonly mismatches: readonly Mismatch[];
  /** What keeps the commit from being decided on. Then it needs nothing. */
  readonly doubt?: CountersignError;
  readonly refused: readonly RefusedClaim[];
}
