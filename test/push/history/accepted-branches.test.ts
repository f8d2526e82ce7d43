import { describe, expect, it } from "vitest";
import { ASSISTED, attempt, expectRefused, VOUCHED } from "../../rig/worlds/attempt.ts";
import { openPushWorld, POLICY } from "../../rig/worlds/push-world.ts";

const ACCEPTING = POLICY.replace(
  "branches: [main]\n",
  'branches: [main]\n  - branches: ["release/**"]\n    cosign: { count: 2 }\n    accepts: [main]\n',
);

describe("a push of two branches of which one accepts the other", () => {
  it("lands as two pushes would, and nothing lands where the accepted one is refused", () => {
    using world = openPushWorld({ policy: ACCEPTING });
    const { dev } = world;
    dev.git(["push", "-q", "--no-verify", "origin", "main:release/1"]);
    const refused = world.push("origin", ...["main", "release/1"].map((name) => `${dev.commit(ASSISTED)}:${name}`));
    expect(refused.hook).toBe(1);
    expect(refused.stderr).toContain("refused refs/heads/main");
    expect(refused.stderr).toContain("refused refs/heads/release/1");
    dev.git(["reset", "-q", "--hard", "refs/remotes/origin/main"]);
    const work = dev.commit(VOUCHED);
    const both = world.push("origin", `${work}:refs/heads/release/1`, `${work}:refs/heads/main`);
    expect({ status: both.status, hook: both.hook }).toEqual({ status: 0, hook: 0 });
    expect(["main", "release/1"].map((name) => both.refs.get(`refs/heads/${name}`))).toEqual([work, work]);
  });

  it("does not lend its line to what came there by a merge alone", () => {
    using world = openPushWorld({ policy: ACCEPTING });
    const { dev } = world;
    dev.git(["push", "-q", "--no-verify", "origin", "main:release/1"]);
    const topic = dev.commit(VOUCHED);
    dev.git(["switch", "-q", "--detach", "refs/remotes/origin/main"]);
    dev.commit("Other\n");
    dev.git(["merge", "-q", "--no-ff", "-m", "Merge topic", topic]);
    const merge = dev.oid("HEAD");
    expect(attempt(world, merge)).toMatchObject({ hook: 0, status: 0 });
    expectRefused(attempt(world, topic, { branch: "release/1" }), "COSIGN_MISSING", "1 of 2 co-signs");
    expect(attempt(world, merge, { branch: "release/1" })).toMatchObject({ hook: 0, status: 0 });
  });
});

describe("a branch named HEAD", () => {
  it("is refused with a command that works", () => {
    using world = openPushWorld();
    const tip = world.dev.oid("HEAD");
    const refused = attempt(world, tip, { branch: "HEAD" });
    expectRefused(refused, "BRANCH_NAMED_HEAD");
    const [, command = ""] = /`git (push origin HEAD:\S+)`/.exec(refused.stderr.replaceAll(/\n\s+/g, " ")) ?? [];
    expect(world.push(...command.split(" ").slice(1))).toMatchObject({ status: 0, hook: 0 });
  });
});
