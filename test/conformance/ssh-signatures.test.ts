import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { fingerprint } from "../../packages/core/src/ssh/fingerprint.ts";
import { type PublicKey, readPublicKey } from "../../packages/core/src/ssh/public-key.ts";
import { makeSecurityKey, SECURITY_KEY_TYPES } from "../rig/keys/software-authenticator.ts";
import { makeSshKey, signWithSshKeygen, sshKeygen } from "../rig/keys/ssh-keys.ts";
import { type Case, ourVerdict, sshKeygenVerdict } from "../rig/keys/ssh-verdicts.ts";
import {
  putTogether,
  type SignatureParts,
  splitStrings,
  sshNumber,
  sshString,
  sshStrings,
  takeApart,
} from "../rig/keys/ssh-wire.ts";
import { openScratch, type Scratch } from "../rig/repository/scratch.ts";

interface Signer {
  readonly line: string;
  sign(namespace: string, message: Buffer, hash?: "sha256" | "sha512"): Buffer;
}

const KEYGEN: Readonly<Record<string, readonly string[]>> = {
  "ssh-ed25519": ["-t", "ed25519"],
  "ecdsa-sha2-nistp256": ["-t", "ecdsa", "-b", "256"],
  "ecdsa-sha2-nistp384": ["-t", "ecdsa", "-b", "384"],
  "ecdsa-sha2-nistp521": ["-t", "ecdsa", "-b", "521"],
  "ssh-rsa": ["-t", "rsa", "-b", "2048"],
  "ssh-rsa of 3072 bits": ["-t", "rsa", "-b", "3072"],
};
const NAMES = [...Object.keys(KEYGEN), ...SECURITY_KEY_TYPES];
const NAMESPACES = ["countersign@v1", "git", "file", "n", "ünïcode namespace"];
const MESSAGES = [Buffer.of(), Buffer.from("countersign v1\nproject -\n"), Buffer.alloc(100_000, 0xff)];

let scratch: Scratch;
const signers = new Map<string, Signer>();
const signer = (name: string): Signer => signers.get(name) as Signer;
beforeAll(() => {
  scratch = openScratch();
  for (const [name, args] of Object.entries(KEYGEN)) {
    const { path, line } = makeSshKey(scratch, name, args);
    const sign: Signer["sign"] = (namespace, message, hash = "sha512") =>
      signWithSshKeygen(scratch, path, { namespace, message, hash });
    signers.set(name, { line, sign });
  }
  for (const type of SECURITY_KEY_TYPES) {
    const key = makeSecurityKey(type);
    const sign: Signer["sign"] = (namespace, message, hash = "sha512") => key.sign(namespace, message, { hash });
    signers.set(type, { line: key.line, sign });
  }
});
afterAll(() => scratch[Symbol.dispose]());

/** Ours and ssh-keygen's verdict, which must be one. */
function verdict(question: Case): string {
  const [ours, theirs] = [ourVerdict(question), sshKeygenVerdict(scratch, question)];
  expect({ verdict: ours === "accepted" ? ours : "refused", blob: hex(question.blob), ours }).toEqual({
    verdict: theirs,
    blob: hex(question.blob),
    ours,
  });
  return theirs;
}

const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString("hex");

describe.each(NAMES)("a signature by %s", (name) => {
  const namespace = "countersign@v1";
  const message = Buffer.from("countersign v1\nproject acme/payments\n");
  const base = (): Case => ({
    line: signer(name).line,
    namespace,
    message,
    blob: signer(name).sign(namespace, message),
  });

  it("is accepted over every message, in every namespace, by either hash", () => {
    for (const space of NAMESPACES)
      for (const text of MESSAGES)
        for (const hash of ["sha256", "sha512"] as const) {
          const blob = signer(name).sign(space, text, hash);
          expect(verdict({ line: signer(name).line, namespace: space, message: text, blob })).toBe("accepted");
        }
  });

  it("is refused for another message, namespace or key", () => {
    const signed = base();
    const others: readonly Partial<Case>[] = [
      { message: Buffer.from(`${message}\n`) },
      { message: message.subarray(1) },
      { message: Buffer.of() },
      ...["git", "file", "countersign@v0", "countersign@v", "countersign@v11", "Countersign@v1"].map((other) => ({
        namespace: other,
      })),
      ...NAMES.filter((other) => other !== name).map((other) => ({ line: signer(other).line })),
    ];
    for (const other of others) expect(verdict({ ...signed, ...other })).toBe("refused");
  });

  it("is refused with any byte of any field changed", () => {
    const signed = base();
    for (const blob of flipped(signed.blob)) expect(verdict({ ...signed, blob })).toBe("refused");
  });

  it("is refused cut or extended", () => {
    const signed = base();
    const { length } = signed.blob;
    const cuts = [0, 5, 6, 9, 10, 13, 14, Math.floor(length / 2), length - 5, length - 1];
    for (const at of cuts) expect(verdict({ ...signed, blob: signed.blob.subarray(0, at) })).toBe("refused");
    const parts = takeApart(Buffer.from(signed.blob));
    const longer = [
      Buffer.concat([signed.blob, Buffer.of(0)]),
      Buffer.concat([signed.blob, signed.blob]),
      putTogether({ ...parts, key: Buffer.concat([parts.key, Buffer.of(0)]) }),
      putTogether({ ...parts, signature: Buffer.concat([parts.signature, Buffer.of(0)]) }),
    ];
    for (const blob of longer) expect(verdict({ ...signed, blob })).toBe("refused");
  });

  it("is refused with a field of another kind", () => {
    const signed = base();
    const parts = takeApart(Buffer.from(signed.blob));
    const { strings, rest } = splitStrings(parts.signature, 2);
    const [algorithm, raw] = strings as [Buffer, Buffer];
    const inner = (...fields: readonly (string | Buffer)[]): Partial<SignatureParts> => ({
      signature: Buffer.concat([sshStrings(...fields), rest]),
    });
    const changes: readonly Partial<SignatureParts>[] = [
      { magic: Buffer.from("SSHSIH") },
      { version: 2 },
      { version: 0x01000000 },
      { namespace: Buffer.of() },
      ...["sha256", "sha1", "md5", "sha384", "SHA512", ""].map((hash) => ({ hash: Buffer.from(hash) })),
      ...["ssh-rsa", "rsa-sha2-256", "ssh-dss", "ssh-mldsa44-ed25519", ""].map((other) => inner(other, raw)),
      ...NAMES.filter((other) => !other.startsWith(`${algorithm}`) && !name.startsWith(other)).map((other) =>
        inner(other, raw),
      ),
      inner("webauthn-sk-ecdsa-sha2-nistp256@openssh.com", raw),
      inner(algorithm, Buffer.of()),
      inner(algorithm, raw.subarray(0, -1)),
      inner(algorithm, Buffer.concat([raw, Buffer.of(0)])),
      inner(algorithm, Buffer.alloc(raw.length)),
      { signature: Buffer.of() },
      { key: Buffer.of() },
      { key: sshStrings("ssh-mldsa44-ed25519", Buffer.alloc(32)) },
      ...NAMES.filter((other) => other !== name).map((other) => ({
        key: Buffer.from(signer(other).line.split(" ")[1] as string, "base64"),
      })),
    ];
    for (const change of changes) {
      expect(verdict({ ...signed, blob: putTogether({ ...parts, ...change }) })).toBe("refused");
    }
  });

  it("has the fingerprint that ssh-keygen prints", () => {
    const printed = sshKeygen(scratch, ["-l", "-f", "-"], `${signer(name).line}\n`);
    expect(fingerprint(readPublicKey(signer(name).line) as PublicKey)).toBe(printed.split(" ")[1]);
  });
});

const ORDERS: Readonly<Record<string, string>> = {
  "ecdsa-sha2-nistp256": "ffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551",
  "sk-ecdsa-sha2-nistp256@openssh.com": "ffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551",
  "ecdsa-sha2-nistp384":
    "ffffffffffffffffffffffffffffffffffffffffffffffffc7634d81f4372ddf581a0db248b0a77aecec196accc52973",
};

it.each(Object.keys(ORDERS))(
  "accepts both of the signatures that each one by %s gives, (r, s) and (r, n-s)",
  (name) => {
    const message = Buffer.from("message");
    const blob = signer(name).sign("n", message);
    const { strings, rest } = splitStrings(takeApart(blob).signature, 2);
    const [algorithm, raw] = strings as [Buffer, Buffer];
    const [r, s] = splitStrings(raw, 2).strings as [Buffer, Buffer];
    const other = (BigInt(`0x${ORDERS[name]}`) - BigInt(`0x${hex(s)}`)).toString(16);
    const twin = Buffer.from(other.padStart(other.length + (other.length % 2), "0"), "hex");
    const inner = Buffer.concat([sshString(r), sshNumber(twin)]);
    const signature = Buffer.concat([sshStrings(algorithm, inner), rest]);
    const changed = putTogether({ ...takeApart(blob), signature });
    expect(changed).not.toEqual(blob);
    expect(verdict({ line: signer(name).line, namespace: "n", message, blob: changed })).toBe("accepted");
  },
);

/** One bit of each field's first, middle and last byte, and of its length. */
function flipped(blob: Uint8Array): readonly Buffer[] {
  const places = new Set<number>([0, 5, 6, 8, blob.length - 1]);
  let at = 10;
  while (at < blob.length) {
    const length = Buffer.from(blob).readUInt32BE(at);
    for (const place of [at, at + 3]) places.add(place);
    if (length > 0)
      for (const place of [0, 4, 14, length >> 1, length - 1]) places.add(at + 4 + Math.min(place, length - 1));
    at += 4 + length;
  }
  return [...places].map((place) => {
    const copy = Buffer.from(blob);
    copy[place] = (copy[place] as number) ^ (place % 2 === 0 ? 0x10 : 0x01);
    return copy;
  });
}

/** Where ssh-keygen lets more than one spelling pass; ssh-signatures-strict.test.ts has them one by one. */
const STRICTER = /reserved field|has version 0|two numbers of its curve|in the usual form/;

it("is judged as ssh-keygen judges it, or more strictly in a known way, whatever is done to its bytes", {
  timeout: 300_000,
}, () => {
  const message = Buffer.from("message");
  const blobs = NAMES.map((name) => ({ line: signer(name).line, blob: signer(name).sign("n", message) }));
  const place = fc.nat({ max: 1_000 });
  const bytes = fc.uint8Array({ minLength: 1, maxLength: 6 });
  const change = fc.oneof(
    fc.record({ at: place, remove: fc.constant(1), insert: fc.uint8Array({ minLength: 1, maxLength: 1 }) }),
    fc.record({ at: place, remove: fc.nat({ max: 5 }), insert: bytes }),
    fc.record({ at: place, remove: fc.integer({ min: 1, max: 40 }), insert: fc.constant(new Uint8Array()) }),
  );
  fc.assert(
    fc.property(fc.constantFrom(...blobs), fc.array(change, { maxLength: 3 }), ({ line, blob }, changes) => {
      const mutated = changes.reduce((whole, { at, remove, insert }) => {
        const start = at % (whole.length + 1);
        return Buffer.concat([whole.subarray(0, start), insert, whole.subarray(start + remove)]);
      }, blob);
      const question = { line, namespace: "n", message, blob: mutated };
      const ours = ourVerdict(question);
      const theirs = sshKeygenVerdict(scratch, question);
      if (ours === "accepted" || !STRICTER.test(ours)) expect(ours === "accepted").toBe(theirs === "accepted");
      expect(ours === "accepted").toBe(mutated.equals(blob));
    }),
    { numRuns: 500, seed: 20261123 },
  );
});
