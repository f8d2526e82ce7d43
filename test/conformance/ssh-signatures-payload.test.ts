import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { ObjectId } from "@countersign/core";
import { expect, it } from "vitest";
import { formatPayload, NAMESPACE } from "../../packages/core/src/cosign/payload.ts";
import { openScratch } from "../rig/scratch.ts";
import { makeSshKey, signWithSshKeygen, sshKeygen, sshKeygenAccepts } from "../rig/ssh-keys.ts";
import { ourVerdict } from "../rig/ssh-verdicts.ts";

const LINES = `countersign v1
project acme/payments
branch refs/heads/main
change sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855
parents 2 2222222222222222222222222222222222222222
author bob@acme.example
cosigner ada@acme.example
time 2026-11-23T10:00:00Z
`;

const payload = formatPayload({
  project: "acme/payments",
  branch: "refs/heads/main",
  change: "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
  parents: ["1".repeat(40), "2".repeat(40)] as ObjectId[],
  author: "Bob@acme.example",
  cosigner: "Ada@acme.example",
  time: "2026-11-23T10:00:00Z",
});

it("lets a person sign by hand what the program verifies", () => {
  using scratch = openScratch();
  const { path, line } = makeSshKey(scratch, "key", ["-t", "ed25519"]);
  const message = Buffer.from(LINES);
  const blob = signWithSshKeygen(scratch, path, { namespace: NAMESPACE, message });
  expect(ourVerdict({ line, namespace: NAMESPACE, message: Buffer.from(payload), blob })).toBe("accepted");
});

it("lets a person verify by hand what was signed by file", () => {
  using scratch = openScratch();
  const { path, line } = makeSshKey(scratch, "key", ["-t", "ed25519"]);
  const file = join(scratch.dir, "payload");
  writeFileSync(file, payload);
  sshKeygen(scratch, ["-q", "-Y", "sign", "-f", path, "-n", NAMESPACE, file]);
  const armored = readFileSync(`${file}.sig`, "utf8");
  const question = { line, options: `namespaces="${NAMESPACE}"`, namespace: NAMESPACE, armored };
  expect(sshKeygenAccepts(scratch, { ...question, message: Buffer.from(LINES) })).toBe(true);
});

it.each(["git", "file", "countersign@v0"])("takes no signature of the same lines in the namespace %s", (namespace) => {
  using scratch = openScratch();
  const { path, line } = makeSshKey(scratch, "key", ["-t", "ed25519"]);
  const message = Buffer.from(payload);
  const blob = signWithSshKeygen(scratch, path, { namespace, message });
  expect(ourVerdict({ line, namespace: NAMESPACE, message, blob })).toBe("is in another namespace than countersign@v1");
});
