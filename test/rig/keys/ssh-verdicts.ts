import { decodeBase64 } from "../../../packages/core/src/ssh/base64.ts";
import { readPublicKey } from "../../../packages/core/src/ssh/public-key.ts";
import { parseSshSignature } from "../../../packages/core/src/ssh/ssh-signature.ts";
import { verifySignature } from "../../../packages/core/src/ssh/verify-signature.ts";
import type { Scratch } from "../repository/scratch.ts";
import { armor, sshKeygenAccepts } from "./ssh-keys.ts";

/** A signature, and what it is to be a signature of. */
export interface Case {
  /** The line of the key that must have signed. */
  readonly line: string;
  readonly namespace: string;
  readonly message: Buffer;
  readonly blob: Uint8Array;
}

/** Our verdict: `accepted`, or what is wrong. */
export function ourVerdict({ line, namespace, message, blob }: Case): string {
  const signer = readPublicKey(line);
  if (typeof signer === "string") return `the signer's key ${signer}`;
  const signature = parseSshSignature(blob);
  if (typeof signature === "string") return signature;
  if (signature.key.text !== signer.text) return "is by another key";
  const verification = verifySignature(signature, namespace, message);
  return verification.valid ? "accepted" : verification.flaw;
}

/** Our verdict on the text of a signature. */
export function ourVerdictOnText(text: string, question: Omit<Case, "blob">): string {
  const blob = decodeBase64(text);
  return blob === undefined ? "is no base64" : ourVerdict({ ...question, blob });
}

export function sshKeygenVerdict(scratch: Scratch, { blob, ...question }: Case): "accepted" | "refused" {
  return sshKeygenAccepts(scratch, { ...question, armored: armor(blob) }) ? "accepted" : "refused";
}
