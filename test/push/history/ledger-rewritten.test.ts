import { addToLedger, type GitRepository, openGitRepository } from "@countersign/git/internal";
import { expect, it } from "vitest";
import { REF, Writer } from "../../ledger/ledger-world.ts";
import { openPushWorld, POLICY, type PushResult, type PushWorld } from "../../rig/worlds/push-world.ts";

const WITH_LEDGER = `${POLICY}ledger: countersign/ledger\n`;

/** Ada's records of two commits, pushed; and the ledger before the second one. */
async function pushTwo(world: PushWorld, repository: GitRepository) {
  const ada = new Writer(world.dev, repository, "ada@acme.example");
  const add = async (): Promise<string> => {
    const record = await ada.record([world.dev.commit("Work\n")]);
    return addToLedger(repository, { ref: REF, tracking: undefined }, { records: [record] });
  };
  const first = await add();
  expect(world.push("origin", REF).status).toBe(0);
  const second = await add();
  expect(world.push("origin", REF).status).toBe(0);
  return { first, second };
}

/** A commit of a ledger with another tree, on top of these. */
function commitTree({ dev }: PushWorld, tree: string, ...parents: readonly string[]): string {
  return dev.git(["commit-tree", "-m", "x", ...parents.flatMap((parent) => ["-p", parent]), tree]);
}

function expectRefused(result: PushResult, tip: string, problem: RegExp): void {
  expect([result.status, result.hook, result.refs.get(REF)]).toEqual([1, 1, tip]);
  expect(result.stderr).toContain("LEDGER_REWRITTEN");
  expect(result.stderr.replace(/\s+/g, " ")).toMatch(problem);
}

it("records are never taken out of a ledger by a push, forced or not; they are added, and anything else may change", async () => {
  using world = openPushWorld({ policy: WITH_LEDGER });
  const { dev } = world;
  const repository = await openGitRepository(dev.dir, dev.env);
  const { first, second } = await pushTwo(world, repository);
  await repository.close();

  expectRefused(world.push("--force", "origin", `${first}:${REF}`), second, /removes the record/);
  const reverted = commitTree(world, `${first}^{tree}`, second);
  expectRefused(world.push("origin", `${reverted}:${REF}`), second, /removes the record/);
  expectRefused(world.push("--delete", "origin", REF), second, /deletes the branch of the ledger/);
  const unrelated = commitTree(world, dev.git(["mktree"], { input: "" }));
  expectRefused(world.push("--force", "origin", `${unrelated}:${REF}`), second, /removes the record/);
  // Merged with an unrelated history, but without its records.
  const merged = commitTree(world, `${first}^{tree}`, second, unrelated);
  expectRefused(world.push("origin", `${merged}:${REF}`), second, /removes the record/);

  const workflow = dev.git(["ls-tree", second]);
  const blob = dev.git(["hash-object", "-w", "--stdin"], { input: "on: push\n" });
  const more = dev.git(["mktree"], { input: `${workflow}\n100644 blob ${blob}\tREADME.md\n` });
  const rewritten = commitTree(world, more, first);
  const result = world.push("--force", "origin", `${rewritten}:${REF}`);
  expect([result.status, result.refs.get(REF)]).toEqual([0, rewritten]);
});

it("a branch that is no ledger may be rewritten, and a push of both is refused for the ledger alone", async () => {
  using world = openPushWorld({ policy: WITH_LEDGER });
  const repository = await openGitRepository(world.dev.dir, world.dev.env);
  const { first, second } = await pushTwo(world, repository);
  await repository.close();
  expect(world.push("origin", `${second}:refs/heads/copy`).status).toBe(0);
  expect(world.push("--force", "origin", `${first}:refs/heads/copy`).status).toBe(0);
  const both = world.push("--force", "origin", `${first}:${REF}`, `${second}:refs/heads/copy`);
  expectRefused(both, second, /removes the record/);
  expect(both.stderr.match(/LEDGER_REWRITTEN/g)).toHaveLength(1);
});

it("what a ledger's commits have for parents was judged by nobody, whatever a pattern means", async () => {
  using world = openPushWorld({ policy: WITH_LEDGER.replace("[main]", '["**"]\n    accepts: ["**"]') });
  const { dev } = world;
  const repository = await openGitRepository(dev.dir, dev.env);
  const { second } = await pushTwo(world, repository);
  await repository.close();
  const person = dev.oid("HEAD");
  const agents = dev.commit("Generated\n\nAssisted-by: claude-code\n");
  const carrier = commitTree(world, `${second}^{tree}`, agents, second);
  expect(world.push("origin", `${carrier}:${REF}`).status).toBe(0);
  const smuggled = world.push("origin", `${agents}:refs/heads/other`);
  expect([smuggled.status, smuggled.hook]).toEqual([1, 1]);
  expect(smuggled.stderr).toContain("COSIGN_MISSING");
  expect(world.push("origin", `${person}:refs/heads/other`).status).toBe(0);
});
