import type { Proof } from "../policy/policy.ts";

/** The trailer by which a person co-signs. */
export const COSIGN_KEY = "Co-signed-by";

/** A well-formed co-sign in the trailer block. Whether it counts is for the policy to say. */
export interface CosignClaim {
  readonly name: string;
  /** In ASCII lower case. */
  readonly email: string;
  readonly proof: Proof;
  /** The line of the message, counted from 1. */
  readonly line: number;
}

/** Something meant as a co-sign that is none. */
export interface RefusedClaim {
  /** `COSIGN_INVALID`: a trailer whose value is no person. `COSIGN_MISPLACED`: no such trailer to git. */
  readonly code: "COSIGN_INVALID" | "COSIGN_MISPLACED";
  readonly line: number;
  readonly problem: string;
}

export interface Cosigns {
  readonly claims: readonly CosignClaim[];
  readonly refused: readonly RefusedClaim[];
}
