import { describe, expect, it } from "vitest";
import { countersign } from "../rig/process/countersign.ts";
import { ASSISTED, attempt, expectRefused, VOUCHED } from "../rig/worlds/attempt.ts";
import { openPushWorld, POLICY } from "../rig/worlds/push-world.ts";

const WARN = `${POLICY}mode: warn\n`;
const STAGED = POLICY.replace("[main]", "[main]\n    mode: warn\n  - branches: [release]");

describe("with mode: warn a check", () => {
  it.each([
    ["of the whole policy", WARN, "main"],
    ["of the branch's entry", STAGED, "main"],
  ])("%s tells what would be refused, and passes", (_, policy, branch) => {
    using world = openPushWorld({ policy });
    const bad = world.dev.commit(ASSISTED);
    const { status, stdout, stderr } = countersign(world.dev, ["check", "--branch", branch]);
    expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
    expect(stdout).toContain(
      "countersign: would be refused (mode: warn) refs/heads/main (1 new commit, 1 AI-assisted)",
    );
    expect(stdout).toMatch(/COSIGN_MISSING: .*\n.*\n {2}why: .+\n {2}fix: .+\n/);
    const json = JSON.parse(countersign(world.dev, ["check", "--branch", branch, "--format", "json"]).stdout);
    expect(json).toMatchObject({ outcome: "allow", updates: [{ mode: "warn", violations: [{ commit: bad }] }] });
  });

  it("still refuses for a branch that enforces", () => {
    using world = openPushWorld({ policy: STAGED });
    world.dev.commit(ASSISTED);
    const { status, stdout } = countersign(world.dev, ["check", "--branch", "release"]);
    expect(status).toBe(1);
    expect(stdout).toContain("countersign: refused refs/heads/release");
    world.dev.git(["branch", "topic"]);
    expect(countersign(world.dev, ["check", "--branch", "topic"]).status).toBe(0);
  });

  it("warns of nothing where everything was vouched for", () => {
    using world = openPushWorld({ policy: WARN });
    world.dev.commit(VOUCHED);
    const { status, stdout } = countersign(world.dev, ["check"]);
    expect(status).toBe(0);
    expect(stdout).toContain("countersign: allowed refs/heads/main");
    expect(stdout).not.toContain("would be refused");
  });

  it("tells of a change of the policy too, and lets it pass", () => {
    using world = openPushWorld({ policy: WARN });
    world.dev.commit("Enforce\n", { files: { "countersign.config.yaml": POLICY } });
    const { status, stdout } = countersign(world.dev, ["check"]);
    expect(status).toBe(0);
    expect(stdout).toContain("would be refused (mode: warn)");
    expect(stdout).toContain("POLICY_CHANGED");
  });
});

it("the step from warn to enforce takes effect with the next push", () => {
  using world = openPushWorld({ policy: WARN });
  const { dev } = world;
  const enforcing = attempt(world, dev.commit("Enforce\n", { files: { "countersign.config.yaml": POLICY } }));
  expect(enforcing).toMatchObject({ status: 0, hook: 0 });
  expect(enforcing.stderr).toContain("would be refused (mode: warn)");
  expectRefused(attempt(world, dev.commit(ASSISTED)), "COSIGN_MISSING");
});
