import { createHash, verify } from "node:crypto";
import { encodeText, joinBytes } from "../bytes.ts";
import type { SshSignature } from "./ssh-signature.ts";
import { findVerificationKey, type VerificationKey } from "./verification-key.ts";
import { wireString } from "./wire.ts";

/** What a signature proves. `flaw` is the end of a sentence that begins with the signature. */
export type Verification =
  | {
      readonly valid: true;
      /** A security key says that someone touched it. */
      readonly touched: boolean;
      /** A security key says that it knew its owner, by a PIN or a finger. */
      readonly verified: boolean;
    }
  | { readonly valid: false; readonly flaw: string };

/** Flags of a security key (PROTOCOL.u2f). ssh-keygen verifies signatures without them too. */
const USER_PRESENT = 0x01;
const USER_VERIFIED = 0x04;

/** Whether the key in the signature made it, over this message and in this namespace. */
export function verifySignature(signature: SshSignature, namespace: string, message: Uint8Array): Verification {
  if (signature.namespace !== namespace) return invalid(`is not in the namespace ${namespace}`);
  const key = findVerificationKey(signature.key);
  if (key === undefined) return invalid("is by a key that is damaged: OpenSSL cannot read it");
  if (!isByKey(signature, key, signedData(signature, message)))
    return invalid("does not verify against what had to be signed");
  const flags = signature.authenticator?.[0] ?? 0;
  return { valid: true, touched: (flags & USER_PRESENT) !== 0, verified: (flags & USER_VERIFIED) !== 0 };
}

function invalid(flaw: string): Verification {
  return { valid: false, flaw };
}

/** What the key signs in place of the message: section 3 of PROTOCOL.sshsig. */
function signedData({ namespace, hash }: SshSignature, message: Uint8Array): Uint8Array {
  const digest = createHash(hash).update(message).digest();
  return joinBytes([encodeText("SSHSIG"), wireString(namespace), wireString(""), wireString(hash), wireString(digest)]);
}

function isByKey(signature: SshSignature, { keyObject, application }: VerificationKey, data: Uint8Array): boolean {
  const { algorithm, value, authenticator } = signature;
  const signed =
    application && authenticator
      ? joinBytes([application, authenticator, createHash("sha256").update(data).digest()])
      : data;
  const hash = HASHES.get(algorithm) ?? null;
  try {
    return verify(hash, signed, { key: keyObject, dsaEncoding: "ieee-p1363" }, value);
  } catch {
    // Some keys that OpenSSL reads it refuses when they are used, such as RSA keys with a huge exponent.
    return false;
  }
}

/** Ed25519, which is not here, hashes by itself. */
const HASHES: ReadonlyMap<string, string> = new Map([
  ["ecdsa-sha2-nistp256", "sha256"],
  ["ecdsa-sha2-nistp384", "sha384"],
  ["ecdsa-sha2-nistp521", "sha512"],
  ["rsa-sha2-256", "sha256"],
  ["rsa-sha2-512", "sha512"],
  ["sk-ecdsa-sha2-nistp256@openssh.com", "sha256"],
]);
