import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { countersign } from "../../rig/process/countersign.ts";
import { Repo } from "../../rig/repository/repo.ts";
import { commandsOf, follow } from "../../rig/text/advice.ts";
import { ASSISTED, attempt, expectAllowed, expectRefused, expectUndecided } from "../../rig/worlds/attempt.ts";
import { pushTo } from "../../rig/worlds/pre-push-hook.ts";
import { installPrePush, openPushWorld, POLICY, type PushWorld } from "../../rig/worlds/push-world.ts";

const FILE = "countersign.config.yaml";
const BEFORE = POLICY.replace("[main]", '[main, "release/**"]');
const NOW = POLICY.replace("[main]", '[main, "stable/*"]');

/** Lands it as a forge would: past every hook. */
function land(world: PushWorld, files: Readonly<Record<string, string>>): void {
  const { dev } = world;
  dev.commit("Change the policy\n", { files });
  dev.git(["push", "-q", "--no-verify", "origin", "HEAD:main"]);
}

const DAMAGES: readonly (readonly [string, Readonly<Record<string, string>>, string])[] = [
  ["of a newer version", { [FILE]: `${NOW}unheard: 1\n` }, "POLICY_MALFORMED"],
  [
    "with the marks of a conflict",
    { [FILE]: `<<<<<<< ours\n${NOW}=======\n${NOW}>>>>>>> theirs\n` },
    "POLICY_MALFORMED",
  ],
  ["that stands there twice", { [FILE]: NOW, ".countersignrc": NOW }, "POLICY_AMBIGUOUS"],
];

describe.each(DAMAGES)("a policy %s on the default branch", (_, files, code) => {
  it("stops what it may protect, and lets the rest pass with a notice", () => {
    using world = openPushWorld({ policy: BEFORE });
    const { dev } = world;
    land(world, files);
    const more = Object.fromEntries(Object.keys(files).map((file) => [file, null]));
    const repair = dev.commit("Repair the policy\n", { files: { ...more, [FILE]: NOW } });
    // The default branch, what the last readable policy protects, and what the damaged one says.
    for (const branch of ["main", "release/1", "stable/1"]) expectUndecided(attempt(world, repair, { branch }), code);
    const mixed = world.push("origin", "HEAD:topic", "HEAD:release/1");
    expect({ status: mixed.hook, topic: mixed.refs.get("refs/heads/topic") }).toEqual({ status: 2, topic: undefined });
    expect(mixed.stderr).toContain("refs/heads/topic is not judged");
    expect(mixed.stderr).not.toContain("refs/heads/release/1 is not judged");
    // The repair itself, on a branch of its own, and a tag.
    const passed = world.push("origin", "HEAD:repair", "HEAD:refs/tags/v1");
    expect({ status: passed.status, repair: passed.refs.get("refs/heads/repair") }).toEqual({ status: 0, repair });
    expect(passed.stderr).toContain(`countersign: ${code}: refs/remotes/origin/main`);
    expect(passed.stderr).toContain("refs/heads/repair is not judged, because nothing says that it is protected");
    expect(passed.stderr).toContain("refs/tags/v1 is not judged");
    expect(countersign(dev, ["check"]).stderr).toContain(code);
  });
});

describe("a policy that was damaged from the first", () => {
  it("stops the branches that it names and the default one", () => {
    using world = openPushWorld({ policy: `${NOW}unheard: 1\n` });
    const tip = world.dev.commit("By hand\n");
    expectUndecided(attempt(world, tip), "POLICY_MALFORMED");
    expectUndecided(attempt(world, tip, { branch: "stable/1" }), "POLICY_MALFORMED");
    expectAllowed(attempt(world, tip, { branch: "topic" }));
  });
});

describe("a policy file that a partial clone has not fetched", () => {
  it("stops what the last one that is here protects, and one command brings it", () => {
    using world = openPushWorld({ policy: BEFORE });
    const { scratch, server, dev } = world;
    for (const setting of ["allowFilter", "allowAnySHA1InWant"])
      server.git(["config", `uploadpack.${setting}`, "true"]);
    const repo = new Repo(scratch, join(scratch.dir, "partial"));
    dev.git(["clone", "-q", "--filter=blob:none", `file://${server.dir}`, repo.dir]);
    installPrePush(repo);
    land(world, { [FILE]: NOW });
    repo.git(["fetch", "-q"]);
    const tip = repo.git(["commit-tree", "-p", "origin/main", "-m", ASSISTED, "origin/main^{tree}"]);
    const to = (branch: string): readonly string[] => ["origin", `${tip}:refs/heads/${branch}`];
    expectAllowed(pushTo(world, to("topic"), { repo, to: "topic", tip }), "POLICY_NOT_FETCHED");
    expectUndecided(pushTo(world, to("release/1"), { repo, to: "release/1", tip }), "POLICY_NOT_FETCHED");
    const pushed = pushTo(world, to("main"), { repo, tip });
    expectUndecided(pushed, "POLICY_NOT_FETCHED");
    follow(repo, commandsOf(pushed.stderr).slice(0, 1));
    expectRefused(pushTo(world, to("main"), { repo, tip }), "COSIGN_MISSING");
  });
});
