import { createHash, createPublicKey, type KeyObject } from "node:crypto";
import { encodeBase64 } from "./base64.ts";
import { keyFields, type PublicKey } from "./public-key.ts";
import { readPositive } from "./wire.ts";

/** A key ready to verify with. */
export interface VerificationKey {
  readonly keyObject: KeyObject;
  /** SHA-256 of the application that a security key is for; undefined for other keys. */
  readonly application: Uint8Array | undefined;
}

/** Reading a key takes longer than verifying with it, and a history is signed by few. */
const known = new Map<string, VerificationKey | undefined>();
const MOST = 256;

/** Undefined if the key's data is not a key to OpenSSL, such as a point beside its curve. */
export function findVerificationKey(key: PublicKey): VerificationKey | undefined {
  if (known.has(key.text)) return known.get(key.text);
  if (known.size >= MOST) known.clear();
  const found = buildVerificationKey(key);
  known.set(key.text, found);
  return found;
}

function buildVerificationKey(key: PublicKey): VerificationKey | undefined {
  const application = key.type.startsWith("sk-") ? keyFields(key).at(-1) : undefined;
  try {
    return {
      keyObject: createPublicKey({ key: toJwk(key), format: "jwk" }),
      application: application && createHash("sha256").update(application).digest(),
    };
  } catch {
    return undefined;
  }
}

const CURVES: Readonly<Record<string, string>> = { nistp256: "P-256", nistp384: "P-384", nistp521: "P-521" };

function toJwk(key: PublicKey): Readonly<Record<string, string>> {
  const [first, second] = keyFields(key) as [Uint8Array, Uint8Array];
  if (key.type === "ssh-rsa") return { kty: "RSA", e: magnitude(first), n: magnitude(second) };
  const curve = CURVES[/nistp\d+/.exec(key.type)?.[0] ?? ""];
  if (curve === undefined) return { kty: "OKP", crv: "Ed25519", x: base64url(first) };
  const length = (second.length - 1) / 2;
  return {
    kty: "EC",
    crv: curve,
    x: base64url(second.subarray(1, 1 + length)),
    y: base64url(second.subarray(1 + length)),
  };
}

function magnitude(mpint: Uint8Array): string {
  return base64url(readPositive(mpint) as Uint8Array);
}

function base64url(bytes: Uint8Array): string {
  return encodeBase64(bytes).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
}
