import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { bundleFromJSON } from "@sigstore/bundle";
import { dsse } from "@sigstore/core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { publishedValidator } from "../rig/installed/published-validator.ts";
import { cosignHead, type KeyRing, openKeyRing, signedPolicy } from "../rig/keys/cosign-commit.ts";
import { countersign, expectFault } from "../rig/process/countersign.ts";
import { type Run, run } from "../rig/process/run.ts";
import { ROOT } from "../rig/suite/bins.ts";
import { ASSISTED, attempt, expectAllowed } from "../rig/worlds/attempt.ts";
import { openPushWorld, type PushWorld } from "../rig/worlds/push-world.ts";

const RESOURCE = ["--resource", "git+https://git.example/acme/payments"];

let ring: KeyRing;
let ada: ReturnType<KeyRing["make"]>;
let ci: ReturnType<KeyRing["make"]>;
beforeAll(() => {
  ring = openKeyRing();
  [ada, ci] = [ring.make("ada"), ring.make("ci", "-t", "ecdsa")];
});
afterAll(() => ring[Symbol.dispose]());

/** A server that took an agent's commit which Ada co-signed, and then another one around the gate. */
function openLanded(format: "sha1" | "sha256" = "sha1"): Disposable & {
  readonly world: PushWorld;
  readonly signed: string;
  readonly bypass: string;
  attest(...args: readonly string[]): Run;
} {
  const world = openPushWorld({ policy: signedPolicy({ ada: [ada.line] }), format });
  const { dev } = world;
  dev.commit(ASSISTED, { files: { "src/a.ts": "a\n" } });
  const signed = cosignHead(dev, ada);
  expectAllowed(attempt(world, signed));
  const bypass = dev.commit(ASSISTED, { files: { "src/b.ts": "b\n" } });
  dev.git(["push", "-q", "--no-verify", "origin", "HEAD:main"]);
  return {
    world,
    signed,
    bypass,
    attest: (...args) => countersign(dev, ["attest", ...args]),
    [Symbol.dispose]: () => world[Symbol.dispose](),
  };
}

/** The blocks of the page that hold this text. */
function blockOf(text: string): string {
  const page = readFileSync(join(ROOT, "packages/cli/docs/attest.md"), "utf8");
  const found = [...page.matchAll(/^```sh\n(.*?)^```$/gms)].map(([, block = ""]) => block);
  return found.find((block) => block.includes(text)) ?? "";
}

/** What the specification of in-toto asks of a statement, by its own words. */
function expectStatement(statement: Record<string, unknown>): void {
  expect(Object.keys(statement)).toEqual(["_type", "subject", "predicateType", "predicate"]);
  expect(statement["_type"]).toBe("https://in-toto.io/Statement/v1");
  expect(statement["predicateType"]).toMatch(
    /^(?:https:\/\/slsa\.dev\/verification_summary\/v1|urn:countersign:cosign:v1)$/,
  );
  expect(statement["subject"]).not.toEqual([]);
  for (const { uri, digest, ...more } of statement["subject"] as Record<string, never>[]) {
    expect(uri).toMatch(/^git\+https:\/\/git\.example\/acme\/payments@[0-9a-f]+$/);
    expect(digest).toEqual({ gitCommit: expect.stringMatching(/^(?:[0-9a-f]{40}|[0-9a-f]{64})$/) });
    expect(Object.keys(more)).toEqual(["annotations"]);
  }
}

describe.each(["sha1", "sha256"] as const)("in a repository of %s", (format) => {
  it("attests what came through the gate and what came around it, and which co-signs count", () => {
    using landed = openLanded(format);
    const { signed, bypass, attest } = landed;
    const { status, stdout, stderr } = attest(`${signed}~1..${bypass}`, ...RESOURCE);
    expect({ status, stderr }).toEqual({ status: 1, stderr: "" });
    const statements = stdout
      .trimEnd()
      .split("\n")
      .map((line) => JSON.parse(line));
    statements.forEach(expectStatement);
    const said = statements.map(({ subject, predicate }) => [
      subject[0].digest.gitCommit,
      predicate.verificationResult ?? predicate.cosigner.email,
    ]);
    expect(said).toEqual([
      [signed, "PASSED"],
      [signed, "ada@acme.example"],
      [bypass, "FAILED"],
    ]);
    const policy = landed.world.dev.git(["rev-parse", `${signed}~1:countersign.config.yaml`]);
    for (const { predicate } of statements.slice(0, 2)) expect(predicate.policy.digest).toEqual({ gitBlob: policy });
    const validate = publishedValidator("cosign");
    expect(validate(statements[1].predicate) || validate.errors).toBe(true);
    expect(attest(...RESOURCE).status).toBe(1);
    expect(attest(signed, ...RESOURCE)).toMatchObject({ status: 0, stderr: "" });
    expect(attest(bypass, "--predicate", "cosign", ...RESOURCE)).toMatchObject({ status: 0, stdout: "" });
    expect(attest(bypass, "--predicate", "cosign", ...RESOURCE).stderr).toMatch(/^countersign: no co-sign counts /);
  });
});

describe("a signed statement", () => {
  it("is an envelope to Sigstore and a signature to ssh-keygen, and so is the co-sign in it, by the lines of the README", () => {
    using landed = openLanded();
    const { dir, env } = landed.world.dev;
    const wanted = [landed.signed, ...RESOURCE, "--key", ci.path, "--output", "v2.0.intoto.jsonl"];
    expect(landed.attest(...wanted)).toMatchObject({ status: 0, stdout: "", stderr: "" });
    const lines = readFileSync(join(dir, "v2.0.intoto.jsonl"), "utf8").trimEnd().split("\n");
    expect(lines).toHaveLength(2);
    writeFileSync(join(dir, "allowed_signers"), `ci@acme.example ${ci.line}\nada@acme.example ${ada.line}\n`);
    const keyid = run("ssh-keygen", ["-lf", ci.path], { cwd: dir, env }).stdout.split(" ")[1];
    for (const line of lines) {
      const envelope = JSON.parse(line);
      const verificationMaterial = { publicKey: { hint: keyid } };
      const mediaType = "application/vnd.dev.sigstore.bundle.v0.3+json";
      const { content } = bundleFromJSON({
        mediaType,
        verificationMaterial: { ...verificationMaterial, tlogEntries: [] },
        dsseEnvelope: envelope,
      });
      if (content.$case !== "dsseEnvelope") throw new Error("a bundle holds what it was made of");
      const { payload, payloadType, signatures } = content.dsseEnvelope;
      expect(payloadType).toBe("application/vnd.in-toto+json");
      expect(signatures.map((signature) => signature.keyid)).toEqual([keyid]);
      expectStatement(JSON.parse(payload.toString()));
      writeFileSync(join(dir, "sig"), signatures[0]?.sig ?? "");
      const verify = ["-Y", "verify", "-f", "allowed_signers", "-I", "ci@acme.example", "-s", "sig", "-n"];
      const input = dsse.preAuthEncoding(payloadType, payload);
      expect(run("ssh-keygen", [...verify, "countersign-dsse@v1"], { cwd: dir, env, input }).status).toBe(0);
      expect(run("ssh-keygen", [...verify, "countersign@v1"], { cwd: dir, env, input }).status).not.toBe(0);
      expect(run("ssh-keygen", [...verify, "countersign-dsse@v1"], { cwd: dir, env, input: payload }).status).not.toBe(
        0,
      );
    }
    const sh = (script: string) => run("sh", ["-ec", script], { cwd: dir, env });
    const envelopeBlock = blockOf("envelope.json");
    expect(sh(envelopeBlock)).toMatchObject({
      status: 0,
      stdout: expect.stringMatching(/^Good "countersign-dsse@v1"/),
    });
    const forged = envelopeBlock.replace("field payload >", "field payload | sed s/PASSED/FAILED/ >");
    expect(sh(forged).status).not.toBe(0);
    const second = `sed -n 2p v2.0.intoto.jsonl > second && mv second v2.0.intoto.jsonl\n${envelopeBlock}`;
    expect(sh(`${second}\n${blockOf("signed lines")}`).stdout.split("\n")).toEqual([
      expect.stringMatching(/^Good "countersign-dsse@v1" signature for ci@acme\.example /),
      expect.stringMatching(/^Good "countersign@v1" signature for ada@acme\.example /),
      "",
    ]);
  });

  it("is signed by the key that git is told of, and by none that was not named", () => {
    using landed = openLanded();
    const { dev } = landed.world;
    const wanted = [landed.signed, ...RESOURCE, "--sign", "--predicate", "source"];
    expectFault(landed.attest(...wanted), "SIGNING_KEY_UNSET");
    dev.git(["config", "countersign.signingKey", ci.path]);
    const { status, stdout } = landed.attest(...wanted);
    expect({ status, types: JSON.parse(stdout).payloadType }).toEqual({
      status: 0,
      types: "application/vnd.in-toto+json",
    });
  });
});

describe("nothing is printed", () => {
  it("where it is not known from where others fetch the repository, or the address is none", () => {
    using landed = openLanded();
    const { dev } = landed.world;
    expectFault(landed.attest(), "RESOURCE_UNKNOWN", "origin is a folder");
    expectFault(landed.attest("--resource", "/srv/git/payments"), "OPTION_INVALID", "--resource");
    expectFault(landed.attest("--verifier", "me"), "OPTION_INVALID", "--verifier");
    dev.git(["remote", "set-url", "origin", "https://bob:secret@git.example/acme/payments.git"]);
    const [line = ""] = landed.attest(landed.signed).stdout.split("\n");
    expect(JSON.parse(line).predicate.resourceUri).toBe("git+https://git.example/acme/payments");
  });

  it("of what is not on the branch, or landed when nothing was asked; and what the advice says runs", () => {
    using landed = openLanded();
    const { dev } = landed.world;
    const root = dev.git(["rev-list", "--max-parents=0", "HEAD"]);
    expectFault(landed.attest(root, ...RESOURCE), "LANDING_UNJUDGED", "`countersign audit main --format json`");
    const { from } = JSON.parse(countersign(dev, ["audit", "main", "--format", "json"]).stdout);
    expect(landed.attest(`${from}..origin/main`, ...RESOURCE).stdout.split("\n")).toHaveLength(4);
    dev.git(["checkout", "-q", "-b", "topic"]);
    const topic = dev.commit("By hand\n", { files: { "t.txt": "t\n" } });
    expectFault(landed.attest(topic, landed.signed, ...RESOURCE), "COMMIT_NOT_LANDED", topic);
    dev.git(["checkout", "-q", "-B", "main", "origin/main"]);
    dev.git(["merge", "-q", "--no-ff", "-m", "Merge topic", "topic"]);
    dev.git(["push", "-q", "--no-verify", "origin", "main"]);
    const merge = dev.git(["rev-parse", "HEAD"]);
    expectFault(landed.attest(topic, ...RESOURCE), "LANDING_NEEDED", `name ${merge}, or `);
    expect(landed.attest(topic, "--predicate", "cosign", ...RESOURCE).status).toBe(0);
    expect(landed.attest(merge, ...RESOURCE)).toMatchObject({ status: 0, stderr: "" });
  });
});
