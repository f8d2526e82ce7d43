import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { type Run, run } from "../rig/process/run.ts";
import { ROOT } from "../rig/suite/bins.ts";
import { Lab, SIGNERS, type Signing } from "./lab.ts";

const SCRIPT = join(ROOT, "examples/check-by-hand/check-ledger.sh");

/** What the script says of a commit. */
function check({ repo }: Lab, commit: string): Run {
  const signers = join(repo.dir, ".git/signers");
  writeFileSync(signers, SIGNERS);
  return run("sh", [SCRIPT, commit, signers, "refs/heads/countersign/ledger"], { cwd: repo.dir, env: repo.env });
}

async function sign(lab: Lab, signing: Signing = {}): Promise<string> {
  lab.begin("topic");
  lab.assisted({ "a.txt": "1\n", "dir/tab\there": "x\n", "README.md": null });
  const tip = lab.assisted({ "a.txt": "2\n" });
  await lab.sign(tip, signing);
  return tip;
}

it("git, sha256sum and ssh-keygen alone find a co-sign of the ledger good, of a commit and of its squash", async () => {
  await using lab = await Lab.open(undefined, { "README.md": "x\n" });
  const tip = await sign(lab);
  const good = `good ada@acme.example 2026-11-23T09:59:00Z refs/heads/main ${lab.main}\n`;
  for (const commit of [tip, `${tip}~1`, lab.squash(tip)]) {
    expect(check(lab, commit)).toMatchObject({ status: 0, stdout: good });
  }
});

it("and bad where another key signed, and find none for another change", async () => {
  await using lab = await Lab.open(undefined, { "README.md": "x\n" });
  const tip = await sign(lab, { by: "jim", head: { cosigner: "ada@acme.example" } });
  expect(check(lab, tip)).toMatchObject({ status: 1, stdout: expect.stringMatching(/^bad ada@acme\.example /) });
  const other = lab.assisted({ "b.txt": "1\n" });
  expect(check(lab, other).status).not.toBe(0);
});
