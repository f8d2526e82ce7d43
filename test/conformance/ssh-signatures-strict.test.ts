import { createHash, createPrivateKey, sign } from "node:crypto";
import { readFileSync } from "node:fs";
import { afterAll, beforeAll, expect, it } from "vitest";
import { makeSecurityKey } from "../rig/keys/software-authenticator.ts";
import {
  armor,
  makeSshKey,
  type SshKey,
  signWithSshKeygen,
  sshKeygen,
  sshKeygenAccepts,
} from "../rig/keys/ssh-keys.ts";
import { ourVerdict, ourVerdictOnText } from "../rig/keys/ssh-verdicts.ts";
import { putTogether, splitStrings, sshStrings, takeApart } from "../rig/keys/ssh-wire.ts";
import { openScratch, type Scratch } from "../rig/repository/scratch.ts";

// What ssh-keygen accepts and countersign refuses: a signature has one spelling here, and a weak key none.

const namespace = "countersign@v1";
const message = Buffer.from("countersign v1\nproject -\n");

let scratch: Scratch;
let ed25519: SshKey;
let ecdsa: SshKey;
let rsa: SshKey;
beforeAll(() => {
  scratch = openScratch();
  ed25519 = makeSshKey(scratch, "ed25519", ["-t", "ed25519"]);
  ecdsa = makeSshKey(scratch, "ecdsa", ["-t", "ecdsa", "-b", "256"]);
  rsa = makeSshKey(scratch, "rsa", ["-t", "rsa", "-b", "2048", "-m", "PEM"]);
});
afterAll(() => scratch[Symbol.dispose]());

const signed = ({ path }: SshKey): Buffer => signWithSshKeygen(scratch, path, { namespace, message });

/** That ssh-keygen accepts a signature, and why we do not. */
function expectStricter(line: string, blob: Buffer, flaw: RegExp, options = ""): void {
  expect(ourVerdict({ line, namespace, message, blob })).toMatch(flaw);
  expect(sshKeygenAccepts(scratch, { line, options, namespace, message, armored: armor(blob) })).toBe(true);
}

/** The algorithm and the signature itself, and what a security key adds. */
function takeInner(blob: Buffer): { algorithm: Buffer; raw: Buffer; rest: Buffer } {
  const { strings, rest } = splitStrings(takeApart(blob).signature, 2);
  const [algorithm, raw] = strings as [Buffer, Buffer];
  return { algorithm, raw, rest };
}

const NUL = Buffer.of(0);
const ended = (text: Buffer): Buffer => Buffer.concat([text, NUL]);

it("refuses something in the reserved field", () => {
  const parts = takeApart(signed(ed25519));
  expectStricter(ed25519.line, putTogether({ ...parts, reserved: Buffer.from("x") }), /reserved field/);
});

it("refuses version 0", () => {
  expectStricter(ed25519.line, putTogether({ ...takeApart(signed(ed25519)), version: 0 }), /version 0/);
});

it("refuses a NUL byte behind the namespace", () => {
  const parts = takeApart(signed(ed25519));
  expectStricter(ed25519.line, putTogether({ ...parts, namespace: ended(parts.namespace) }), /namespace/);
});

it("refuses a NUL byte behind the name of the hash", () => {
  const parts = takeApart(signed(ed25519));
  expectStricter(ed25519.line, putTogether({ ...parts, hash: ended(parts.hash) }), /neither sha256 nor sha512/);
});

it("refuses a NUL byte behind the name of the algorithm", () => {
  const blob = signed(ed25519);
  const { algorithm, raw } = takeInner(blob);
  const signature = sshStrings(ended(algorithm), raw);
  expectStricter(ed25519.line, putTogether({ ...takeApart(blob), signature }), /algorithm that cannot be read/);
});

it("refuses a NUL byte behind the type of the key", () => {
  const parts = takeApart(signed(ed25519));
  const { strings, rest } = splitStrings(parts.key, 1);
  const key = Buffer.concat([sshStrings(ended(strings[0] as Buffer)), rest]);
  expectStricter(ed25519.line, putTogether({ ...parts, key }), /key type that cannot be read/);
});

it("refuses a NUL byte behind a security key's application", () => {
  const key = makeSecurityKey("sk-ssh-ed25519@openssh.com");
  const parts = takeApart(key.sign(namespace, message));
  const { strings } = splitStrings(parts.key, 3);
  const longer = sshStrings(...strings.slice(0, 2), ended(strings[2] as Buffer));
  expectStricter(key.line, putTogether({ ...parts, key: longer }), /application/);
});

it("refuses a security key for a web site's application", () => {
  const key = makeSecurityKey("sk-ssh-ed25519@openssh.com", "https://acme.example");
  expectStricter(key.line, key.sign(namespace, message), /application/);
});

it("refuses zero bytes in front of ECDSA's numbers", () => {
  const blob = signed(ecdsa);
  const { algorithm, raw } = takeInner(blob);
  const { strings } = splitStrings(raw, 2);
  const longer = sshStrings(Buffer.concat([NUL, NUL, strings[0] as Buffer]), strings[1] as Buffer);
  const signature = sshStrings(algorithm, longer);
  expectStricter(ecdsa.line, putTogether({ ...takeApart(blob), signature }), /two numbers of its curve/);
});

it("refuses zero bytes in front of an RSA key's numbers", () => {
  const parts = takeApart(signed(rsa));
  const [type, e, n] = splitStrings(parts.key, 3).strings as [Buffer, Buffer, Buffer];
  for (const key of [sshStrings(type, Buffer.concat([NUL, e]), n), sshStrings(type, e, Buffer.concat([NUL, n]))]) {
    expectStricter(rsa.line, putTogether({ ...parts, key }), /in the usual form/);
  }
});

it("refuses an RSA signature without its leading zero byte", () => {
  const privateKey = createPrivateKey(readFileSync(rsa.path));
  const found = findShortRsa((data) => sign("sha512", data, privateKey));
  const parts = takeApart(signWithSshKeygen(scratch, rsa.path, { namespace, message: found.message }));
  const signature = sshStrings("rsa-sha2-512", found.raw.subarray(1));
  const question = { line: rsa.line, namespace, message: found.message };
  const blob = putTogether({ ...parts, signature });
  expect(ourVerdict({ ...question, blob: putTogether(parts) })).toBe("accepted");
  expect(ourVerdict({ ...question, blob })).toMatch(/255 bytes where 256 belong/);
  expect(sshKeygenAccepts(scratch, { ...question, armored: armor(blob) })).toBe(true);
});

it("refuses an RSA key of 1024 bits", () => {
  const weak = makeSshKey(scratch, "weak", ["-t", "rsa", "-b", "1024"]);
  const other = ourVerdict({ line: ed25519.line, namespace, message, blob: signed(weak) });
  expect(other).toMatch(/RSA key of 1024 bits; at least 2048/);
  expectStricter(weak.line, signed(weak), /RSA key of 1024 bits/);
});

it("refuses a certificate, whoever issued it", () => {
  const authority = makeSshKey(scratch, "authority", ["-t", "ed25519"]);
  sshKeygen(scratch, ["-q", "-s", authority.path, "-I", "id", "-n", "signer", `${ed25519.path}.pub`]);
  const certificate = readFileSync(`${ed25519.path}-cert.pub`, "utf8").split(" ")[1] as string;
  const blob = putTogether({ ...takeApart(signed(ed25519)), key: Buffer.from(certificate, "base64") });
  const certified = ourVerdict({ line: ed25519.line, namespace, message, blob });
  expect(certified).toMatch(/certificate \(ssh-ed25519-cert-v01@openssh.com\)/);
  expectStricter(authority.line, blob, /is a certificate/, "cert-authority");
});

it.each<readonly [string, (base64: string) => string]>([
  ["a blank", (base64) => `${base64.slice(0, 8)} ${base64.slice(8)}`],
  ["a line end", (base64) => `${base64.slice(0, 8)}\n${base64.slice(8)}`],
  ["a tab at its end", (base64) => `${base64}\t`],
])("refuses base64 with %s in it", (_name, spell) => {
  const base64 = spell(signed(ed25519).toString("base64"));
  const question = { line: ed25519.line, namespace, message };
  expect(ourVerdictOnText(base64, question)).toBe("is no base64");
  const armored = `-----BEGIN SSH SIGNATURE-----\n${base64}\n-----END SSH SIGNATURE-----\ntext behind it\n`;
  expect(sshKeygenAccepts(scratch, { ...question, armored })).toBe(true);
});

it("refuses an Ed25519 signature with the group's order added to S", () => {
  const blob = signed(ed25519);
  const { algorithm, raw } = takeInner(blob);
  const order = 2n ** 252n + 27742317777372353535851937790883648493n;
  const s = BigInt(`0x${Buffer.from(raw.subarray(32)).reverse().toString("hex")}`) + order;
  const sum = Buffer.from(s.toString(16).padStart(64, "0"), "hex").reverse();
  const signature = sshStrings(algorithm, Buffer.concat([raw.subarray(0, 32), sum]));
  expectStricter(ed25519.line, putTogether({ ...takeApart(blob), signature }), /does not verify/);
});

/** One message in 256 has an RSA signature that begins with a zero byte. */
function findShortRsa(signRaw: (data: Buffer) => Buffer): { message: Buffer; raw: Buffer } {
  for (let number = 0; ; number += 1) {
    const text = Buffer.from(`message ${number}`);
    const raw = signRaw(sshSigned(text));
    if (raw[0] === 0) return { message: text, raw };
  }
}

function sshSigned(text: Buffer): Buffer {
  return Buffer.concat([
    Buffer.from("SSHSIG"),
    sshStrings(namespace, "", "sha512", createHash("sha512").update(text).digest()),
  ]);
}
