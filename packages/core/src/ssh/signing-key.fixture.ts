import { createHash, generateKeyPairSync, type KeyObject, sign } from "node:crypto";
import { wireString } from "./wire.ts";

/** A key that signs as `ssh-keygen -Y sign` does. */
export class SigningKey {
  readonly #key: KeyObject;
  readonly #type: string;
  readonly #public: Uint8Array;
  readonly #device: { readonly application: string; readonly authenticator: Uint8Array } | undefined;

  /** `flags`: what a security key says of each signature, one bit for a touch. Without them the key lies in a file. */
  constructor(flags?: number) {
    const { privateKey, publicKey } = generateKeyPairSync("ed25519");
    this.#key = privateKey;
    this.#type = flags === undefined ? "ssh-ed25519" : "sk-ssh-ed25519@openssh.com";
    this.#device =
      flags === undefined ? undefined : { application: "ssh:", authenticator: Uint8Array.of(flags, 0, 0, 0, 1) };
    const raw = publicKey.export({ type: "spki", format: "der" }).subarray(-32);
    this.#public = strings(this.#type, raw, ...(this.#device ? [this.#device.application] : []));
  }

  /** As `PublicKey.text`. */
  get text(): string {
    return `${this.#type} ${Buffer.from(this.#public).toString("base64")}`;
  }

  sign(message: Uint8Array, namespace = "countersign@v1"): Uint8Array {
    const head = strings(namespace, "", "sha512");
    const data = Buffer.concat([Buffer.from("SSHSIG"), head, strings(sha(512, message))]);
    const authenticator = this.#device?.authenticator ?? new Uint8Array();
    const signed = this.#device
      ? Buffer.concat([sha(256, Buffer.from(this.#device.application)), authenticator, sha(256, data)])
      : data;
    const inner = Buffer.concat([strings(this.#type, sign(null, signed, this.#key)), authenticator]);
    const version = Uint8Array.of(0, 0, 0, 1);
    return Buffer.concat([Buffer.from("SSHSIG"), version, strings(this.#public), head, strings(inner)]);
  }
}

function strings(...values: readonly (string | Uint8Array)[]): Uint8Array {
  return Buffer.concat(values.map(wireString));
}

function sha(bits: 256 | 512, data: Uint8Array): Uint8Array {
  return createHash(`sha${bits}`).update(data).digest();
}
