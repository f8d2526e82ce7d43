import { describe, expect, it } from "vitest";
import { claudeWrites } from "../rig/agents/agent-marks.ts";
import { commit, commitWell, IN_CLAUDE, openCommitWorld } from "../rig/worlds/commit-world.ts";
import { POLICY } from "../rig/worlds/push-world.ts";

const RULES = `${POLICY}rules:
  - name: infrastructure
    paths: ["infra/**"]
    cosign: { count: 2, level: principal }
  - name: large
    changes: { lines: 100 }
    cosign: { count: 3, proof: signed }
  - name: blast radius
    deletes: { files: 2 }
    cosign: { count: 2 }
  - name: docs are free
    paths: ["docs/**"]
    cosign: { count: 0 }
  - name: seniors sign their own
    authors: { level: senior }
    cosign: { self: true, proof: hardware }
  - name: no agent in production
    agents: [claude-code]
    paths: ["prod/**"]
    deny: An agent must not change production.
`;

/** What pre-commit foretells, without what the other hooks say. */
function foretold(stderr: string): string {
  return stderr
    .split("\n")
    .filter((line) => line.startsWith("countersign: ") && !line.startsWith("countersign: added "))
    .join("\n");
}

describe("an agent's commit on a protected branch", () => {
  it("is told at once what the push will want", () => {
    using world = openCommitWorld();
    expect(foretold(commitWell(world.dev, ["-m", "Retry uploads"], IN_CLAUDE))).toBe(
      "countersign: made with claude-code; to land on main it needs a co-sign from a person of level senior or higher",
    );
  });

  it.each<[what: string, files: Readonly<Record<string, string>>, said: string]>([
    ["a path", { "infra/db.tf": "x\n" }, '2 co-signs from people of level principal or higher ("infrastructure")'],
    [
      "a path and another",
      { "infra/db.tf": "x\n", "src/a.js": "x\n" },
      '2 co-signs from people of level principal or higher ("infrastructure"), and a co-sign from a person of level senior or higher',
    ],
    [
      "its lines",
      { "src/a.js": "x\n".repeat(101) },
      '3 signed co-signs from people of level senior or higher ("large")',
    ],
  ])("is told what a rule wants that goes by %s", (_, files, said) => {
    using world = openCommitWorld({ policy: RULES });
    world.dev.write(files);
    const { stderr } = world.dev.try(["commit", "-q", "-m", "Work"], { env: IN_CLAUDE });
    expect(foretold(stderr)).toContain(said);
  });

  it("is told what a rule wants that counts deleted files", () => {
    using world = openCommitWorld({ policy: RULES });
    const { dev } = world;
    dev.commit("Three\n", { files: { a: "a\n", b: "b\n", c: "c\n" } });
    dev.git(["rm", "-q", "a", "b", "c"]);
    const { stderr } = dev.try(["commit", "-q", "-m", "Work"], { env: IN_CLAUDE });
    expect(foretold(stderr)).toContain('2 co-signs from people of level senior or higher ("blast radius")');
  });

  it("is told what a rule wants that goes by the author, whom git names to its hooks", () => {
    using world = openCommitWorld({ policy: RULES });
    const args = ["-m", "Work", "--author=Ada Lovelace <ada@home.example>"];
    expect(foretold(commitWell(world.dev, args, IN_CLAUDE))).toContain('("seniors sign their own")');
  });

  it("is told nothing where a rule wants nothing", () => {
    using world = openCommitWorld({ policy: RULES });
    world.dev.write({ "docs/a.md": "x\n" });
    const { status, stderr } = world.dev.try(["commit", "-q", "-m", "Work"], { env: IN_CLAUDE });
    expect({ status, said: foretold(stderr) }).toEqual({ status: 0, said: "" });
  });
});

describe("silence is", () => {
  it("a person's on a protected branch", () => {
    using world = openCommitWorld({ policy: RULES });
    world.dev.write({ "infra/db.tf": "x\n" });
    expect(commitWell(world.dev, ["-m", "Work"])).toBe("");
  });

  it("an agent's on a branch that is not protected", () => {
    using world = openCommitWorld({ policy: RULES });
    world.dev.git(["checkout", "-q", "-b", "topic"]);
    world.dev.write({ "infra/db.tf": "x\n" });
    expect(foretold(commitWell(world.dev, ["-m", "Work"], IN_CLAUDE))).toBe("");
  });

  it("an agent's that merges or rebases a person's work", () => {
    using world = openCommitWorld();
    const { dev } = world;
    dev.git(["checkout", "-q", "-b", "topic"]);
    commitWell(dev, ["-m", "Work"]);
    dev.git(["checkout", "-q", "main"]);
    const { stderr } = dev.try(["merge", "-q", "--no-ff", "--no-edit", "topic"], { env: IN_CLAUDE });
    expect(stderr).toBe("");
  });
});

describe("a rule that denies", () => {
  const PROD = { "prod/db.yaml": "replicas: 1\n" };

  it.each([["main"], ["topic"]])("stops an agent on %s, since it could never land", (branch) => {
    using world = openCommitWorld({ policy: RULES });
    const { dev } = world;
    if (branch !== "main") dev.git(["checkout", "-q", "-b", branch]);
    dev.write(PROD);
    const before = dev.oid("HEAD");
    const { status, stderr } = dev.try(["commit", "-q", "-m", "Work"], { env: IN_CLAUDE });
    expect(status).toBe(1);
    expect(stderr).toContain("countersign: the commit is stopped, because it could never land\nDENIED_BY_RULE: ");
    expect(stderr).toContain("An agent must not change production.");
    expect(dev.oid("HEAD")).toBe(before);
    expect(dev.git(["diff", "--cached", "--name-only"])).toBe("prod/db.yaml");
  });

  it("stops a person who commits what the agent wrote", () => {
    using world = openCommitWorld({ policy: RULES });
    const { dev } = world;
    claudeWrites(dev, "prod/db.yaml", "replicas: 3\nregion: eu-west-1\n");
    dev.git(["add", "."]);
    const { status, stderr } = dev.try(["commit", "-q", "-m", "Work"]);
    expect(status).toBe(1);
    expect(stderr).toContain("DENIED_BY_RULE");
  });

  it.each([
    ["a person's work there", {}, PROD],
    ["the agent's work elsewhere", IN_CLAUDE, { "src/db.yaml": "replicas: 1\n" }],
    ["another agent's work there", { GEMINI_CLI: "1" }, PROD],
  ])("passes %s", (_, env, files) => {
    using world = openCommitWorld({ policy: RULES });
    world.dev.write(files);
    expect(world.dev.try(["commit", "-q", "-m", "Work"], { env })).toMatchObject({ status: 0 });
  });

  it("stops nothing any more where the rule was taken back on the remote", () => {
    using world = openCommitWorld({ policy: RULES });
    const { dev } = world;
    dev.commit("Lift\n", { files: { "countersign.config.yaml": POLICY } });
    dev.write(PROD);
    // The policy in force is the remote's, not the one in the work tree.
    expect(dev.try(["commit", "-q", "-m", "Work"], { env: IN_CLAUDE }).status).toBe(1);
    dev.git(["push", "-q", "--no-verify", "origin", "main"]);
    expect(commit(dev, ["-m", "Work"], IN_CLAUDE).status).toBe(0);
  });
});
