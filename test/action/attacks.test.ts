import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { cosign } from "../cosign/terminal-session.ts";
import { CLAUDE } from "../rig/push-world.ts";
import type { Repo } from "../rig/repo.ts";
import { land, squash } from "./buttons.ts";
import { type GateWorld, openGateWorld } from "./gate-world.ts";
import { ASSISTED, BY_HAND, openPull, proposeHead, TYPED } from "./pulls.ts";

const POLICY = "countersign.config.yaml";
const OWN_POLICY = "version: 1\nproject: acme/payments\npeople: []\nprotect: []\n";

/** The codes of what a run found. */
function codesIn(stdout: string): readonly string[] {
  return [...new Set([...stdout.matchAll(/title=([A-Z_]+)::/g)].map(([, code = ""]) => code))].sort();
}

/** A merge of a history without a policy and of main, with main's files but for the policy, or with another one. */
function mergeAway(dev: Repo, policy: string | undefined): void {
  const root = dev.git(["commit-tree", "-m", "Scratch", dev.git(["mktree"], { input: "" })]);
  const entries = dev
    .git(["ls-tree", "origin/main"])
    .split("\n")
    .filter((line) => !line.endsWith(`\t${POLICY}`));
  if (policy !== undefined) {
    const blob = dev.git(["hash-object", "-w", "--stdin"], { input: policy });
    entries.push(`100644 blob ${blob}\t${POLICY}`);
  }
  const tree = dev.git(["mktree"], { input: `${entries.join("\n")}\n` });
  const evil = dev.git(["commit-tree", "-m", "Merge main", "-p", root, "-p", "origin/main", tree]);
  dev.git(["switch", "-q", "--detach", evil]);
}

describe("a pull request that works on its own judge", () => {
  let world: GateWorld;
  beforeAll(async () => {
    world = await openGateWorld(TYPED);
    const { dev, github } = world;
    Object.assign(github.settings, { allow_squash_merge: false });
    // The branches parted: main moved on since.
    dev.git(["branch", "old", "origin/main"]);
    dev.commit("Move on\n", { files: { "moved.txt": "on\n" } });
    dev.git(["push", "-q", "--no-verify", "origin", "HEAD:main"]);
    dev.git(["fetch", "-q", "origin"]);
  });
  afterAll(() => world[Symbol.asyncDispose]());

  const refuses = async (number: number, ...codes: readonly string[]): Promise<void> => {
    const ran = await world.judge(number);
    const head = world.github.headOf(number);
    expect({ status: ran.status, verdict: world.github.verdictOn(head) }).toEqual({
      status: 1,
      verdict: { "countersign (main)": "failure" },
    });
    expect(codesIn(ran.stdout)).toEqual(codes);
  };

  it.each([
    ["a merge that drops the policy", () => mergeAway(world.dev, undefined), ["POLICY_REMOVED"]],
    [
      "a merge that brings a policy of its own",
      () => mergeAway(world.dev, OWN_POLICY),
      ["POLICY_BROKEN", "POLICY_CHANGED"],
    ],
    [
      "a second policy file, from before main moved on",
      () => {
        world.dev.git(["switch", "-q", "--detach", "old"]);
        world.dev.commit("Add settings\n", { files: { ".countersignrc": OWN_POLICY } });
      },
      ["POLICY_BROKEN", "POLICY_CHANGED"],
    ],
    [
      "a link in the place of the policy",
      () => {
        const { dev } = world;
        dev.git(["switch", "-q", "--detach", "old"]);
        dev.git(["rm", "-q", POLICY]);
        const blob = dev.git(["hash-object", "-w", "--stdin"], { input: "README.md" });
        dev.git(["update-index", "--add", "--cacheinfo", `120000,${blob},${POLICY}`]);
        dev.git(["commit", "-q", "--no-verify", "-m", "Link"]);
        dev.git(["reset", "-q", "--hard"]);
      },
      ["POLICY_BROKEN", "POLICY_REMOVED"],
    ],
  ])("is refused with %s, though main has moved on", async (_, prepare, codes) => {
    prepare();
    proposeHead(world, 1);
    await refuses(1, ...codes);
  });

  it.each([
    ["a tag named as the branch is named in clones", "refs/tags/origin/main"],
    ["a tag named as the branch in full", "refs/tags/refs/heads/main"],
    ["a branch whose short name is main's full one", "refs/heads/refs/heads/main"],
    ["a branch named HEAD, which would be the default branch's", "refs/heads/HEAD"],
  ])("is refused with %s", async (_, ref) => {
    const head = openPull(world, 2, [ASSISTED]);
    world.server.git(["update-ref", ref, head]);
    await refuses(2, "COSIGN_MISSING");
    world.server.git(["update-ref", "-d", ref]);
  });

  it.each([
    [
      "the workflow and the gate's own file",
      {
        ".github/workflows/countersign.yml": "on: push\njobs: {}\n",
        ".github/countersign/gate.mjs": "process.exit(0);\n",
      },
    ],
    [
      "a second workflow of the same name",
      { ".github/workflows/a.yml": "name: countersign\non: pull_request\njobs: {}\n" },
    ],
    [
      "programs and settings for whoever checks it out",
      {
        "node_modules/.bin/git": "#!/bin/sh\nexit 0\n",
        ".npmrc": "node-options=--require=./evil.js\n",
        ".gitattributes": "* merge=evil filter=evil\n",
        ".gitmodules": '[submodule "x"]\n\tpath = x\n\turl = ./x\n',
        ".gitconfig": "[merge]\n\tdefault = evil\n",
      },
    ],
    ["a list of branches that it calls accepted", { ".countersign/accepts": "**\n" }],
  ])("is refused with %s", async (_, files) => {
    openPull(world, 3, [ASSISTED], { files });
    await refuses(3, "COSIGN_MISSING");
  });

  it("passes where it is a person's own work, on top of old history and in many merges of main", async () => {
    const { dev } = world;
    dev.git(["switch", "-q", "--detach", "old"]);
    dev.commit(BY_HAND);
    dev.git(["merge", "-q", "--no-edit", "origin/main"]);
    dev.commit(BY_HAND);
    proposeHead(world, 4);
    const ran = await world.judge(4);
    expect(codesIn(ran.stdout)).toEqual([]);
    expect(ran.status).toBe(0);
  });
});

describe("a pull request that brings back what was taken out", () => {
  it("needs a new look, whichever way it comes; a new change of the same file does not need more than any", async () => {
    await using world = await openGateWorld();
    const { github, dev, server, senior } = world;
    const head = openPull(world, 1, [ASSISTED], { files: { "retry.txt": "1\n2\n3\n" } });
    expect((await cosign(senior, ["1"])).status).toBe(0);
    expect((await world.judge(1)).status).toBe(0);
    const main = server.oid("refs/heads/main");
    land(server, "main", squash(server, main, head, `Retry uploads (#1)\n\n${CLAUDE}\n`));
    dev.git(["fetch", "-q", "origin"]);
    dev.git(["switch", "-q", "--detach", "origin/main"]);
    dev.git(["revert", "--no-edit", "HEAD"]);
    dev.git(["push", "-q", "--no-verify", "origin", "HEAD:main"]);
    dev.git(["fetch", "-q", "origin"]);

    const ways: readonly (() => void)[] = [
      () => dev.git(["switch", "-q", "--detach", head]),
      () => {
        dev.git(["switch", "-q", "--detach", "origin/main"]);
        dev.git(["cherry-pick", head]);
      },
      () => {
        dev.git(["switch", "-q", "--detach", head]);
        dev.git(["commit", "-q", "--amend", "-m", `Retry once more\n\n${CLAUDE}\n`]);
      },
      () => {
        dev.git(["switch", "-q", "--detach", "origin/main"]);
        dev.git(["revert", "--no-edit", "HEAD"]);
      },
    ];
    for (const [index, prepare] of ways.entries()) {
      prepare();
      proposeHead(world, 10 + index);
      const ran = await world.judge(10 + index);
      expect({ index, status: ran.status }).toEqual({ index, status: 1 });
      expect(ran.stdout).toMatch(/title=COSIGN_(?:SPENT|MISSING)::/);
    }
    expect(github.verdictOn(github.headOf(10))).toEqual({ "countersign (main)": "failure" });

    openPull(world, 20, [ASSISTED], { files: { "retry.txt": "another\n" } });
    expect((await cosign(senior, ["20"])).status).toBe(0);
    expect((await world.judge(20)).status).toBe(0);
  });
});

describe("a pull request from a branch that nobody judged", () => {
  it.each([
    ["every branch is protected alike", '["**"]', "topic", "main"],
    ["release branches are, and it comes from one", '[main, "release/**"]', "release/x", "main"],
    ["release branches are, and it goes from one to another", '[main, "release/**"]', "release/x", "release/1"],
    ["the branch is named as what is protected", '["m*"]', "m2", "main"],
  ])("is refused where %s", async (_, branches, from, to) => {
    await using world = await openGateWorld(TYPED);
    const { dev, github } = world;
    Object.assign(github.settings, { allow_squash_merge: false });
    const policy = dev.git(["show", `origin/main:${POLICY}`]).replace("branches: [main]", `branches: ${branches}`);
    dev.commit("Protect more\n", { files: { [POLICY]: `${policy}\n` } });
    dev.git(["push", "-q", "--no-verify", "origin", "HEAD:main", "HEAD:release/1"]);
    dev.git(["fetch", "-q", "origin"]);
    const head = openPull(world, 1, [ASSISTED], { base: to });
    dev.git(["push", "-q", "--no-verify", "origin", `HEAD:refs/heads/${from}`]);
    const ran = await world.judge(1);
    expect({ status: ran.status, verdict: github.verdictOn(head) }).toEqual({
      status: 1,
      verdict: { [`countersign (${to})`]: "failure" },
    });
    openPull(world, 2, [BY_HAND], { base: to });
    expect((await world.judge(2)).status).toBe(0);
  });
});
