import nodeFs from "node:fs";
import { parseObjectId } from "@countersign/core";
import * as overGit from "@countersign/git";
import * as isomorphic from "@countersign/isomorphic";
import { describe, expect, it } from "vitest";
import { gitdirOf } from "../../contract/backends.ts";
import { countersign } from "../../rig/process/countersign.ts";
import { commandsOf, follow } from "../../rig/text/advice.ts";
import { ASSISTED, attempt, expectAllowed, expectRefused, expectUndecided, VOUCHED } from "../../rig/worlds/attempt.ts";
import { openPushWorld, POLICY, type PushWorld } from "../../rig/worlds/push-world.ts";

const FILE = "countersign.config.yaml";
const protecting = (...branches: readonly string[]): string => POLICY.replace("[main]", JSON.stringify(branches));

/** What a person with another clone did on the server meanwhile. */
function land(world: PushWorld, from: string, branch: string, files: Record<string, string>): string {
  const { dev } = world;
  dev.git(["checkout", "-q", "--detach", from]);
  const commit = dev.commit("Change the policy\n", { files });
  dev.git(["push", "-q", "--no-verify", "origin", `HEAD:refs/heads/${branch}`]);
  dev.git(["fetch", "-q", "origin"]);
  return commit;
}

/** A commit on top of a branch of the server. */
function onTop(world: PushWorld, branch: string, message: string): string {
  world.dev.git(["checkout", "-q", "--detach", `refs/remotes/origin/${branch}`]);
  return world.dev.commit(message);
}

/** The server's default branch became `trunk`, and this clone has noted `main`. */
function openRenamed(policy = protecting("trunk", "release/**")): PushWorld {
  // isomorphic-git, one of the doors, reads no other format.
  const world = openPushWorld({ format: "sha1" });
  land(world, "main", "trunk", { [FILE]: policy });
  world.server.git(["symbolic-ref", "HEAD", "refs/heads/trunk"]);
  return world;
}

describe("a default branch that was renamed without this clone's knowledge", () => {
  it.each([
    ["by its name", protecting("trunk", "release/**")],
    ["by a pattern", protecting("**")],
    ["by a policy that is damaged", `${protecting("trunk")}nonsense: 1\n`],
    ["with the marks of a conflict in its policy", `<<<<<<< ours\n${protecting("trunk")}=======\n>>>>>>> theirs\n`],
  ])("is not judged by the policy of the old one where it is protected %s", (_, policy) => {
    using world = openRenamed(policy);
    expectUndecided(
      attempt(world, onTop(world, "trunk", ASSISTED), { branch: "trunk" }),
      "POLICY_CONTRADICTED: trunk holds a policy",
      "refs/remotes/origin/main",
    );
  });

  it("is judged by its own once the advice was followed", () => {
    using world = openRenamed();
    const assisted = onTop(world, "trunk", ASSISTED);
    const [fetch = "", note = ""] = commandsOf(attempt(world, assisted, { branch: "trunk" }).stderr);
    follow(world.dev, [fetch, note]);
    expectRefused(attempt(world, assisted, { branch: "trunk" }), "COSIGN_MISSING");
    expectAllowed(attempt(world, onTop(world, "trunk", VOUCHED), { branch: "trunk" }));
  });

  it("is doubted by every door alike", async () => {
    using world = openRenamed();
    const { dev } = world;
    const tip = onTop(world, "trunk", ASSISTED);
    const { status, stderr } = countersign(dev, ["check", "HEAD", "--branch", "trunk"]);
    expect({ status, code: stderr.split(":")[0] }).toEqual({ status: 2, code: "POLICY_CONTRADICTED" });
    const old = dev.oid("refs/remotes/origin/trunk");
    const update = { ref: "refs/heads/trunk", old: parseObjectId(old), new: parseObjectId(tip) };
    const opened = [
      await overGit.openRepository({ path: dev.dir, env: dev.env }),
      await isomorphic.openRepository({ fs: nodeFs, gitdir: gitdirOf(dev) }),
    ];
    for (const repository of opened) {
      await using open = repository;
      const decision = await open.judgeUpdates([update]);
      expect({ exit: decision.exitCode, code: decision.updates[0]?.faults[0]?.code }).toEqual({
        exit: 2,
        code: "POLICY_CONTRADICTED",
      });
      await expect(open.judge("HEAD", { branch: "trunk" })).rejects.toMatchObject({ code: "POLICY_CONTRADICTED" });
    }
  });

  it("cannot be pushed again under its old name", () => {
    using world = openRenamed();
    world.server.git(["branch", "-D", "main"]);
    const pushed = attempt(world, onTop(world, "main", ASSISTED));
    expectUndecided(pushed, "POLICY_REF_UNKNOWN", "the branch that was the default one is not there any more");
    follow(world.dev, commandsOf(pushed.stderr));
    // The policy in force protects trunk, and main is a branch like any other now.
    expectAllowed(attempt(world, world.dev.oid("HEAD")));
  });
});

describe("a branch with another policy than the default one", () => {
  it("is no contradiction where the default branch had that policy before", () => {
    using world = openPushWorld({ policy: protecting("main", "release/**") });
    world.dev.git(["push", "-q", "--no-verify", "origin", "main:release/1"]);
    land(world, "main", "main", { [FILE]: protecting("main", "release/**", "stable") });
    const newer = land(world, "refs/remotes/origin/main", "main", { [FILE]: protecting("main", "release/**", "next") });
    expectRefused(attempt(world, onTop(world, "release/1", ASSISTED), { branch: "release/1" }), "COSIGN_MISSING");
    expectAllowed(attempt(world, onTop(world, "release/1", VOUCHED), { branch: "release/1" }));
    // Taken over from main, and main has moved on since.
    const policy = world.dev.git(["show", `${newer}~1:${FILE}`]);
    land(world, "refs/remotes/origin/release/1", "release/1", { [FILE]: `${policy}\n` });
    expectAllowed(attempt(world, onTop(world, "release/1", VOUCHED), { branch: "release/1" }));
  });

  it("is no contradiction where that protects other branches alone", () => {
    using world = openPushWorld();
    land(world, "main", "topic", { [FILE]: protecting("main", "release/**") });
    expectAllowed(attempt(world, onTop(world, "topic", ASSISTED), { branch: "topic" }));
  });

  it("is let through where a person has said which branch is the default one", () => {
    using world = openPushWorld();
    land(world, "main", "topic", { [FILE]: protecting("**") });
    const pushed = attempt(world, onTop(world, "topic", ASSISTED), { branch: "topic" });
    expectUndecided(pushed, "POLICY_CONTRADICTED");
    const [, , say = ""] = commandsOf(pushed.stderr);
    follow(world.dev, [say]);
    expectAllowed(attempt(world, world.dev.oid("HEAD"), { branch: "topic" }));
  });
});

describe("a clone that has not noted the default branch", () => {
  it("takes neither of main and master where there are both", () => {
    using world = openPushWorld({ policy: protecting("main", "release/**") });
    const { dev } = world;
    land(world, "main", "master", { [FILE]: protecting("none") });
    dev.git(["remote", "set-head", "origin", "--delete"]);
    const pushed = attempt(world, onTop(world, "main", ASSISTED), { branch: "release/1" });
    expectUndecided(pushed, "POLICY_REF_UNKNOWN", "both a main and a master");
    follow(dev, commandsOf(pushed.stderr));
    expectRefused(attempt(world, dev.oid("HEAD"), { branch: "release/1" }), "COSIGN_MISSING");
  });

  it("does not take a main that somebody made, while the pushed branch says that it is protected", () => {
    using world = openPushWorld({ policy: protecting("develop", "release/**") });
    const { dev, server } = world;
    dev.git(["push", "-q", "--no-verify", "origin", "main:develop"]);
    server.git(["symbolic-ref", "HEAD", "refs/heads/develop"]);
    land(world, "main", "main", { [FILE]: protecting("none") });
    dev.git(["remote", "set-head", "origin", "--delete"]);
    const pushed = attempt(world, onTop(world, "develop", ASSISTED), { branch: "develop" });
    expectUndecided(pushed, "POLICY_CONTRADICTED");
    follow(dev, commandsOf(pushed.stderr).slice(0, 2));
    expectRefused(attempt(world, dev.oid("HEAD"), { branch: "develop" }), "COSIGN_MISSING");
  });

  it("does not take want of a policy on such a main for want of one at all", () => {
    using world = openPushWorld({ policy: null });
    const { dev } = world;
    land(world, "main", "develop", { [FILE]: protecting("develop", "release/**") });
    dev.git(["remote", "set-head", "origin", "--delete"]);
    const pushed = attempt(world, onTop(world, "main", ASSISTED), { branch: "release/1" });
    expectUndecided(pushed, "POLICY_REF_UNKNOWN");
  });

  it("goes by the only one of both, and by the want of a policy where no branch has one", () => {
    using world = openPushWorld();
    world.dev.git(["remote", "set-head", "origin", "--delete"]);
    expectRefused(attempt(world, onTop(world, "main", ASSISTED)), "COSIGN_MISSING");
    expectAllowed(attempt(world, onTop(world, "main", ASSISTED), { branch: "topic" }));
    using without = openPushWorld({ policy: null });
    without.dev.git(["remote", "set-head", "origin", "--delete"]);
    expectAllowed(attempt(without, onTop(without, "main", ASSISTED)), "origin has no policy yet");
  });
});
