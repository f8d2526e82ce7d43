import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { countersign, expectFault } from "../rig/process/countersign.ts";
import type { Run } from "../rig/process/run.ts";
import { initRepo, type Repo } from "../rig/repository/repo.ts";
import { openScratch } from "../rig/repository/scratch.ts";
import { ASSISTED, VOUCHED } from "../rig/worlds/attempt.ts";
import { CLAUDE, openPushWorld, POLICY, type PushWorld } from "../rig/worlds/push-world.ts";

const FILE = "countersign.config.yaml";
const AIDER = "Co-authored-by: aider (gpt-4o) <noreply@aider.chat>";

function simulate(repo: Repo, ...args: readonly string[]): Run {
  return countersign(repo, ["simulate", ...args]);
}

function json(repo: Repo, ...args: readonly string[]) {
  const { status, stdout, stderr } = simulate(repo, "--format", "json", ...args);
  expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
  return JSON.parse(stdout);
}

/** A repository on its own: three commits by people, two by agents. */
function plainHistory(branch = "main"): { readonly repo: Repo } & Disposable {
  const scratch = openScratch();
  const repo = initRepo(scratch, "plain", ["-b", branch]);
  const on = (day: number): string => `2026-01-${String(day).padStart(2, "0")}T12:00:00Z`;
  repo.commit("Start\n", { date: on(1) });
  repo.commit(ASSISTED, { date: on(2) });
  repo.commit("Fix\n", { date: on(3) });
  repo.commit(`Tidy up\n\n${AIDER}\n`, { date: on(8), files: { "docs/a.md": "a\n" } });
  repo.commit("Release\n", { date: on(16) });
  return { repo, [Symbol.dispose]: () => scratch[Symbol.dispose]() };
}

describe("a simulation before anything is adopted", () => {
  it("shows what the defaults would have refused, and what a warning would say", () => {
    using history = plainHistory();
    const { status, stdout, stderr } = simulate(history.repo);
    expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
    expect(
      stdout.replace(/[0-9a-f]{12}/, "<commit>"),
    ).toBe(`countersign: simulated all 5 commits of main, 2026-01-01 to 2026-01-16
policy: the defaults, no policy file

  commits                    5
  AI-assisted                2    40.0 %
  would be refused           2    40.0 %

by agent                         assisted  would be refused
  aider                                 1                 1
  claude-code                           1                 1

by code (one commit can break several rules)
        2  COSIGN_MISSING

by rule
        2  the policy without its rules

co-signs that were missing
        2  a signed co-sign from a person of level senior or higher
           nobody on the roster can give them

requests for a co-sign: 2, about 0.4 on each of the 5 days with commits

With mode: warn all of that would land. A push of the newest commit would print:
  countersign: would be refused (mode: warn) refs/heads/main (1 new commit, 1 AI-assisted)

  COSIGN_MISSING: <commit> "Tidy up"
    it has no co-sign; made with aider (line 3)
    why: the policy requires a signed co-sign from a person of level senior or higher for AI-assisted work
    fix: nobody on the roster can give that: ask someone who maintains the policy to add a person or a key (\`countersign people add\`), or to require less; an AI agent must stop here and ask for that

  policy: the defaults, no policy file

Each commit was judged as of the time when it was committed or, if later, when
its last co-sign was signed; a commit that a merge brought in, as of the merge.
The baseline was ignored.

next: \`countersign init\` writes a policy with these defaults, and offers to
      begin with warnings
`);
  });

  it("protects the default branch, whatever its name is", () => {
    using history = plainHistory("trunk/x");
    expect(json(history.repo)).toMatchObject({ branch: "trunk/x", commits: 5, refused: 2 });
  });

  it("takes the work tree's policy where there is one, uncommitted", () => {
    using history = plainHistory();
    const rules = 'rules:\n  - { name: docs are free, paths: ["docs/**"], cosign: { count: 0 } }\n';
    writeFileSync(join(history.repo.dir, FILE), `${POLICY}${rules}`);
    expect(json(history.repo)).toMatchObject({ policy: { ref: null, oid: null, path: FILE }, assisted: 2, refused: 1 });
  });

  it("works on a server's repository, which has no work tree", () => {
    using world = openPushWorld({ policy: null });
    world.dev.commit(ASSISTED);
    world.dev.git(["push", "-q", "--no-verify", "origin", "main"]);
    expect(json(world.server)).toMatchObject({ branch: "main", commits: 2, refused: 1 });
  });

  it("says so where there is no commit yet", () => {
    using scratch = openScratch();
    expectFault(simulate(initRepo(scratch, "empty")), "REVISION_UNKNOWN", "refs/heads/main");
  });
});

/** A server's history under a policy: a clean commit, one that a rule forbids, one that was vouched for. */
function openHistory(policy = POLICY): PushWorld {
  const world = openPushWorld({ policy });
  world.dev.commit("Fix\n");
  world.dev.commit(ASSISTED, { files: { "prod/a.tf": "a\n" } });
  world.dev.commit(VOUCHED);
  world.dev.git(["push", "-q", "--no-verify", "origin", "main"]);
  return world;
}

describe("what a simulation tells of a policy", () => {
  const rules = `rules:
  - { name: infrastructure, paths: ["prod/**"], cosign: { level: principal, count: 2 } }
  - { name: no agents, agents: [claude-code], paths: ["prod/**"], deny: Never. }
`;

  it("is counted by rule, code and agent, with the co-signs that were missing", () => {
    using world = openHistory(`${POLICY}${rules}`);
    expect(json(world.dev)).toMatchObject({
      policy: { ref: "refs/remotes/origin/main", oid: world.dev.oid("HEAD"), path: FILE },
      mode: "enforce",
      commits: 4,
      assisted: 2,
      refused: 1,
      merges: null,
      codes: { DENIED_BY_RULE: 1, COSIGN_MISSING: 1 },
      rules: [
        { rule: "no agents", commits: 1 },
        { rule: "infrastructure", commits: 1 },
      ],
      agents: [{ agent: "claude-code", assisted: 2, refused: 1 }],
      missing: [
        { count: 2, level: "principal", proof: "declared", commits: 1, cosigns: 2, able: ["grace@acme.example"] },
      ],
      newest: [{ commit: world.dev.oid("HEAD^"), subject: "Retry uploads", agents: ["claude-code"] }],
    });
    expect(simulate(world.dev).stdout).toContain("could be given by Grace Hopper\n");
  });

  it("can be asked of another revision's policy or of the work tree's", () => {
    using world = openHistory();
    writeFileSync(join(world.dev.dir, FILE), POLICY.replace("proof: declared", "count: 0"));
    expect(json(world.dev)).toMatchObject({ refused: 1 });
    expect(json(world.dev, "--work-tree-policy")).toMatchObject({ refused: 0, policy: { ref: null, path: FILE } });
    expect(json(world.dev, "--policy", "HEAD~3")).toMatchObject({ refused: 1, policy: { ref: "HEAD~3" } });
    expect(simulate(world.dev, "--work-tree-policy").stdout).toContain("Nothing would have been refused.");
  });

  it("is that nothing is refused on a branch that is not protected", () => {
    using world = openHistory(POLICY.replace("[main]", "[mian]"));
    const { status, stdout } = simulate(world.dev);
    expect(status).toBe(0);
    expect(stdout).toContain("The policy does not protect main: anything may land there.\n");
    expect(json(world.dev)).toMatchObject({ mode: null, assisted: 2, refused: 0 });
  });

  it("does not depend on the baseline, since history is what is asked about", () => {
    using world = openHistory();
    writeFileSync(join(world.dev.dir, FILE), `${POLICY}baseline: ${world.dev.oid("HEAD")}\n`);
    expect(json(world.dev, "--work-tree-policy")).toMatchObject({ commits: 4, refused: 1 });
  });
});

describe("what is simulated", () => {
  it("is as many of the last commits as one asks for", () => {
    using world = openHistory();
    expect(json(world.dev, "--commits", "1")).toMatchObject({ commits: 1, refused: 0 });
    expect(json(world.dev, "--commits", "2")).toMatchObject({ commits: 2, refused: 1 });
  });

  it("is a range", () => {
    using world = openHistory();
    expect(json(world.dev, "HEAD~2..HEAD^")).toMatchObject({ commits: 1, refused: 1 });
    expect(simulate(world.dev, "HEAD~2..HEAD^").stdout).toContain("simulated HEAD~2..HEAD^ for main");
  });

  it("is the last merges by itself where work lands by them, and commits where that is asked for", () => {
    using world = openPushWorld();
    const { dev } = world;
    for (const branch of ["one", "two"]) {
      dev.git(["switch", "-q", "-c", branch]);
      dev.commit(ASSISTED);
      dev.commit(ASSISTED);
      dev.git(["switch", "-q", "main"]);
      dev.git(["merge", "-q", "--no-ff", "-m", `Merge branch '${branch}'`, branch]);
    }
    dev.git(["push", "-q", "--no-verify", "origin", "main"]);
    // One request covers all that a merge brings, and each of the two seniors could be asked.
    expect(json(dev)).toMatchObject({
      merges: { count: 2, refused: 2 },
      refused: 4,
      requests: 2,
      asked: [
        { person: "ada@acme.example", most: 2, shared: 1 },
        { person: "grace@acme.example", most: 2, shared: 1 },
      ],
    });
    expect(simulate(dev).stdout).toContain("simulated all 2 merges of main");
    expect(json(dev, "--commits", "500")).toMatchObject({ merges: null, refused: 4, requests: 4 });
  });

  it("is what landed since a date as git reads it", () => {
    using world = openPushWorld();
    const { dev } = world;
    dev.commit(ASSISTED, { date: "2026-01-02T12:00:00Z" });
    dev.commit(ASSISTED, { date: "2026-01-05T12:00:00Z" });
    dev.commit("Fix\n", { date: "2026-01-05T13:00:00Z" });
    dev.git(["push", "-q", "--no-verify", "origin", "main"]);
    expect(json(dev, "--since", "2026-01-04T00:00:00Z")).toMatchObject({ commits: 2, refused: 1, days: 1 });
    const { stdout } = simulate(dev, "--since", "2026-01-04T00:00:00Z");
    expect(stdout).toContain("simulated the 2 commits of main since 2026-01-04");
    expect(stdout).toContain("requests for a co-sign: 1, on 1 day with commits\n");
    expect(json(dev, "--since", "2026-01-06T00:00:00Z")).toMatchObject({ commits: 0, refused: 0 });
  });

  it("asks nobody for a co-sign of their own work", () => {
    using world = openPushWorld();
    world.dev.commit(ASSISTED, { author: "Ada Lovelace <ada@home.example>" });
    world.dev.git(["push", "-q", "--no-verify", "origin", "main"]);
    expect(json(world.dev).asked).toEqual([{ person: "grace@acme.example", most: 1, shared: 1 }]);
  });

  it.each([
    ["", ["next: edit countersign.config.yaml", "policy diff refs/remotes/origin/main"]],
    ["mode: warn\n", ["next: once nothing is warned about any more, set `mode: enforce` in countersign.config.yaml"]],
  ])("ends with the next step: %j", (mode, words) => {
    using world = openHistory(`${POLICY}${mode}`);
    const text = simulate(world.dev).stdout.replaceAll(/\n +/g, " ");
    for (const word of words) expect(text).toContain(word);
    const [, command = ""] = /`countersign (policy diff .*?)`/.exec(text) ?? [];
    if (command) expect(countersign(world.dev, command.split(" ")).status).toBe(0);
  });

  it("is merges with what each brought in, and not what was committed between them", () => {
    using world = openPushWorld();
    const { dev } = world;
    const merge = (message: string): void => {
      dev.git(["switch", "-q", "-c", "topic"]);
      dev.commit(message);
      dev.commit("More\n");
      dev.git(["switch", "-q", "main"]);
      dev.git(["merge", "-q", "--no-ff", "-m", "Merge branch 'topic'", "topic"]);
      dev.git(["branch", "-q", "-D", "topic"]);
    };
    merge(ASSISTED);
    dev.commit(`Between\n\n${CLAUDE}\n`);
    merge("Fix\n");
    dev.git(["push", "-q", "--no-verify", "origin", "main"]);
    expect(json(dev, "--merges", "5")).toMatchObject({ commits: 6, refused: 1, merges: { count: 2, refused: 1 } });
    expect(json(dev, "--merges", "1")).toMatchObject({ commits: 3, refused: 0, merges: { count: 1, refused: 0 } });
    expect(simulate(dev, "--merges", "5").stdout).toMatch(/ merges +2\n {2}would be refused +1 +50.0 %\n/);
  });

  it.each([
    ["two ways at once", ["--commits", "1", "--merges", "1"], "OPTION_INVALID"],
    ["a range and a number", ["HEAD^..HEAD", "--commits", "1"], "OPTION_INVALID"],
    ["no number", ["--merges", "all"], "OPTION_INVALID"],
    ["no date", ["--since", "sometime"], "OPTION_INVALID"],
    ["a range and a date", ["HEAD^..HEAD", "--since", "yesterday"], "OPTION_INVALID"],
    ["an unknown branch", ["--branch", "nope"], "REVISION_UNKNOWN"],
    ["a revision without a policy", ["--policy", "HEAD^^^^"], "REVISION_UNKNOWN"],
  ])("cannot be %s", (_, args, code) => {
    using world = openHistory();
    expectFault(simulate(world.dev, ...args), code);
  });
});
