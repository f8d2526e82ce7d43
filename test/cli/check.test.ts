import { describe, expect, it } from "vitest";
import { countersign, expectFault } from "../rig/process/countersign.ts";
import type { Run } from "../rig/process/run.ts";
import { ASSISTED, VOUCHED } from "../rig/worlds/attempt.ts";
import { openPushWorld, POLICY, type PushWorld } from "../rig/worlds/push-world.ts";

function check(world: PushWorld, ...args: readonly string[]): Run {
  return countersign(world.dev, ["check", ...args]);
}

function expectRefused(result: Run, ...phrases: readonly string[]): void {
  for (const phrase of phrases) expect(result.stdout).toContain(phrase);
  expect({ status: result.status, stderr: result.stderr }).toEqual({ status: 1, stderr: "" });
}

function expectAllowed(result: Run, ...phrases: readonly string[]): void {
  for (const phrase of phrases) expect(result.stdout).toContain(phrase);
  expect({ status: result.status, stderr: result.stderr }).toEqual({ status: 0, stderr: "" });
}

describe.each(["sha1", "sha256"] as const)("check in a %s repository", (format) => {
  it("refuses assisted work without a co-sign, and allows it with one", () => {
    using world = openPushWorld({ format });
    world.dev.commit(ASSISTED);
    expectRefused(
      check(world),
      "countersign: refused refs/heads/main (1 new commit, 1 AI-assisted)",
      "COSIGN_MISSING: ",
      '"Retry uploads"',
    );
    world.dev.commit(VOUCHED, { args: ["--amend"] });
    expectAllowed(
      check(world),
      "countersign: allowed refs/heads/main",
      "co-signed by ada@acme.example (declared, not proven)",
    );
  });

  it("names the policy that it judged by", () => {
    using world = openPushWorld({ format });
    const policy = world.dev.oid("HEAD");
    world.dev.commit(ASSISTED);
    expectRefused(check(world), `policy: refs/remotes/origin/main at ${policy}, countersign.config.yaml`);
  });
});

describe("what check judges", () => {
  it("is what HEAD would add to the default branch, unless something is named", () => {
    using world = openPushWorld();
    world.dev.git(["switch", "-q", "-c", "topic"]);
    expectAllowed(check(world), "countersign: allowed (0 new, none AI-assisted)");
    world.dev.commit("Fix\n");
    expectAllowed(check(world), "countersign: allowed (1 new, none AI-assisted)");
    world.dev.commit(ASSISTED);
    expectRefused(check(world), "(2 new commits, 1 AI-assisted)");
  });

  it("is what a revision would add", () => {
    using world = openPushWorld();
    const good = world.dev.commit("Fix\n");
    world.dev.commit(ASSISTED);
    expectAllowed(check(world, good), "1 new");
    expectAllowed(check(world, "HEAD^"), "1 new");
    expectRefused(check(world, "main"), "COSIGN_MISSING");
  });

  it("is all that the branch does not have, wherever a range begins", () => {
    using world = openPushWorld();
    const bad = world.dev.commit(ASSISTED);
    world.dev.commit("Fix\n");
    for (const range of ["origin/main..HEAD", "origin/main..", `${bad}..HEAD`, "HEAD..HEAD"]) {
      expectRefused(check(world, range), "(2 new commits, 1 AI-assisted)");
    }
    expectAllowed(check(world, "HEAD..origin/main"), "0 new");
  });

  it("is what landed since, where the branch has the start of a range", () => {
    using world = openPushWorld();
    const before = world.dev.oid("HEAD");
    const bad = world.dev.commit(ASSISTED);
    world.dev.commit("Fix\n");
    world.dev.git(["push", "-q", "--no-verify", "origin", "main"]);
    expectAllowed(check(world, "HEAD"), "0 new");
    expectRefused(check(world, `${before}..HEAD`), "(2 new commits, 1 AI-assisted)");
    expectAllowed(check(world, `${bad}..HEAD`), "1 new");
  });

  it("is a tag's commit where the range names an annotated tag", () => {
    using world = openPushWorld();
    world.dev.commit(ASSISTED);
    world.dev.git(["tag", "-a", "-m", "x", "v1"]);
    expectRefused(check(world, "origin/main..v1"), "COSIGN_MISSING");
    expectRefused(check(world, "v1"), "COSIGN_MISSING");
  });

  it("is no rewriting where the base of a pull request has moved on", () => {
    using world = openPushWorld();
    const base = world.dev.oid("HEAD");
    world.dev.commit("Someone else's work\n");
    world.dev.git(["push", "-q", "--no-verify", "origin", "main"]);
    world.dev.git(["switch", "-q", "-c", "topic", base]);
    world.dev.commit("Fix\n");
    expectAllowed(check(world, "origin/main..HEAD"), "1 new");
    world.dev.commit(ASSISTED);
    const refused = check(world, "origin/main..HEAD");
    expectRefused(refused, "COSIGN_MISSING");
    expect(refused.stdout).not.toContain("HISTORY_REWRITTEN");
  });

  it("is no range of three dots", () => {
    using world = openPushWorld();
    expectFault(check(world, "origin/main...HEAD"), "OPTION_INVALID", "A..B");
  });
});

describe("the branch that check judges for", () => {
  const policy = `${POLICY}rules: []\n`.replace(
    "protect:\n  - branches: [main]",
    'protect:\n  - branches: [main]\n  - branches: ["release/*"]\n    cosign: { count: 2 }',
  );

  it("can be another one, with its own rules", () => {
    using world = openPushWorld({ policy });
    world.dev.commit(VOUCHED);
    expectAllowed(check(world), "refs/heads/main");
    expectRefused(check(world, "--branch", "release/2"), "refs/heads/release/2", "it has 1 of 2 co-signs");
  });

  it("may be one that nothing protects, wherever it is known", () => {
    using world = openPushWorld({ policy });
    world.dev.commit(ASSISTED);
    world.dev.git(["branch", "topic"]);
    world.dev.git(["update-ref", "refs/remotes/fork/fix/one", "HEAD"]);
    world.dev.git(["push", "-q", "--no-verify", "origin", "main:there"]);
    for (const branch of ["topic", "there", "fix/one"]) {
      expectAllowed(check(world, "--branch", branch), "countersign: allowed (the policy does not protect this branch)");
    }
  });

  it("may be one that is yet to come, where the policy protects it", () => {
    using world = openPushWorld({ policy });
    world.dev.commit(ASSISTED);
    expectRefused(check(world, "--branch", "release/9"), "refs/heads/release/9");
  });

  it.each([
    ["mian", "; did you mean main?"],
    ["refs/heads/main", "; did you mean main?"],
    ["origin/main", "; did you mean main?"],
    ["upstream/release/9", "; did you mean release/9?"],
    ["trunk", "nor does the policy protect one\n"],
    ["", "there is no branch"],
  ])("is not taken for an unprotected one where it is nowhere, as %j", (branch, phrase) => {
    using world = openPushWorld({ policy });
    world.dev.commit(ASSISTED);
    for (const more of [[], ["--quiet"], ["--format", "sarif"], ["--work-tree-policy"]]) {
      expectFault(check(world, "--branch", branch, ...more), "BRANCH_NOT_FOUND", phrase);
    }
  });

  it("may be anything on a server, which may be about to receive it", () => {
    using world = openPushWorld({ policy });
    const { status, stdout } = countersign(world.server, ["check", "main", "--branch", "to-come"]);
    expect(status).toBe(0);
    expect(stdout).toContain("the policy does not protect this branch");
  });
});

describe("the JSON of a check", () => {
  it("holds the decision and nothing else on standard output", () => {
    using world = openPushWorld();
    const old = world.dev.oid("HEAD");
    const bad = world.dev.commit(ASSISTED);
    const result = check(world, "--format", "json");
    expect({ status: result.status, stderr: result.stderr }).toEqual({ status: 1, stderr: "" });
    expect(JSON.parse(result.stdout)).toMatchObject({
      version: 1,
      outcome: "deny",
      policy: { ref: "refs/remotes/origin/main", oid: old, path: "countersign.config.yaml" },
      updates: [
        {
          ref: "refs/heads/main",
          old,
          new: bad,
          branch: "main",
          commits: 1,
          assisted: 1,
          violations: [{ code: "COSIGN_MISSING", commit: bad, rule: null }],
          judged: [{ commit: bad, subject: "Retry uploads", state: "assisted", agents: ["claude-code"] }],
        },
      ],
    });
  });

  it("tells of an allowed range too, and of one without commits", () => {
    using world = openPushWorld();
    world.dev.commit("Fix\n");
    const parsed = (args: readonly string[]) => JSON.parse(check(world, "--format", "json", ...args).stdout);
    expect(parsed([])).toMatchObject({
      outcome: "allow",
      updates: [{ commits: 1, assisted: 0, violations: [], judged: [] }],
    });
    expect(parsed(["origin/main"])).toMatchObject({ outcome: "allow", updates: [{ commits: 0 }] });
  });

  it("is lossless for hostile text", () => {
    using world = openPushWorld();
    const subject = "::set-output name=x::y\u001b[2K\u202e </script> \u2028";
    world.dev.commit(`${subject}\n\n${ASSISTED.split("\n\n")[1]}`);
    const { stdout } = check(world, "--format", "json");
    expect(JSON.parse(stdout).updates[0].judged[0].subject).toBe(subject);
    expect(check(world).stdout).not.toMatch(/[^\P{Cc}\n]|\p{Cf}|^\s*::/mu);
  });
});

it("changes nothing in the repository", () => {
  using world = openPushWorld();
  world.dev.commit(ASSISTED);
  world.dev.write({ "staged.txt": "x\n" });
  const state = () => [
    world.dev.git(["status", "--porcelain"]),
    world.dev.git(["for-each-ref"]),
    world.dev.git(["reflog"]),
  ];
  const before = state();
  check(world);
  expect(state()).toEqual(before);
});
