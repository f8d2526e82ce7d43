import { createHash } from "node:crypto";
import { expect } from "vitest";
import type { Repo } from "../rig/repo.ts";
import { armor, sshKeygenAccepts } from "../rig/ssh-keys.ts";

export interface Asked {
  /** The line of the key that must have signed. */
  readonly line: string;
  readonly email?: string;
  readonly branch?: string;
  readonly project?: string;
}

/** Checks a co-signature with git and ssh-keygen alone, as the README tells anybody to do it. */
export function verifyByHand(
  repo: Repo,
  revision: string,
  { line, email = "ada@acme.example", branch = "main", project = "acme/payments" }: Asked,
): boolean {
  const commit = repo.oid(revision);
  const parents = repo.git(["log", "-1", "--format=%P", commit]).split(" ").filter(Boolean);
  const values = repo.git(["log", "-1", "--format=%(trailers:key=Co-signature,valueonly,unfold)", commit]).split("\n");
  const base = parents[0] ?? repo.git(["hash-object", "-t", "tree", "/dev/null"]);
  return values.some((value) => {
    const [signer, time = "", ...base64] = value.split(" ");
    if (signer !== email) return false;
    const payload = [
      "countersign v1",
      `project ${project}`,
      `branch refs/heads/${branch}`,
      `change sha256:${createHash("sha256")
        .update(rawDiff(repo, base, commit))
        .digest("hex")}`,
      `parents ${[parents.length, ...parents.slice(1)].join(" ")}`,
      `author ${repo.git(["log", "-1", "--format=%ae", "--no-mailmap", commit]).toLowerCase()}`,
      `cosigner ${email}`,
      `time ${time}`,
      "",
    ].join("\n");
    return sshKeygenAccepts(repo.scratch, {
      line,
      namespace: "countersign@v1",
      message: Buffer.from(payload),
      armored: armor(Buffer.from(base64.join(""), "base64")),
    });
  });
}

/** Paths of the tests are ASCII, so that text is bytes here. */
function rawDiff(repo: Repo, base: string, commit: string): string {
  const args = ["diff-tree", "-r", "--raw", "-z", "--no-abbrev", "--no-renames", "--no-commit-id", base, commit];
  return repo.try(args).stdout;
}

export function expectCosigned(repo: Repo, revision: string, asked: Asked): void {
  expect(repo.git(["log", "-1", "--format=%(trailers:key=Co-signed-by,valueonly)", revision])).toContain(
    `<${asked.email ?? "ada@acme.example"}>`,
  );
  expect(verifyByHand(repo, revision, asked)).toBe(true);
}

/** What a co-sign must leave as it was, of every commit of a range. */
export function keptParts(repo: Repo, range: string): string {
  return repo.git([
    "log",
    "--topo-order",
    "--format=%T %an <%ae> %ad %s %e %(trailers:key=Co-authored-by)",
    "--date=raw",
    range,
  ]);
}
