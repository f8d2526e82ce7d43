import { decodeStrictly, decodeText, joinBytes, startsWithAscii } from "../bytes.ts";
import { keyFields, type PublicKey, readKeyBlob } from "./public-key.ts";
import { readPositive, WireReader } from "./wire.ts";

/** An OpenSSH signature over a message (PROTOCOL.sshsig), taken apart and found well-formed. Nothing is verified yet. */
export interface SshSignature {
  /** Anyone who signed has this key, if the signature verifies. Whose it is, the policy says. */
  readonly key: PublicKey;
  readonly namespace: string;
  /** By which the message goes into what is signed. */
  readonly hash: "sha256" | "sha512";
  readonly algorithm: string;
  /** The bytes that node:crypto verifies: for ECDSA r and s side by side, each as long as the curve's order. */
  readonly value: Uint8Array;
  /** What a security key adds and signs (PROTOCOL.u2f): its flags, one byte, and its counter, four. */
  readonly authenticator: Uint8Array | undefined;
  /** All of it, as it was read. */
  readonly blob: Uint8Array;
}

const MAGIC = "SSHSIG";
const VERSION = 1;
const WRONG_END = "is damaged: its data ends too early or too late";

/**
 * Reads a signature without its armor. Stricter than `ssh-keygen -Y verify`, so that nothing in it can be changed and
 * still count: exact fields, no byte over, version 1, nothing in the reserved field. Text says what is wrong.
 */
export function parseSshSignature(blob: Uint8Array): SshSignature | string {
  if (!startsWithAscii(blob, MAGIC)) return "is not an OpenSSH signature";
  const reader = new WireReader(blob.subarray(MAGIC.length));
  const version = reader.uint32();
  if (version !== undefined && version !== VERSION) return `has version ${version}; only ${VERSION} is supported`;
  const keyBlob = reader.string();
  const namespaceBytes = reader.string();
  const reserved = reader.string();
  const hashBytes = reader.string();
  const signed = reader.string();
  if (!keyBlob || !namespaceBytes || !reserved || !hashBytes || !signed || !reader.ended) return WRONG_END;
  const key = readKeyBlob(keyBlob);
  if (typeof key === "string") return `is by a key that ${key}`;
  const namespace = decodeStrictly(namespaceBytes);
  if (!namespace || /\p{Cc}/u.test(namespace)) return "has no readable namespace";
  if (reserved.length > 0) return "has something in its reserved field, which must be empty";
  const hash = decodeText(hashBytes);
  if (hash !== "sha256" && hash !== "sha512") return "hashes the message by neither sha256 nor sha512";
  const inner = readInner(key, signed);
  return typeof inner === "string" ? inner : { key, namespace, hash, ...inner, blob };
}

type Inner = Pick<SshSignature, "algorithm" | "value" | "authenticator">;

/** Reads the innermost part, whose form depends on the key: an algorithm, the signature itself, what a security key adds. */
function readInner(key: PublicKey, signed: Uint8Array): Inner | string {
  const reader = new WireReader(signed);
  const algorithmBytes = reader.string();
  const raw = reader.string();
  if (algorithmBytes === undefined || raw === undefined) return WRONG_END;
  const algorithm = decodeText(algorithmBytes);
  const flaw = algorithmFlaw(key, algorithm);
  if (flaw !== undefined) return flaw;
  const authenticator = key.type.startsWith("sk-") ? reader.bytes(5) : undefined;
  if (!reader.ended) return WRONG_END;
  const value = readValue(key, raw);
  return typeof value === "string" ? value : { algorithm, value, authenticator };
}

function algorithmFlaw(key: PublicKey, algorithm: string): string | undefined {
  const allowed = key.type === "ssh-rsa" ? ["rsa-sha2-256", "rsa-sha2-512"] : [key.type];
  if (allowed.includes(algorithm)) return undefined;
  const shown = /^[!-~]{1,64}$/.test(algorithm) ? algorithm : "that cannot be read";
  return `uses the algorithm ${shown}; with this key it must be ${allowed.join(" or ")}`;
}

/** How many bytes r and s have, by the type of key. */
const ECDSA_LENGTHS: ReadonlyMap<string, number> = new Map([
  ["ecdsa-sha2-nistp256", 32],
  ["ecdsa-sha2-nistp384", 48],
  ["ecdsa-sha2-nistp521", 66],
  ["sk-ecdsa-sha2-nistp256@openssh.com", 32],
]);

function readValue(key: PublicKey, raw: Uint8Array): Uint8Array | string {
  const ecdsa = ECDSA_LENGTHS.get(key.type);
  if (ecdsa !== undefined) return readEcdsa(raw, ecdsa);
  const modulus = key.type === "ssh-rsa" ? readPositive(keyFields(key)[1] as Uint8Array) : undefined;
  const length = modulus?.length ?? 64;
  return raw.length === length ? raw : `is damaged: ${raw.length} bytes where ${length} belong`;
}

function readEcdsa(raw: Uint8Array, length: number): Uint8Array | string {
  const reader = new WireReader(raw);
  const numbers = [reader.string(), reader.string()];
  if (!reader.ended) return WRONG_END;
  const padded: Uint8Array[] = [];
  for (const mpint of numbers) {
    const number = mpint && readPositive(mpint);
    if (number === undefined || number.length > length) return "is damaged: it does not hold two numbers of its curve";
    padded.push(new Uint8Array(length - number.length), number);
  }
  return joinBytes(padded);
}
