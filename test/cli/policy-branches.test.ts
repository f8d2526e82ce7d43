import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { countersign } from "../rig/process/countersign.ts";
import { initRepo, type Repo } from "../rig/repository/repo.ts";
import { openScratch } from "../rig/repository/scratch.ts";
import { ASSISTED, attempt, expectAllowed, expectRefused, VOUCHED } from "../rig/worlds/attempt.ts";
import { openPushWorld, POLICY, type PushWorld } from "../rig/worlds/push-world.ts";

const FILE = "countersign.config.yaml";

const protecting = (...patterns: readonly string[]): string =>
  POLICY.replace("branches: [main]", `branches: ${JSON.stringify(patterns)}`);

function adviceOn(repo: Repo, ...args: readonly string[]): readonly string[] {
  const { status, stdout, stderr } = countersign(repo, ["policy", "check", "--format", "json", ...args]);
  expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
  return JSON.parse(stdout).advice.map(({ code, what }: { code: string; what: string }) => `${code}: ${what}`);
}

/** A world in which the server has more branches, each at the first commit. */
function worldWith(policy: string, ...branches: readonly string[]): PushWorld {
  const world = openPushWorld({ policy });
  for (const branch of branches) world.dev.git(["push", "-q", "--no-verify", "origin", `main:refs/heads/${branch}`]);
  return world;
}

describe("a pattern that does not do what it seems to do is told of", () => {
  it("where it is misspelled", () => {
    using world = worldWith(protecting("mian"));
    const what = "no branch matches mian; did you mean main?";
    expect(adviceOn(world.dev)).toContain(`BRANCH_PATTERN_UNMATCHED: ${what}`);
    expect(adviceOn(world.dev)).toContain("DEFAULT_BRANCH_UNPROTECTED: the default branch main is not protected");
    expectAllowed(attempt(world, world.dev.commit(ASSISTED)));
  });

  it("where it stays within one folder, and branches lie deeper", () => {
    using world = worldWith(protecting("main", "release/*"), "release/1", "release/2/1");
    expect(adviceOn(world.dev)).toEqual([
      "BRANCH_PATTERN_SHALLOW: release/* does not match the branch release/2/1, and no other pattern does",
    ]);
    const tip = world.dev.commit(ASSISTED);
    expectRefused(attempt(world, tip, { branch: "release/1" }), "COSIGN_MISSING");
    expectAllowed(attempt(world, tip, { branch: "release/2/1" }));
  });

  it("and not where it matches them all", () => {
    using world = worldWith(protecting("main", "release/**"), "release/1", "release/2/1");
    expect(adviceOn(world.dev)).toEqual([]);
    const tip = world.dev.commit(ASSISTED);
    expectRefused(attempt(world, tip, { branch: "release/1" }), "COSIGN_MISSING");
    expectRefused(attempt(world, tip, { branch: "release/2/1" }), "COSIGN_MISSING");
    expectAllowed(attempt(world, world.dev.commit(VOUCHED, { args: ["--amend"] }), { branch: "release/2/1" }));
  });

  it.each(["**", "*", "Countersign/*"])(
    "and not of the ledger where %s is a pattern, since no entry means it",
    (pattern) => {
      const policy = `${protecting("main", pattern, "other")}ledger: countersign/ledger\n`;
      using world = worldWith(policy, "countersign/ledger", "other");
      expect(adviceOn(world.dev).filter((what) => what.includes("countersign/ledger"))).toEqual([]);
    },
  );

  it.each(["!main", "@(main)", "+(main)", "{main,x}", "#main", "main.*"])(
    "where %s is written in a language of patterns that this is not",
    (pattern) => {
      using world = worldWith(protecting("main", pattern));
      expect(adviceOn(world.dev)).toEqual([expect.stringContaining(`no branch matches ${pattern}`)]);
    },
  );

  it("however many stars it has and however long the branches are", () => {
    const long = "a".repeat(120);
    using world = worldWith(protecting("main", `${"*a".repeat(64)}*b`), `${long}/${long}`, `b${long}`);
    expect(adviceOn(world.dev)).toEqual([expect.stringContaining("BRANCH_PATTERN_UNMATCHED")]);
  });
});

describe("a default branch that was renamed", () => {
  function renamed(policy: string): PushWorld {
    const world = openPushWorld({ policy });
    world.dev.git(["push", "-q", "--no-verify", "origin", "main:trunk"]);
    world.server.git(["symbolic-ref", "HEAD", "refs/heads/trunk"]);
    world.dev.git(["push", "-q", "--no-verify", "origin", ":main"]);
    world.dev.git(["remote", "set-head", "origin", "trunk"]);
    return world;
  }

  it("is found to be unprotected by the old name's pattern", () => {
    using world = renamed(POLICY);
    const unprotected = "DEFAULT_BRANCH_UNPROTECTED: the default branch trunk is not protected";
    expect(adviceOn(world.dev)).toContain(unprotected);
    expect(adviceOn(world.server, "--policy", "trunk")).toContain(unprotected);
    world.dev.commit(ASSISTED);
    const { status, stdout } = countersign(world.dev, ["check"]);
    expect({ status, stdout }).toEqual({
      status: 0,
      stdout: "countersign: allowed (the policy does not protect this branch)\n",
    });
    expect(countersign(world.dev, ["simulate"]).stdout).toContain("The policy does not protect trunk:");
  });

  it("is protected where the policy was renamed with it", () => {
    using world = renamed(protecting("trunk"));
    expect(adviceOn(world.server, "--policy", "trunk")).toEqual([]);
    const tip = world.dev.commit(ASSISTED);
    expectRefused(attempt(world, tip, { branch: "trunk" }), "COSIGN_MISSING");
    expect(countersign(world.dev, ["check"]).status).toBe(1);
  });
});

describe("a policy that is not where it is looked for", () => {
  it("is not in force on another branch than the default one, and that is told", () => {
    using world = openPushWorld({ policy: null });
    const { dev } = world;
    dev.git(["switch", "-q", "-c", "policy"]);
    dev.commit("Adopt\n", { files: { [FILE]: POLICY } });
    dev.git(["push", "-q", "--no-verify", "origin", "policy"]);
    dev.git(["switch", "-q", "main"]);
    const nowhere = "POLICY_NOT_IN_FORCE: the default branch main has no policy yet, so none is in force";
    expect(adviceOn(dev, "--policy", "origin/policy")).toEqual([nowhere]);
    const pushed = attempt(world, dev.commit(ASSISTED));
    expectAllowed(pushed, "origin has no policy yet, so nothing is enforced");
    expect(countersign(dev, ["check"]).stderr).toContain("POLICY_MISSING");
    // To see what it would do before it lands is what simulating is for.
    const simulated = countersign(dev, ["simulate", "--policy", "policy", "--format", "json"]);
    expect(JSON.parse(simulated.stdout)).toMatchObject({ commits: 2, refused: 1 });
  });

  it("is in force once it stands on the default branch", () => {
    using world = openPushWorld();
    expect(adviceOn(world.dev)).toEqual([]);
    expectRefused(attempt(world, world.dev.commit(ASSISTED)), "COSIGN_MISSING");
  });
});

describe("an empty repository", () => {
  it("has no branch to hold a policy against, but a default one", () => {
    using scratch = openScratch();
    const repo = initRepo(scratch, "empty");
    writeFileSync(join(repo.dir, FILE), protecting("main", "release/*"));
    expect(adviceOn(repo)).toEqual([]);
    writeFileSync(join(repo.dir, FILE), protecting("trunk"));
    expect(adviceOn(repo)).toEqual(["DEFAULT_BRANCH_UNPROTECTED: the default branch main is not protected"]);
  });

  it("on the server takes a first push with the policy, by which the second is judged", () => {
    using scratch = openScratch();
    const server = initRepo(scratch, "server.git", ["--bare"]);
    using world = openPushWorld();
    world.dev.git(["remote", "set-url", "origin", server.dir]);
    world.dev.git(["update-ref", "-d", "refs/remotes/origin/main"]);
    const first = world.push("origin", "main");
    expect(first).toMatchObject({ status: 0, hook: 0 });
    expect(first.stderr).toContain("origin has no policy yet, so nothing is enforced");
    world.dev.commit(ASSISTED);
    const second = world.push("origin", "main");
    expect(second).toMatchObject({ status: 1, hook: 1 });
    expect(second.stderr).toContain("COSIGN_MISSING");
    expect(server.oid("main")).toBe(world.dev.oid("HEAD^"));
  });
});
