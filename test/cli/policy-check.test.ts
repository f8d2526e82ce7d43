import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { countersign, expectFault } from "../rig/process/countersign.ts";
import { run } from "../rig/process/run.ts";
import { initRepo } from "../rig/repository/repo.ts";
import { openScratch } from "../rig/repository/scratch.ts";
import { COUNTERSIGN_BIN, ROOT } from "../rig/suite/bins.ts";
import { openPushWorld, POLICY, type PushWorld } from "../rig/worlds/push-world.ts";

const FILE = "countersign.config.yaml";
const DAMAGED = POLICY.replace("level: senior", "level: seniour").replace(
  "proof: declared",
  "proof: declred\n  cuont: 1",
);

function check(world: PushWorld, ...args: readonly string[]) {
  return countersign(world.dev, ["policy", "check", ...args]);
}

function json(world: PushWorld, ...args: readonly string[]) {
  return JSON.parse(check(world, "--format", "json", ...args).stdout);
}

describe("policy check", () => {
  it("finds nothing wrong with a sound policy", () => {
    using world = openPushWorld();
    expect(check(world)).toEqual({ status: 0, stdout: `countersign: ${FILE} is sound\n`, stderr: "" });
    expect(json(world)).toEqual({ version: 1, outcome: "sound", source: FILE, problems: [], advice: [] });
  });

  it("tells every problem with its line, and why and what to do", () => {
    using world = openPushWorld();
    writeFileSync(join(world.dev.dir, FILE), DAMAGED);
    const { status, stdout, stderr } = check(world);
    expect({ status, stderr }).toEqual({ status: 1, stderr: "" });
    expect(stdout).toBe(`countersign: ${FILE} has 3 problems
  - line 6: people[0].level names the level seniour; the levels are junior, mid,
    senior, principal
  - line 19: cosign.proof is the text "declred", not declared or reviewed or
    signed or hardware
  - line 20: cosign.cuont is not a known key
  why: a policy that cannot be read in full cannot be enforced, so nothing is
       let through
  fix: correct the 3 listed problems and commit the file; if it has landed
       already, push the repair to a branch of its own, and ask the server's
       administrator to merge it
`);
    expect(json(world)).toMatchObject({
      outcome: "broken",
      problems: [
        { code: "POLICY_MALFORMED", line: 6, what: expect.stringContaining("seniour"), why: expect.any(String) },
        { line: 19 },
        { line: 20, fix: expect.stringContaining("correct the 3") },
      ],
      advice: [],
    });
  });

  it("finds rules of one name", () => {
    using world = openPushWorld();
    const rules = "rules:\n  - { name: a, cosign: { count: 2 } }\n  - { name: a, cosign: { count: 3 } }\n";
    writeFileSync(join(world.dev.dir, FILE), `${POLICY}${rules}`);
    expect(check(world)).toMatchObject({
      status: 1,
      stdout: expect.stringContaining("line 22: rules[1].name repeats"),
    });
  });

  it("gives advice with its line, which is no failure", () => {
    using world = openPushWorld();
    const rule = '  - name: infra\n    paths: ["infra/**"]\n    agents: [claude]\n    deny: Never.\n';
    writeFileSync(join(world.dev.dir, FILE), `${POLICY}rules:\n${rule}`);
    const { status, stdout, stderr } = check(world);
    expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
    expect(stdout).toBe(`countersign: ${FILE} is sound; 2 things to look at

PATH_PATTERN_UNMATCHED, line 22:
  the rule "infra": infra/** matches no file of HEAD
  why: a rule whose paths match nothing never applies
  fix: correct it (* stays within a folder, ** does not), or leave it if the
       files are yet to come

RULE_AGENT_UNKNOWN, line 23:
  the rule "infra" names the agent claude, which is not known; did you mean
  claude-code?
  why: an agent that is neither in the catalogue nor under agents is never
       detected
  fix: correct the id, or describe the agent under agents
`);
    expect(json(world).advice).toMatchObject([
      { code: "PATH_PATTERN_UNMATCHED", line: 22, path: ["rules", 0, "paths", 0] },
      { code: "RULE_AGENT_UNKNOWN", line: 23 },
    ]);
    world.dev.commit("Build\n", { files: { "infra/main.tf": "x\n" } });
    expect(check(world).stdout).not.toContain("PATH_PATTERN_UNMATCHED");
  });

  it("looks for the files of rules by the bytes of their names", () => {
    using world = openPushWorld();
    const rule = '  - { name: infra, paths: ["größe/**", "a\\\\*"], agents: [kiro], deny: Never. }\n';
    writeFileSync(join(world.dev.dir, FILE), `${POLICY}rules:\n${rule}`);
    expect(json(world).advice).toHaveLength(2);
    world.dev.commit("Add\n", { files: { "größe/x": "x\n", "a*": "x\n" } });
    expect(json(world).advice).toEqual([]);
  });

  it("shows foreign text in a way that no terminal acts upon", () => {
    using world = openPushWorld();
    const rule = '  - { name: "a\\u202Eb", paths: ["::set-output name=x::\\u001b2K"], deny: x }\n';
    writeFileSync(join(world.dev.dir, FILE), `${POLICY}rules:\n${rule}`);
    const { stdout } = check(world);
    expect(stdout).toContain("\\u{1b}2K");
    expect(stdout).not.toMatch(/[^\P{Cc}\n]|\p{Cf}|^\s*::/mu);
  });
});

describe("the policy that is checked", () => {
  it("can be a revision's", () => {
    using world = openPushWorld();
    world.dev.commit("Damage\n", { files: { [FILE]: DAMAGED } });
    expect(check(world, "--policy", "HEAD")).toMatchObject({
      status: 1,
      stdout: expect.stringContaining(`HEAD:${FILE} has 3 problems`),
    });
    expect(check(world, "--policy", "origin/main")).toMatchObject({ status: 0 });
  });

  it("can be a file that is named, from any folder", () => {
    using world = openPushWorld();
    world.dev.write({ "deep/draft.yaml": DAMAGED });
    const result = countersign(world.dev, ["policy", "check", "draft.yaml"], { cwd: join(world.dev.dir, "deep") });
    expect(result).toMatchObject({ status: 1, stdout: expect.stringContaining("draft.yaml has 3 problems") });
  });

  it("can be a file outside of every repository", () => {
    using scratch = openScratch();
    writeFileSync(join(scratch.dir, "draft.yaml"), POLICY);
    const args = [COUNTERSIGN_BIN, "policy", "check", "draft.yaml"];
    const result = run(process.execPath, args, { cwd: scratch.dir, env: scratch.env });
    expect(result).toEqual({ status: 0, stdout: "countersign: draft.yaml is sound\n", stderr: "" });
  });

  it.each<[what: string, args: readonly string[], code: string]>([
    ["none in the revision", ["--policy", "HEAD^"], "POLICY_MISSING"],
    ["in no such revision", ["--policy", "mian"], "REVISION_UNKNOWN"],
    ["no such file", ["nope.yaml"], "FILE_UNREADABLE"],
    ["a folder", ["."], "FILE_UNREADABLE"],
    ["two at once", ["x.yaml", "--policy", "HEAD"], "OPTION_INVALID"],
  ])("cannot be %s", (_, args, code) => {
    using world = openPushWorld({ policy: null });
    world.dev.commit("Adopt\n", { files: { [FILE]: POLICY } });
    expectFault(check(world, ...args), code);
  });

  it("is missed where there is none, and not guessed where there are two", () => {
    using world = openPushWorld({ policy: null });
    expectFault(check(world), "POLICY_MISSING", "the work tree");
    world.dev.write({ [FILE]: POLICY, ".countersignrc": POLICY });
    expectFault(check(world), "POLICY_AMBIGUOUS");
  });

  it("needs a revision in a repository without a work tree", () => {
    using world = openPushWorld();
    expectFault(countersign(world.server, ["policy", "check"]), "WORK_TREE_MISSING");
    expect(countersign(world.server, ["policy", "check", "--policy", "main"]).status).toBe(0);
  });
});

describe("policy schema", () => {
  it.each([
    [[], "policy.schema.json"],
    [["policy"], "policy.schema.json"],
    [["tests"], "policy-tests.schema.json"],
  ])("with %j prints %s", (args, file) => {
    using scratch = openScratch();
    const result = countersign(initRepo(scratch, "any"), ["policy", "schema", ...args]);
    const published = readFileSync(join(ROOT, "packages/core/schema", file), "utf8");
    expect(result).toEqual({ status: 0, stdout: published, stderr: "" });
  });
});
