import type { ObjectId } from "../object/oid.ts";
import type { SshSignature } from "../ssh/ssh-signature.ts";
import type { TrailerPlace } from "./claim-place.ts";

/** The trailer by which a person co-signs. */
export const COSIGN_KEY = "Co-signed-by";

/** The trailer that proves it: `address time base <author>… base64`. */
export const SIGNATURE_KEY = "Co-signature";

/** A signature as its carrier holds it, well-formed but not verified. */
export interface CoSignature {
  /** In UTC to the second, as signed. */
  readonly time: string;
  /** Where the branch stood for the signer; undefined if it did not exist. */
  readonly base: ObjectId | undefined;
  /** All whose work was signed, by address: a forge may write the author otherwise afterwards. */
  readonly authors: readonly string[];
  readonly signature: SshSignature;
}

/** A well-formed co-sign. Whether it counts is for the policy to say. */
export interface Claim {
  readonly name: string;
  /** In ASCII lower case. */
  readonly email: string;
  readonly where: TrailerPlace;
  /** Those of the same address. Without any the co-sign is declared, not proven. */
  readonly signatures: readonly CoSignature[];
}

/** Something that was meant as a co-sign but is not one. */
export interface RefusedClaim {
  /** `COSIGN_INVALID`: a trailer that cannot be read. `COSIGN_MISPLACED`: not a trailer to git. */
  readonly code: "COSIGN_INVALID" | "COSIGN_MISPLACED";
  readonly where: TrailerPlace;
  readonly problem: string;
}

/** The co-signs that a carrier holds for a commit. */
export interface Cosigns {
  readonly claims: readonly Claim[];
  readonly refused: readonly RefusedClaim[];
}
