import { createHash, generateKeyPairSync, type KeyObject, sign } from "node:crypto";
import { sshNumber, sshStrings } from "./ssh-wire.ts";

/** What an authenticator is told, or tells, when it signs. */
export interface Touch {
  /** Bit 0x01: someone touched it. Bit 0x04: it knew its owner. */
  readonly flags?: number;
  readonly counter?: number;
  readonly hash?: "sha256" | "sha512";
}

/** A FIDO security key in software: it signs what a real one signs (PROTOCOL.u2f), whatever the flags. */
export interface SecurityKey {
  /** The line of its `.pub` file. */
  readonly line: string;
  /** An OpenSSH signature without armor. */
  sign(namespace: string, message: Buffer, touch?: Touch): Buffer;
}

export const SECURITY_KEY_TYPES = ["sk-ssh-ed25519@openssh.com", "sk-ecdsa-sha2-nistp256@openssh.com"] as const;

export function makeSecurityKey(type: (typeof SECURITY_KEY_TYPES)[number], application = "ssh:"): SecurityKey {
  const { fields, signRaw } = type === SECURITY_KEY_TYPES[0] ? makeEd25519() : makeEcdsa();
  const key = sshStrings(type, ...fields, application);
  return {
    line: `${type} ${key.toString("base64")}`,
    sign(namespace, message, { flags = 0x01, counter = 1, hash = "sha512" } = {}) {
      const digest = createHash(hash).update(message).digest();
      const signed = Buffer.concat([Buffer.from("SSHSIG"), sshStrings(namespace, "", hash, digest)]);
      const flagsAndCounter = Buffer.alloc(5);
      flagsAndCounter.writeUInt8(flags);
      flagsAndCounter.writeUInt32BE(counter, 1);
      const raw = signRaw(Buffer.concat([sha256(application), flagsAndCounter, sha256(signed)]));
      const signature = Buffer.concat([sshStrings(type, raw), flagsAndCounter]);
      const version = Buffer.of(0, 0, 0, 1);
      return Buffer.concat([Buffer.from("SSHSIG"), version, sshStrings(key, namespace, "", hash, signature)]);
    },
  };
}

interface KeyPair {
  /** What stands between the type and the application in the public key. */
  readonly fields: readonly (string | Buffer)[];
  signRaw(data: Buffer): Buffer;
}

function makeEd25519(): KeyPair {
  const { privateKey, publicKey } = generateKeyPairSync("ed25519");
  return { fields: [coordinate(publicKey, "x")], signRaw: (data) => sign(null, data, privateKey) };
}

function makeEcdsa(): KeyPair {
  const { privateKey, publicKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
  const point = Buffer.concat([Buffer.of(4), coordinate(publicKey, "x"), coordinate(publicKey, "y")]);
  return {
    fields: ["nistp256", point],
    signRaw(data) {
      const both = sign("sha256", data, { key: privateKey, dsaEncoding: "ieee-p1363" });
      return Buffer.concat([sshNumber(both.subarray(0, 32)), sshNumber(both.subarray(32))]);
    },
  };
}

function coordinate(key: KeyObject, name: "x" | "y"): Buffer {
  return Buffer.from(key.export({ format: "jwk" })[name] as string, "base64url");
}

function sha256(data: string | Buffer): Buffer {
  return createHash("sha256").update(data).digest();
}
