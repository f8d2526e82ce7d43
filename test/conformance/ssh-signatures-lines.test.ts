import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { ObjectId } from "@countersign/core";
import { expect, it } from "vitest";
import { formatLines, NAMESPACE } from "../../packages/core/src/cosign/lines.ts";
import { makeSshKey, signWithSshKeygen, sshKeygen, sshKeygenAccepts } from "../rig/keys/ssh-keys.ts";
import { ourVerdict } from "../rig/keys/ssh-verdicts.ts";
import { openScratch } from "../rig/repository/scratch.ts";

const DIGEST = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";
const LINES = `countersign v1
project acme/payments
branch refs/heads/main 5555555555555555555555555555555555555555
cosigner ada@acme.example
time 2026-11-23T10:00:00Z
change sha256:${DIGEST}
paths sha256:${DIGEST}
parents 2 2222222222222222222222222222222222222222
own sha256:${DIGEST}
author bob@acme.example
`;

const signed = formatLines({
  head: {
    project: "acme/payments",
    branches: [{ ref: "refs/heads/main", base: "5".repeat(40) as ObjectId }],
    cosigner: "Ada@acme.example",
    time: "2026-11-23T10:00:00Z",
  },
  blocks: [
    {
      change: DIGEST,
      paths: DIGEST,
      parents: 2,
      otherParents: ["2".repeat(40)] as ObjectId[],
      own: DIGEST,
      authors: ["Bob@acme.example"],
    },
  ],
});

it("lets a person sign by hand what the program verifies", () => {
  using scratch = openScratch();
  const { path, line } = makeSshKey(scratch, "key", ["-t", "ed25519"]);
  const message = Buffer.from(LINES);
  const blob = signWithSshKeygen(scratch, path, { namespace: NAMESPACE, message });
  expect(ourVerdict({ line, namespace: NAMESPACE, message: Buffer.from(signed), blob })).toBe("accepted");
});

it("lets a person verify by hand what was signed by file", () => {
  using scratch = openScratch();
  const { path, line } = makeSshKey(scratch, "key", ["-t", "ed25519"]);
  const file = join(scratch.dir, "lines");
  writeFileSync(file, signed);
  sshKeygen(scratch, ["-q", "-Y", "sign", "-f", path, "-n", NAMESPACE, file]);
  const armored = readFileSync(`${file}.sig`, "utf8");
  const question = { line, options: `namespaces="${NAMESPACE}"`, namespace: NAMESPACE, armored };
  expect(sshKeygenAccepts(scratch, { ...question, message: Buffer.from(LINES) })).toBe(true);
});

it.each(["git", "file", "countersign@v0"])("takes no signature of the same lines in the namespace %s", (namespace) => {
  using scratch = openScratch();
  const { path, line } = makeSshKey(scratch, "key", ["-t", "ed25519"]);
  const message = Buffer.from(signed);
  const blob = signWithSshKeygen(scratch, path, { namespace, message });
  expect(ourVerdict({ line, namespace: NAMESPACE, message, blob })).toBe("is not in the namespace countersign@v1");
});
