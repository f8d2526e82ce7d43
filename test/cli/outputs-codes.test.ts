import { CODES } from "@countersign/core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { countersign, expectFault } from "../rig/process/countersign.ts";
import { ASSISTED } from "../rig/worlds/attempt.ts";
import { openPushWorld, type PushWorld } from "../rig/worlds/push-world.ts";

let world: PushWorld;
beforeAll(() => {
  world = openPushWorld();
  world.dev.commit(ASSISTED);
});
afterAll(() => world[Symbol.dispose]());

function explain(...args: readonly string[]) {
  return countersign(world.dev, ["explain", ...args]);
}

describe("explain, of a code,", () => {
  it("tells what it means, and shows a message with why and what to do", () => {
    const { status, stdout, stderr } = explain("COSIGN_MISSING");
    expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
    expect(`\n${stdout}`).toMatchInlineSnapshot(`
      "
      COSIGN_MISSING, a broken rule: the push or check is refused with exit code 1

      An AI-assisted commit has fewer co-signs than the policy requires.

      For example:
        COSIGN_MISSING: it has no co-sign
          why: the policy requires a signed co-sign from a person of level senior or higher for AI-assisted work
          fix: ask a person on the roster to review the change and run \`countersign cosign\`; an AI agent must stop here and ask for that
      "
    `);
  });

  it("needs no repository", () => {
    const { dir } = world.scratch;
    expect(countersign(world.dev, ["explain", "GIT_FAILED"], { cwd: dir }).stdout).toContain("GIT_FAILED: ");
    expect(countersign(world.dev, ["explain", "--codes"], { cwd: dir }).status).toBe(0);
  });

  it.each([
    ["DISCLOSURE_MISSING", "a broken rule"],
    ["GIT_FAILED", "no decision was reached"],
    ["BRANCH_PATTERN_UNMATCHED", "advice on a sound policy"],
    ["HOOK_SWITCHED_OFF", "a finding of `countersign doctor`"],
  ])("says of %s that it is %s", (code, kind) => {
    const { status, stdout, stderr } = explain(code);
    expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
    expect(stdout).toMatch(new RegExp(`^${code}, ${kind}`));
    expect(stdout).toMatch(/\n {4}why: .+\n {4}fix: .+\n$/);
  });

  it("lists them all", () => {
    const { status, stdout } = explain("--codes");
    expect(status).toBe(0);
    for (const { code } of CODES) expect(stdout).toMatch(new RegExp(`^${code} +\\S.+\\.$`, "m"));
  });

  it.each([
    ["COSIGN_MISING", "COSIGN_MISSING"],
    ["cosign_missing", "COSIGN_MISSING"],
    ["POLICY_MALFORMD", "POLICY_MALFORMED"],
    ["GIT_FAILURE", "GIT_FAILED"],
  ])("that is misspelled as %s says that %s was meant", (typed, meant) => {
    expectFault(explain(typed), "CODE_UNKNOWN", `"${typed}"`, `did you mean ${meant}?`);
    expectFault(countersign(world.dev, ["explain", typed], { cwd: world.scratch.dir }), "CODE_UNKNOWN", meant);
  });

  it("that is like none suggests none", () => {
    const result = explain("ENTIRELY_ANOTHER_THING");
    expectFault(result, "CODE_UNKNOWN");
    expect(result.stderr).not.toContain("did you mean");
  });
});

describe("a name that is a code and a ref", () => {
  it("is the code, and the ref in full is the commit", () => {
    world.dev.git(["branch", "COSIGN_MISSING", "HEAD"]);
    expect(explain("COSIGN_MISSING").stdout).toContain("a broken rule");
    expect(explain("refs/heads/COSIGN_MISSING").stdout).toMatch(/^commit {4}[0-9a-f]{40} "Retry uploads"\n/);
    expect(explain("heads/COSIGN_MISSING").stdout).toMatch(/^commit /);
  });

  it("is the commit where it is only written like a code", () => {
    world.dev.git(["update-ref", "ORIG_HEAD", "HEAD"]);
    world.dev.git(["branch", "MY_TOPIC", "HEAD"]);
    for (const name of ["ORIG_HEAD", "MY_TOPIC"]) expect(explain(name).stdout).toMatch(/^commit {4}[0-9a-f]{40} /);
  });

  it.each(["mian", "HEAD~99", "deadbeef"])("%s is only a revision that is not there", (revision) => {
    expectFault(explain(revision), "REVISION_UNKNOWN");
  });
});

it("explain wants one thing", () => {
  expectFault(explain(), "OPTION_INVALID", "which commit or code");
  expectFault(explain("--codes", "HEAD"), "OPTION_INVALID");
  expectFault(explain("HEAD", "COSIGN_MISSING"), "OPTION_INVALID", "argument");
});
