import { asciiLowerCase, decodeStrictly } from "../bytes.ts";
import { decodeBase64 } from "../ssh/base64.ts";
import { parseSshSignature } from "../ssh/ssh-signature.ts";
import type { CoSignature } from "./cosign.ts";

/** A trailer's signature and the address that it is said to be of, in ASCII lower case. */
export interface AddressedSignature extends CoSignature {
  readonly email: string;
}

const TIME = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/;

/** Reads `address time base64`, unfolded: a fold leaves one blank within the base64. A text tells what is wrong. */
export function readSignature(value: Uint8Array, line: number): AddressedSignature | string {
  const [email = "", time = "", ...base64] = (decodeStrictly(value) ?? "").split(" ");
  if (!/^[!-~]+$/.test(email) || base64.length === 0) return "it must be an address, a time and a signature";
  if (!TIME.test(time) || Number.isNaN(Date.parse(time)))
    return "its time must be in UTC to the second, as 2026-11-23T10:00:00Z";
  const blob = decodeBase64(base64.join(""));
  if (!blob) return "its signature is no canonical base64";
  const signature = parseSshSignature(blob);
  if (typeof signature === "string") return `its signature ${signature}`;
  return { email: asciiLowerCase(email), time, signature, line };
}
