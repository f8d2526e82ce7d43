import type { ObjectId, Repository } from "@countersign/core";
import { NewHistory, openGitRepository } from "@countersign/git/internal";
import { expect, it } from "vitest";
import { publishedValidator } from "../rig/installed/published-validator.ts";
import { makeSshKey } from "../rig/keys/ssh-keys.ts";
import { countersign, expectFault } from "../rig/process/countersign.ts";
import { initRepo } from "../rig/repository/repo.ts";
import { openScratch } from "../rig/repository/scratch.ts";
import { CLAUDE } from "../rig/worlds/push-world.ts";
import { cloneFor, NAMED, pushUpload } from "./clones.ts";
import { ADA, expectScreen, openCosignWorld, policyWith } from "./cosign-world.ts";
import { cosign } from "./terminal-session.ts";

it("says what waits for me, here and on the remote, and its command signs it", async () => {
  using world = openCosignWorld({ rules: NAMED });
  const clone = cloneFor(world, "ada", ADA, world.key);
  pushUpload(world);
  world.dev.git(["switch", "-q", "-c", "by-hand", "main"]);
  world.dev.commit("Say more\n");
  world.dev.git(["push", "-q", "--no-verify", "origin", "by-hand", "main:old"]);
  clone.git(["switch", "-q", "-c", "mine"]);
  clone.commit(`Try it\n\n${CLAUDE}\n`);
  const { stdout, status } = countersign(clone, ["cosign", "--list"]);
  expectScreen(
    stdout,
    "1 branch waits for a co-sign from ada@acme.example, for main on origin (of 3 that have new commits)",
    "by      Bob Builder <bob@acme.example>",
    "size    3 commits, 2 to co-sign; 2 files, +4 -0 lines",
    "agents  claude-code",
    "needs   a signed co-sign from a person of level senior or higher",
  );
  expect(status).toBe(0);
  const command = /next {4}countersign cosign (.+)/.exec(stdout)?.[1] ?? "";
  expectScreen((await cosign(clone, command.split(" "))).screen, "co-signed 2 commits of origin/upload for main");
  expectScreen(countersign(clone, ["cosign", "--list"]).stdout, "no branches wait for a co-sign");
});

it("names who has signed already, in JSON that holds by its published schema", async () => {
  using world = openCosignWorld();
  const key = makeSshKey(world.scratch, "grace-key", ["-t", "ed25519"]);
  const policy = policyWith(world.key.line, `cosign: { count: 2 }\n${NAMED}`).replace(
    "level: principal",
    `level: principal\n    keys: ["${key.line}"]`,
  );
  world.dev.commit("Policy\n", { files: { "countersign.config.yaml": policy } });
  world.dev.git(["push", "-q", "--no-verify", "origin", "main"]);
  pushUpload(world);
  await cosign(cloneFor(world, "grace", "Grace Hopper <grace@acme.example>", key), ["upload"]);
  const clone = cloneFor(world, "ada", ADA, world.key);
  clone.git(["branch", "upload", "origin/upload~1"]);
  const list = JSON.parse(countersign(clone, ["cosign", "--list", "--format", "json"]).stdout);
  const validate = publishedValidator("waiting");
  expect(validate(list), JSON.stringify(validate.errors)).toBe(true);
  expect(list.branches).toMatchObject([
    {
      ref: "refs/remotes/origin/upload",
      target: "main",
      commits: 3,
      waiting: 2,
      needs: [{ count: 2, missing: 1 }],
      signed: [{ email: "grace@acme.example", proof: "signed" }],
    },
  ]);
  expectScreen(countersign(clone, ["cosign", "--list"]).stdout, "; 1 more", "signed  grace@acme.example (signed)");
});

it("needs a person on the roster, and takes no branch", () => {
  using world = openCosignWorld({ rules: NAMED });
  pushUpload(world);
  const { stderr, status } = countersign(world.dev, ["cosign", "--list"], {
    env: { GIT_COMMITTER_EMAIL: "eve@elsewhere.example" },
  });
  expectScreen(stderr, "SIGNER_UNKNOWN");
  expect(status).toBe(1);
  expectFault(countersign(world.ada, ["cosign", "--list", "upload"]), "OPTION_INVALID");
});

it("looks at many branches by one walk that gives what git gives for each", async () => {
  const scratch = openScratch();
  const repo = initRepo(scratch, "grown");
  const tree = repo.git(["mktree"], { input: "" });
  // Merges across every line, the target's included, and roots of their own.
  const commits: ObjectId[] = [];
  for (let at = 0; at < 24; at += 1) {
    const parents = at % 9 === 0 ? [] : [...new Set([commits[at - 1 - (at % 3)], commits[(at * 7) % at]])];
    const named = parents.flatMap((parent) => (parent ? ["-p", parent] : []));
    commits.push(repo.git(["commit-tree", "-m", `${at}`, ...named, tree]) as ObjectId);
  }
  const repository = await openGitRepository(repo.dir, repo.env);
  const listed = async (of: Pick<Repository, "commits">, tip: ObjectId, exclude: readonly ObjectId[]) => {
    const found: string[] = [];
    for await (const { oid } of of.commits({ tips: [tip], exclude })) found.push(oid);
    return found.sort();
  };
  const [target, also] = [commits[13], commits[4]] as [ObjectId, ObjectId];
  const history = await NewHistory.read(repository, { target, tips: commits, also });
  expect(history).toBeInstanceOf(NewHistory);
  for (const tip of commits) {
    for (const exclude of [[target], [target, also]]) {
      expect(await listed(history, tip, exclude)).toEqual(await listed(repository, tip, exclude));
    }
    expect(await history.isAncestor(target, tip)).toBe(await repository.isAncestor(target, tip));
  }
  repository.kill();
  scratch[Symbol.dispose]();
});
