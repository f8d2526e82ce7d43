import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect } from "vitest";
import { run } from "../rig/process/run.ts";
import type { Repo } from "../rig/repository/repo.ts";

const CHECK = fileURLToPath(new URL("../../examples/check-by-hand/check.sh", import.meta.url));

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
  const signers = join(repo.scratch.dir, "signers");
  writeFileSync(signers, `${email} ${line}\n`);
  const args = [CHECK, repo.oid(revision), signers, branch, project];
  const { stdout } = run("sh", args, { cwd: repo.dir, env: repo.env });
  return stdout.split("\n").some((said) => said.startsWith(`good ${email} `));
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
