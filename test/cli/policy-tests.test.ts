import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { countersign, expectFault } from "../rig/process/countersign.ts";
import { openPushWorld, POLICY, type PushWorld } from "../rig/worlds/push-world.ts";

const RULES = 'rules:\n  - { name: docs are free, paths: ["docs/**"], cosign: { count: 0 } }\n';
const GOOD = `version: 1
branch: main
tests:
  - name: an agent's change needs a senior
    author: bob@acme.example
    agents: [claude-code]
    paths: [src/app.ts]
    expect: deny
    codes: [COSIGN_MISSING]
  - name: a senior's word is enough
    agents: [claude-code]
    cosigns: [{ who: ada@acme.example, proof: declared }]
    expect: allow
  - name: documentation is free
    agents: [aider]
    paths: [docs/a.md]
    expect: allow
    rules: [docs are free]
`;
const FILE = "countersign.tests.yaml";

function openTested(tests: string | null = GOOD, name = FILE): PushWorld {
  const world = openPushWorld({ policy: `${POLICY}${RULES}` });
  if (tests !== null) writeFileSync(join(world.dev.dir, name), tests);
  return world;
}

function test({ dev }: PushWorld, ...args: readonly string[]) {
  return countersign(dev, ["policy", "test", ...args]);
}

describe("policy test", () => {
  it("passes where every commit is judged as expected", () => {
    using world = openTested();
    expect(test(world)).toEqual({
      status: 0,
      stdout: "countersign: 3 policy tests, all passed\npolicy: the work tree, countersign.config.yaml\n",
      stderr: "",
    });
  });

  it("lists what fails, with what was expected and what came", () => {
    using world = openTested(
      GOOD.replace("docs/a.md", "docs/a.md, src/app.ts").replace("COSIGN_MISSING", "COSIGN_SELF"),
    );
    const { status, stdout, stderr } = test(world);
    expect({ status, stderr }).toEqual({ status: 1, stderr: "" });
    expect(stdout).toBe(`${FILE}:4: an agent's change needs a senior
  expected codes COSIGN_SELF
  got      codes COSIGN_MISSING
  - COSIGN_MISSING: it has no co-sign

${FILE}:14: documentation is free
  expected allowed
  got      refused
  - COSIGN_MISSING: it has no co-sign

countersign: 3 policy tests, 2 failed
policy: the work tree, countersign.config.yaml
`);
  });

  it("gives the same to programs, with what passed", () => {
    using world = openTested(GOOD.replace("[docs are free]", "[]"));
    const { status, stdout } = test(world, "--format", "json");
    expect(status).toBe(1);
    expect(JSON.parse(stdout)).toMatchObject({
      version: 1,
      policy: { ref: null, oid: null, path: "countersign.config.yaml" },
      passed: 2,
      failed: 1,
      tests: [
        { file: FILE, line: 4, passed: true, got: { outcome: "deny", codes: ["COSIGN_MISSING"] } },
        { passed: true, expected: { outcome: "allow", codes: null, rules: null } },
        { passed: false, expected: { rules: [] }, got: { outcome: "allow", codes: [], rules: ["docs are free"] } },
      ],
    });
  });

  it("tests the policy of a revision too", () => {
    using world = openTested();
    writeFileSync(join(world.dev.dir, "countersign.config.yaml"), POLICY);
    expect(test(world)).toMatchObject({ status: 1, stdout: expect.stringContaining("3 policy tests, 1 failed") });
    expect(test(world, "--policy", "HEAD")).toMatchObject({ status: 0 });
  });

  it("takes the files that are named, from where one stands, and else those beside the policy", () => {
    using world = openTested(GOOD, "countersign.tests.yml");
    const folder = {
      "more/a.yaml": GOOD,
      "more/b.json": '{"version":1,"branch":"main","tests":[{"name":"x","expect":"deny"}]}',
    };
    world.dev.write(folder);
    const cwd = join(world.dev.dir, "more");
    expect(countersign(world.dev, ["policy", "test"], { cwd }).stdout).toContain("3 policy tests, all passed");
    const named = countersign(world.dev, ["policy", "test", "a.yaml", "b.json"], { cwd });
    expect(named).toMatchObject({
      status: 1,
      stdout: expect.stringContaining("b.json:1: x\n  expected refused\n  got      allowed\n"),
    });
    expect(named.stdout).toContain("4 policy tests, 1 failed");
  });

  it("shows foreign text in a way that no terminal acts upon", () => {
    using world = openTested(
      GOOD.replace("documentation is free", '"::error::\\u202Ex"').replace(
        "expect: allow\n    rules",
        "expect: deny\n    rules",
      ),
    );
    expect(test(world).stdout).not.toMatch(/[^\P{Cc}\n]|\p{Cf}|^\s*::/mu);
  });
});

describe("what is no test of a policy is told, and passes for none", () => {
  it("in a malformed file, with every problem and its line", () => {
    using world = openTested(GOOD.replace("expect: deny", "expcet: deny").replace("[aider]", "&a [aider]"));
    expectFault(test(world), "TESTS_MALFORMED", "line 4: tests[0].expect is missing", "line 8: ", "line 15: an anchor");
  });

  it("where there are none, and where the file is not there", () => {
    using world = openTested(null);
    expectFault(test(world), "TESTS_MISSING", FILE);
    expectFault(test(world, "nope.yaml"), "FILE_UNREADABLE", "nope.yaml");
  });

  it("where there is no sound policy", () => {
    using world = openTested();
    writeFileSync(join(world.dev.dir, "countersign.config.yaml"), "version: 2\n");
    expectFault(test(world), "POLICY_MALFORMED");
    expectFault(test(world, "--policy", "mian"), "REVISION_UNKNOWN");
  });
});
