import { describe, expect, it } from "vitest";
import { countersign, expectFault } from "../rig/process/countersign.ts";
import { cloneForCi } from "../rig/repository/ci-clone.ts";
import { ASSISTED, VOUCHED } from "../rig/worlds/attempt.ts";
import { openPushWorld, type PushWorld } from "../rig/worlds/push-world.ts";

/** Commits beside `main`, on a branch of the server. */
function propose({ dev }: PushWorld, ...commits: readonly (readonly [string, Readonly<Record<string, string>>])[]) {
  dev.git(["switch", "-q", "--detach", "refs/remotes/origin/main"]);
  let tip = "";
  for (const [message, files] of commits) tip = dev.commit(message, { files });
  dev.git(["push", "-q", "--no-verify", "origin", `${tip}:refs/heads/topic`]);
  return tip;
}

const ALL = ["--merge", "merge", "--merge", "squash", "--merge", "rebase"];

describe("check --merge, in a clone as CI makes it", () => {
  it("says by which way what is co-signed would be lost, and what to do", () => {
    using world = openPushWorld();
    const ci = cloneForCi(world, propose(world, [VOUCHED, { "a.txt": "a\n" }]));
    const plain = countersign(ci, ["check", "HEAD", "--branch", "main"]);
    expect(plain.status).toBe(0);
    const { status, stdout } = countersign(ci, ["check", "HEAD", "--branch", "main", ...ALL]);
    expect(status).toBe(1);
    expect(stdout).toContain("allowed refs/heads/main by merge, rebase");
    expect(stdout).toContain("refused refs/heads/main by squash");
    expect(stdout).toMatch(/COSIGN_LOST: merging by squash would lose a co-sign .*\n {2}- .+ on [0-9a-f]{12}/);
    expect(countersign(ci, ["check", "HEAD", "--branch", "main", "--merge", "rebase"]).status).toBe(0);
    const json = JSON.parse(
      countersign(ci, ["check", "HEAD", "--branch", "main", ...ALL, "--format", "json"]).stdout,
    ) as { updates: { ways: string[]; new: string }[] };
    expect(json.updates.map(({ ways }) => ways)).toEqual([["merge", "rebase"], ["squash"]]);
    expect(new Set(json.updates.map((update) => update.new)).size).toBe(1);
  });

  it("lets a person's work pass by every way, and stops an agent's by each", () => {
    using world = openPushWorld();
    const own = cloneForCi(world, propose(world, ["Mine\n", { "a.txt": "a\n" }]));
    expect(countersign(own, ["check", "HEAD", "--branch", "main", ...ALL]).status).toBe(0);
    world.dev.git(["push", "-q", "--no-verify", "origin", ":refs/heads/topic"]);
    const theirs = cloneForCi(world, propose(world, [ASSISTED, { "b.txt": "b\n" }]));
    const { status, stdout } = countersign(theirs, ["check", "HEAD", "--branch", "main", ...ALL]);
    expect({ status, missing: stdout.split("COSIGN_MISSING:").length - 1 }).toEqual({ status: 1, missing: 1 });
    expect(stdout).toContain("refused refs/heads/main by merge, squash, rebase");
  });

  it("lets no way hide a mark in an encoding: a squash is written anew from what nobody could read", () => {
    using world = openPushWorld();
    const { dev } = world;
    const squash = (): string => {
      const { stdout } = countersign(dev, ["check", "HEAD", "--branch", "main", "--merge", "squash"]);
      return stdout;
    };
    propose(world, ["Mine\n", { "a.txt": "a\n" }]);
    const hidden = "Work\n\nCo-authored-by: Claude <noreply+AEA-anthropic.com>";
    dev.git(["-c", "i18n.commitEncoding=UTF-7", "commit", "-q", "--allow-empty", "-m", hidden]);
    dev.commit("Mine again\n", { files: { "b.txt": "b\n" } });
    expect(squash()).toContain("COMMIT_ENCODING");
    dev.git(["reset", "-q", "--hard", "HEAD~2"]);
    dev.git(["-c", "i18n.commitEncoding=EUC-JP", "commit", "-q", "--allow-empty", "-m", "Work"]);
    expect(squash()).toContain("allowed");
  });

  it("knows no other way", () => {
    using world = openPushWorld();
    expectFault(countersign(world.dev, ["check", "--merge", "octopus"]), "OPTION_INVALID", "octopus");
  });
});

describe("squash-message prints a message and nothing else", () => {
  it("for several commits: their subjects, people, agents, and on standard error what is lost", () => {
    using world = openPushWorld();
    const tip = propose(
      world,
      [VOUCHED, { "a.txt": "a\n" }],
      ["Add b\n\nSigned-off-by: Bob Builder <bob@acme.example>\n", { "b.txt": "b\n" }],
    );
    const { status, stdout, stderr } = countersign(world.dev, ["squash-message", tip, "--title", "Retry uploads (#7)"]);
    expect(status).toBe(0);
    expect(stderr).toContain("a co-sign in a message does not survive the squash");
    expect(stdout.split("\n")[0]).toBe("Retry uploads (#7)");
    expect(stdout).toMatch(/\n\n\* .+\n\* Add b\n\n/);
    expect(stdout).not.toContain("Co-signed-by");
    const trailers = world.dev.git(["interpret-trailers", "--parse"], { input: stdout });
    expect(trailers).toContain("Co-authored-by: Bob Builder <bob@acme.example>");
    expect(trailers).toContain("Signed-off-by: Bob Builder <bob@acme.example>");
  });

  it("that is known as an agent's work again", () => {
    using world = openPushWorld();
    const tip = propose(world, [ASSISTED, { "a.txt": "a\n" }], ["Mine\n", { "b.txt": "b\n" }]);
    const { stdout } = countersign(world.dev, ["squash-message", tip]);
    world.dev.git(["switch", "-q", "--detach", "refs/remotes/origin/main"]);
    world.dev.git(["merge", "-q", "--squash", tip]);
    world.dev.git(["commit", "-q", "--no-verify", "-F", "-"], { input: stdout });
    const { stdout: logged } = countersign(world.dev, ["log", "-n", "1", "--format", "jsonl"]);
    expect(JSON.parse(logged)).toMatchObject({ state: "assisted" });
  });

  it("for one commit: that commit's own, with its co-signs", () => {
    using world = openPushWorld();
    const tip = propose(world, [VOUCHED, { "a.txt": "a\n" }]);
    const { stdout, stderr } = countersign(world.dev, ["squash-message", tip]);
    expect({ stdout, stderr }).toEqual({ stdout: VOUCHED, stderr: "" });
  });

  it("and says so where there is nothing to sum up", () => {
    using world = openPushWorld();
    expectFault(countersign(world.dev, ["squash-message", "refs/remotes/origin/main"]), "NOTHING_TO_SQUASH");
  });
});
