import { existsSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { CLAUDE } from "../rig/worlds/push-world.ts";
import { land, merge, squash, squashedMessage } from "./buttons.ts";
import { type GateRun, type GateWorld, openGateWorld } from "./gate-world.ts";
import { landedEvent } from "./payloads.ts";
import { ASSISTED, BY_HAND, CONTEXT, COSIGNED, openPull, proposeHead, TYPED } from "./pulls.ts";

/** As GitHub's own merges are committed. */
const FORGE = { GIT_COMMITTER_NAME: "GitHub", GIT_COMMITTER_EMAIL: "noreply@github.com" };
const RULES = `${TYPED}rules:\n  - { name: workflows, paths: [".github/**"], cosign: { level: principal } }\n`;

describe("a pull request on GitHub", () => {
  let world: GateWorld;
  beforeAll(async () => {
    world = await openGateWorld(RULES);
    Object.assign(world.github.settings, { allow_squash_merge: false });
  });
  afterAll(() => world[Symbol.asyncDispose]());

  const moveMain = (path: string): void => {
    const { dev } = world;
    dev.git(["switch", "-q", "--detach", "origin/main"]);
    dev.commit("Go on\n", { files: { [path]: `${dev.oid("HEAD")}\n` } });
    dev.git(["push", "-q", "--no-verify", "origin", "HEAD:main"]);
    dev.git(["fetch", "-q", "origin"]);
  };
  /** What "Update branch" or the editor for conflicts makes of a branch, with some files of its own. */
  const update = (number: number, message: string, files: Readonly<Record<string, string>> = {}): void => {
    const { dev, github } = world;
    dev.git(["switch", "-q", "--detach", github.headOf(number)]);
    dev.git(["merge", "-q", "--no-commit", "--no-ff", "origin/main"]);
    dev.write(files);
    dev.git(["add", "--all"]);
    dev.git(["commit", "-q", "--no-verify", "-m", message], { env: FORGE });
    proposeHead(world, number);
  };
  const landed = (to: string): Promise<GateRun> =>
    world.gate("push", landedEvent("refs/heads/main", land(world.server, "main", to)));

  it("is merged as git merges by itself, whatever drivers, attributes and settings are around", async () => {
    const { github, scratch } = world;
    const trap = join(scratch.dir, "trapped");
    const config = join(scratch.dir, "evil.gitconfig");
    const attributes = join(scratch.dir, "evil.attributes");
    writeFileSync(attributes, "* merge=evil diff=evil filter=evil\n");
    const settings = [
      `[core]\n\tattributesFile = ${attributes}\n\tfsmonitor = touch ${trap}\n\thooksPath = ${scratch.dir}`,
      `[merge]\n\trenames = false\n\tdefault = evil\n[merge "evil"]\n\tdriver = touch ${trap}`,
      `[diff]\n\texternal = touch ${trap}\n[diff "evil"]\n\ttextconv = touch ${trap}`,
      `[filter "evil"]\n\tsmudge = touch ${trap}\n\tclean = touch ${trap}`,
    ];
    writeFileSync(config, `${settings.join("\n")}\n`);
    const attacked = { ".gitattributes": "* merge=union\n", "retry.txt": "1\n" };
    const [refused, allowed] = [
      openPull(world, 1, [ASSISTED], { files: attacked }),
      openPull(world, 2, [COSIGNED], { files: attacked }),
    ];
    moveMain("moved.txt");
    for (const pull of ["1", "2"]) {
      await world.gate("workflow_dispatch", { inputs: { pull } }, undefined, { GIT_CONFIG_GLOBAL: config });
    }
    expect([github.verdictOn(refused), github.verdictOn(allowed)]).toEqual([
      { [CONTEXT]: "failure" },
      { [CONTEXT]: "success" },
    ]);
    expect(existsSync(trap)).toBe(false);
  });

  it("is asked nothing for a merge that only brings it up to date, and a co-sign for one with content of its own", async () => {
    openPull(world, 3, [COSIGNED], { files: { "a.txt": "a\n" } });
    moveMain("b.txt");
    update(3, "Merge branch 'main' into topic");
    expect((await world.judge(3)).status).toBe(0);
    openPull(world, 4, [COSIGNED], { files: { "a.txt": "b\n" } });
    moveMain("b.txt");
    update(4, `Merge branch 'main' into topic\n\n${CLAUDE}`, { "own.txt": "resolved\n" });
    expect((await world.judge(4)).stdout).toContain("title=COSIGN_MISSING::");
    // One of nothing but such merges.
    openPull(world, 5, []);
    moveMain("b.txt");
    update(5, `Merge branch 'main' into topic\n\n${CLAUDE}`);
    expect((await world.judge(5)).status).toBe(0);
  });

  it("is judged by itself, and not by the commit that GitHub made to try the merge", async () => {
    const { server } = world;
    const head = openPull(world, 6, [ASSISTED]);
    server.git(["update-ref", "refs/pull/6/merge", merge(server, server.oid("refs/heads/main"), head, 6)]);
    const ran = await world.judge(6);
    expect(ran.status).toBe(1);
    expect(ran.summary).toContain("1 new commit, 1 AI-assisted");
  });

  it("is no verdict where the forge's own repository lacks a part of its history", async () => {
    const { github, server } = world;
    const head = openPull(world, 7, [COSIGNED]);
    writeFileSync(join(server.dir, "shallow"), `${server.oid("refs/heads/main")}\n`);
    const ran = await world.judge(7);
    writeFileSync(join(server.dir, "shallow"), "");
    expect(ran.status).toBe(2);
    expect(github.verdictOn(head)).toEqual({ [CONTEXT]: "failure" });
    expect((await world.judge(7)).status).toBe(0);
  });

  it("gets the gate's own verdict in place of one that somebody wrote under its name", async () => {
    const { github } = world;
    const head = openPull(world, 8, [ASSISTED]);
    const description = "may land: 1 new commit, 1 AI-assisted";
    for (const context of [CONTEXT, CONTEXT.toUpperCase()]) {
      github.statuses.set(head, [{ context, state: "success", description }]);
      expect((await world.judge(8)).status).toBe(1);
      expect(github.verdictOn(head)).toEqual({ [CONTEXT]: "failure" });
    }
  });

  it("that brings a second workflow needs who the policy names for that, and shows where it came past the gate", async () => {
    const { server } = world;
    const files = { ".github/workflows/other.yml": "on: push\njobs: { gate: { runs-on: x, steps: [{ run: x }] } }\n" };
    const head = openPull(world, 9, [COSIGNED], { files });
    expect((await world.judge(9)).stdout).toContain("title=COSIGN_LEVEL::");
    const before = server.oid("refs/heads/main");
    expect((await landed(merge(server, before, head, 9))).stdout).toContain("title=COSIGN_LEVEL::");
    server.git(["update-ref", "refs/heads/main", before]);
  });

  it("lands by any button as it was judged, though main moved on; by a squash that nobody allowed it shows what was lost", async () => {
    const { server, dev } = world;
    const head = openPull(world, 10, [COSIGNED, BY_HAND], { files: { "landing.txt": "1\n" } });
    expect((await world.judge(10)).status).toBe(0);
    moveMain("landing-too.txt");
    const before = server.oid("refs/heads/main");
    expect((await landed(merge(server, before, head, 10))).status).toBe(0);
    server.git(["update-ref", "refs/heads/main", before]);

    dev.git(["switch", "-q", "--detach", "origin/main"]);
    dev.git(["cherry-pick", "--allow-empty", `${head}~2..${head}`], { env: FORGE });
    dev.git(["push", "-q", "--no-verify", "--force", "origin", "HEAD:refs/pull/11/head"]);
    expect((await landed(dev.oid("HEAD"))).status).toBe(0);
    server.git(["update-ref", "refs/heads/main", before]);

    const lost = squash(server, before, head, squashedMessage("Retry uploads", 10, [COSIGNED, BY_HAND]));
    const audited = await landed(lost);
    expect(audited.status).toBe(1);
    for (const code of ["COSIGN_MISPLACED", "COSIGN_MISSING"]) expect(audited.stdout).toContain(`title=${code}::`);
    server.git(["update-ref", "refs/heads/main", before]);
  });
});
