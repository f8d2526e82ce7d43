import { readFileSync } from "node:fs";
import { afterAll, describe, it } from "vitest";
import {
  cosignHead,
  fromNow,
  NAMESPACE,
  openKeyRing,
  reword,
  type Signer,
  signatureHead,
  signatureTrailer,
  signedLinesOf,
  signedPolicy,
  writeSignature,
} from "../../rig/keys/cosign-commit.ts";
import { armor, sshKeygen } from "../../rig/keys/ssh-keys.ts";
import { putTogether, type SignatureParts, splitStrings, sshStrings, takeApart } from "../../rig/keys/ssh-wire.ts";
import { ASSISTED, attempt, expectAllowed, expectRefused } from "../../rig/worlds/attempt.ts";
import { openPushWorld } from "../../rig/worlds/push-world.ts";

const ring = openKeyRing();
afterAll(() => ring[Symbol.dispose]());
const ada = ring.make("ada");
const rsa = ring.make("rsa", "-t", "rsa", "-b", "2048");
const weak = ring.make("weak", "-t", "rsa", "-b", "1024");
const policy = signedPolicy({ ada: [ada.line, rsa.line] });
const CLAIM = "Co-signed-by: Ada Lovelace <ada@acme.example>\n";
const EMAIL = "ada@acme.example";

const world = openPushWorld({ policy });
afterAll(() => world[Symbol.dispose]());

/** Commits on the server's main and pushes with a signature's bytes written in some way; the twin is as it should be. */
function expectUnread(signer: Signer, write: (blob: Buffer, head: string) => string, ...phrases: readonly string[]) {
  const { dev } = world;
  dev.git(["reset", "-q", "--hard", "refs/remotes/origin/main"]);
  dev.commit(ASSISTED);
  const time = fromNow(0);
  const blob = signer.sign(NAMESPACE, Buffer.from(signedLinesOf(dev, "HEAD", time)));
  const message = `${ASSISTED}${CLAIM}${write(blob, signatureHead(dev, "HEAD", time))}\n`;
  expectRefused(attempt(world, reword(dev, message)), ...phrases);
  reword(dev, ASSISTED);
  expectAllowed(attempt(world, cosignHead(dev, ada)), "co-signed by ada@acme.example (signed)");
}

const changed =
  (change: (parts: SignatureParts) => Partial<SignatureParts>) =>
  (blob: Buffer, head: string): string => {
    const parts = takeApart(blob);
    return writeSignature(head, putTogether({ ...parts, ...change(parts) }).toString("base64"));
  };

/** With another algorithm beside the same bytes. */
const algorithm = (name: string) =>
  changed(({ signature }) => ({
    signature: sshStrings(name, splitStrings(signature, 2).strings[1] as Buffer),
  }));

describe("a signature is not read", () => {
  it.each<readonly [string, string, (blob: Buffer, head: string) => string]>([
    ["of version 0", "has version 0", changed(() => ({ version: 0 }))],
    ["of version 2", "has version 2", changed(() => ({ version: 2 }))],
    ["with something in its reserved field", "reserved field", changed(() => ({ reserved: Buffer.from("x") }))],
    ["that hashes by SHA-1", "neither sha256 nor sha512", changed(() => ({ hash: Buffer.from("sha1") }))],
    ["without a namespace", "has no readable namespace", changed(() => ({ namespace: Buffer.alloc(0) }))],
    ["with another magic", "is not an OpenSSH signature", changed(() => ({ magic: Buffer.from("SSHSIg") }))],
    ["of another algorithm than its key", "uses the algorithm ssh-rsa", algorithm("ssh-rsa")],
    [
      "with a byte behind it",
      "ends too early or too late",
      (blob, head) => writeSignature(head, Buffer.concat([blob, Buffer.of(0)]).toString("base64")),
    ],
    [
      "that is cut off",
      "ends too early or too late",
      (blob, head) => writeSignature(head, blob.subarray(0, -3).toString("base64")),
    ],
    [
      "with another one behind it",
      "not canonical base64",
      (blob, head) => writeSignature(head, `${blob.toString("base64")} ${blob.toString("base64")}`),
    ],
    [
      "with text behind it",
      "not canonical base64",
      (blob, head) => writeSignature(head, `${blob.toString("base64")} (reviewed)`),
    ],
    [
      "in the armor of a file",
      "not canonical base64",
      (blob, head) => writeSignature(head, armor(blob).trim().replaceAll("\n", " ")),
    ],
    [
      "in base64 for web addresses",
      "not canonical base64",
      (blob, head) => writeSignature(head, `${Buffer.concat([blob, Buffer.of(0xff)]).toString("base64url")}`),
    ],
    [
      "in base64 with padding where none belongs",
      "not canonical base64",
      (blob, head) => writeSignature(head, `${blob.toString("base64").replace(/=*$/, "")}====`),
    ],
    ["in hex", "is not an OpenSSH signature", (blob, head) => writeSignature(head, blob.toString("hex"))],
    [
      "with a tab in it",
      "not canonical base64",
      (blob, head) => writeSignature(head, blob.toString("base64").replace(/.{9}/, "$&\t")),
    ],
    [
      "without a time",
      "an address, a time, a base",
      (blob, head) => writeSignature(head.replace(/ \S+Z /, " "), blob.toString("base64")),
    ],
    [
      "with a time of no day",
      "its time must be in UTC",
      (blob, head) => writeSignature(head.replace(/ \S+Z /, " 2026-13-01T00:00:00Z "), blob.toString("base64")),
    ],
    [
      "with half a base",
      "its base must be a full commit id",
      (blob, head) => writeSignature(head.replace(/ [0-9a-f]{40} /, " 5bfa7b27 "), blob.toString("base64")),
    ],
    [
      "without an author",
      "the authors in angle brackets",
      (blob, head) => writeSignature(head.replace(/ <.*/, ""), blob.toString("base64")),
    ],
    [
      "without an address",
      "an address, a time",
      (blob, head) => `Co-signature: ${head.replace(EMAIL, "")} ${blob.toString("base64")}`,
    ],
    ["that is empty", "an address, a time, a base", () => "Co-signature:"],
    [
      "under a name and an address",
      "it must be an address, a time",
      (blob, head) => writeSignature(head.replace(EMAIL, `Ada <${EMAIL}>`), blob.toString("base64")),
    ],
  ])("%s", (_, phrase, write) => {
    expectUnread(ada, write, "COSIGN_DECLARED_ONLY", "COSIGN_INVALID", phrase);
  });

  it("with loose bits or missing padding at the end of its base64", () => {
    // The length of an RSA signature is such that its base64 is padded.
    const base64 = (blob: Buffer): string => blob.toString("base64");
    expectUnread(
      rsa,
      (blob, head) => writeSignature(head, base64(blob).replace(/=+$/, "")),
      "COSIGN_INVALID",
      "not canonical base64",
    );
    const loosen = (text: string): string =>
      text.replace(/(.)(=+)$/, (_, last: string, pad: string) => String.fromCharCode(last.charCodeAt(0) + 1) + pad);
    expectUnread(
      rsa,
      (blob, head) => writeSignature(head, loosen(base64(blob))),
      "COSIGN_INVALID",
      "not canonical base64",
    );
  });

  it("by an RSA key of 1024 bits", () => {
    expectUnread(
      weak,
      (blob, head) => writeSignature(head, blob.toString("base64")),
      "COSIGN_DECLARED_ONLY",
      "COSIGN_INVALID",
      "RSA key of 1024 bits; at least 2048",
    );
  });

  it("by a certificate", () => {
    const authority = ring.make("authority");
    sshKeygen(ring.scratch, ["-q", "-s", authority.path, "-I", "id", "-n", EMAIL, `${ada.path}.pub`]);
    const certificate = readFileSync(`${ada.path}-cert.pub`, "utf8").split(" ")[1] as string;
    expectUnread(
      ada,
      changed(() => ({ key: Buffer.from(certificate, "base64") })),
      "COSIGN_DECLARED_ONLY",
      "COSIGN_INVALID",
      "is a certificate (ssh-ed25519-cert-v01@openssh.com)",
    );
  });
});

describe("a signature that is read", () => {
  it("does not verify with the group's order added to it", () => {
    const order = 2n ** 252n + 27742317777372353535851937790883648493n;
    expectUnread(
      ada,
      changed(({ signature }) => {
        const [name, raw] = splitStrings(signature, 2).strings as [Buffer, Buffer];
        const s = BigInt(`0x${Buffer.from(raw.subarray(32)).reverse().toString("hex")}`) + order;
        const sum = Buffer.from(s.toString(16).padStart(64, "0"), "hex").reverse();
        return { signature: sshStrings(name, Buffer.concat([raw.subarray(0, 32), sum])) };
      }),
      "COSIGN_MISMATCH",
      "does not verify against what had to be signed",
    );
  });

  it("does not verify with another hash named than the one it was made by", () => {
    expectUnread(
      ada,
      changed(() => ({ hash: Buffer.from("sha256") })),
      "COSIGN_MISMATCH",
      "does not verify against what had to be signed",
    );
  });

  it("does not stand without the line of the person", () => {
    const { dev } = world;
    dev.commit(ASSISTED);
    const signature = `${signatureTrailer(dev, "HEAD", ada)}\n`;
    const problem = "it is a signature without a Co-signed-by line of ada@acme.example";
    expectRefused(attempt(world, reword(dev, ASSISTED + signature)), "COSIGN_MISSING", "COSIGN_INVALID", problem);
    const grace = "Co-signed-by: Grace Hopper <grace@acme.example>\n";
    expectRefused(attempt(world, reword(dev, ASSISTED + grace + signature)), "COSIGN_INVALID", problem);
    expectAllowed(attempt(world, reword(dev, ASSISTED + signature + CLAIM)), "co-signed by ada@acme.example (signed)");
  });

  it("does not count in a paragraph above the trailers", () => {
    const { dev } = world;
    dev.commit(ASSISTED);
    const signature = `${signatureTrailer(dev, "HEAD", ada)}\n`;
    const above = ASSISTED.replace("\n\n", `\n\n${signature}\n`);
    expectRefused(attempt(world, reword(dev, above + CLAIM)), "COSIGN_DECLARED_ONLY");
    expectAllowed(attempt(world, reword(dev, ASSISTED + CLAIM + signature)), "(signed)");
  });

  it.each<readonly [string, (good: string, bad: string) => string]>([
    ["counts in front of a bad one", (good, bad) => good + bad],
    ["counts behind a bad one", (good, bad) => bad + good],
    ["counts between two bad ones", (good, bad) => bad + good + bad],
    ["counts beside one that cannot be read", (good) => `Co-signature: ${EMAIL} now AAAA\n${good}`],
  ])("%s", (_, lines) => {
    const { dev } = world;
    dev.commit(ASSISTED);
    const bad = `${signatureTrailer(dev, "HEAD", ada, { branch: "other" })}\n`;
    const good = `${signatureTrailer(dev, "HEAD", ada)}\n`;
    expectRefused(attempt(world, reword(dev, ASSISTED + CLAIM + bad)), "COSIGN_MISMATCH");
    expectAllowed(attempt(world, reword(dev, ASSISTED + CLAIM + lines(good, bad))), "(signed)");
  });

  it.each<readonly [string, (trailer: string) => string]>([
    ["on one line", (trailer) => trailer.replaceAll("\n ", " ")],
    [
      "folded at every tenth letter",
      (trailer) => trailer.replaceAll("\n ", " ").replace(/(?<=> .*)(\S{10})/g, "$1\n\t"),
    ],
    ["with its key in small letters", (trailer) => trailer.replace("Co-signature: ", "co-SIGNATURE:")],
  ])("counts %s", (_, write) => {
    const { dev } = world;
    dev.commit(ASSISTED);
    const message = `${ASSISTED}${CLAIM}${write(signatureTrailer(dev, "HEAD", ada)).trimEnd()}\n`;
    expectAllowed(attempt(world, reword(dev, message)), "co-signed by ada@acme.example (signed)");
  });
});
