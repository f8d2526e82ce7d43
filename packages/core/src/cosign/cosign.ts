import type { SshSignature } from "../ssh/ssh-signature.ts";

/** The trailer by which a person co-signs. */
export const COSIGN_KEY = "Co-signed-by";

/** The trailer that proves it: `address time base64`. */
export const SIGNATURE_KEY = "Co-signature";

/** A signature as a trailer holds it, well-formed but not verified. */
export interface CoSignature {
  /** In UTC to the second, as signed. */
  readonly time: string;
  readonly signature: SshSignature;
  readonly line: number;
}

/** A well-formed co-sign in the trailer block. Whether it counts is for the policy to say. */
export interface CosignClaim {
  readonly name: string;
  /** In ASCII lower case. */
  readonly email: string;
  /** The line of the message, counted from 1. */
  readonly line: number;
  /** Those of the same address. Without any the co-sign is a claim alone: declared, not proven. */
  readonly signatures: readonly CoSignature[];
}

/** Something meant as a co-sign that is none. */
export interface RefusedClaim {
  /** `COSIGN_INVALID`: a trailer that cannot be read. `COSIGN_MISPLACED`: no such trailer to git. */
  readonly code: "COSIGN_INVALID" | "COSIGN_MISPLACED";
  readonly line: number;
  readonly problem: string;
}

export interface Cosigns {
  readonly claims: readonly CosignClaim[];
  readonly refused: readonly RefusedClaim[];
}
