import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { countersign, expectFault } from "../rig/process/countersign.ts";
import { ASSISTED, VOUCHED } from "../rig/worlds/attempt.ts";
import { CLAUDE, openPushWorld, POLICY, type PushWorld } from "../rig/worlds/push-world.ts";

const FILE = "countersign.config.yaml";
const DOCS = '  - { name: docs are free, paths: ["docs/**"], cosign: { count: 0 } }\n';
const INFRA = '  - { name: infrastructure, paths: ["infra/**"], cosign: { count: 2 } }\n';

/** A server's history: assisted work in several places, some of it vouched for. The server's policy is tagged `old`. */
function openHistory(policy = POLICY): PushWorld {
  const world = openPushWorld({ policy });
  const { dev } = world;
  dev.git(["tag", "old"]);
  const on = (day: number) => ({ date: `2026-01-0${day}T12:00:00Z` });
  dev.commit("By hand\n", on(1));
  dev.commit(`Explain retries\n\n${CLAUDE}\n`, { ...on(2), files: { "docs/retry.md": "x\n" } });
  dev.commit(ASSISTED, { ...on(3), files: { "docs/all.md": "x\n", "src/all.ts": "x\n" } });
  dev.commit(VOUCHED, { ...on(4), files: { "infra/a.tf": "x\n" } });
  dev.git(["push", "-q", "--no-verify", "origin", "main"]);
  return world;
}

function diff({ dev }: PushWorld, policy: string | undefined, ...args: readonly string[]) {
  if (policy !== undefined) writeFileSync(join(dev.dir, FILE), policy);
  const { status, stdout, stderr } = countersign(dev, ["policy", "diff", "--format", "json", ...args]);
  expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
  return JSON.parse(stdout);
}

const because = (kind: string, name: string, change: string) => ({ kind, name, change });

describe("policy diff", () => {
  it("shows each commit that is judged differently, both verdicts and the rule that makes the difference", () => {
    using world = openHistory();
    const { dev } = world;
    writeFileSync(join(dev.dir, FILE), `${POLICY}rules:\n${DOCS}${INFRA}`);
    const { status, stdout, stderr } = countersign(dev, ["policy", "diff", "old"]);
    expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
    const shown = (revision: string): string => dev.git(["log", "-1", "--format=%h %as", "--abbrev=12", revision]);
    expect(
      stdout.replace(/(?<=old at )[0-9a-f]{40}/, "<commit>"),
    ).toBe(`countersign: the policies judge 2 of 5 commits of main differently
old policy: old at <commit>, ${FILE}
new policy: the work tree, ${FILE}

allowed -> refused (COSIGN_MISSING), by the added rule "infrastructure": 1
  ${shown("HEAD")} "Retry uploads"

refused (COSIGN_MISSING) -> allowed, by the added rule "docs are free": 1
  ${shown("HEAD~2")} "Explain retries"
`);
  });

  it("counts a commit that is refused by both and asks other people now", () => {
    using world = openHistory();
    const infra = 'rules: [{ name: strict, paths: ["**"], cosign: { count: 2 } }]\n';
    const { flips } = diff(world, `${POLICY}${infra}`, "old");
    const refused = flips.filter(({ before }: { before: { outcome: string } }) => before.outcome === "deny");
    expect(refused).toHaveLength(2);
    for (const flip of refused) {
      expect(flip).toMatchObject({
        before: { outcome: "deny", codes: ["COSIGN_MISSING"], missing: [{ count: 1 }] },
        after: { outcome: "deny", codes: ["COSIGN_MISSING"], missing: [{ count: 2 }] },
        because: [because("rule", "strict", "added")],
      });
    }
    const { stdout } = countersign(world.dev, ["policy", "diff", "old"]);
    expect(stdout.replaceAll(/\n(?=\S)/g, " ")).toContain(
      'refused (needs a co-sign from a person of level senior or higher) -> refused (needs 2 co-signs from people of level senior or higher), by the added rule "strict"',
    );
  });

  it("tells that of two rules only the one that matters made it", () => {
    using world = openHistory(`${POLICY}rules:\n${DOCS}`);
    const { flips } = diff(world, `${POLICY}rules:\n${INFRA}`, "old");
    expect(flips).toMatchObject([
      {
        subject: "Retry uploads",
        before: { outcome: "allow", codes: [] },
        after: { outcome: "deny", codes: ["COSIGN_MISSING"] },
        because: [because("rule", "infrastructure", "added")],
      },
      { subject: "Explain retries", because: [because("rule", "docs are free", "removed")] },
    ]);
  });

  it.each<[what: string, policy: string, flips: number, cause: ReturnType<typeof because>]>([
    ["people", POLICY.replace("ada@acme.example, ", ""), 1, because("field", "people", "changed")],
    ["what is asked for", POLICY.replace("proof: declared", "proof: signed"), 3, because("field", "cosign", "changed")],
    ["the mode", `${POLICY}mode: warn\n`, 2, because("field", "mode", "changed")],
    ["exemptions", `${POLICY}exempt: [noreply@anthropic.com]\n`, 2, because("field", "exempt", "changed")],
    ["what is protected", POLICY.replace("[main]", "[trunk]"), 2, because("field", "protect", "changed")],
    ["disclosure", `${POLICY}disclosure: required\n`, 2, because("field", "disclosure", "changed")],
  ])("names %s where that made the difference", (_, policy, count, cause) => {
    using world = openHistory();
    const { flips } = diff(world, policy, "old");
    expect(flips).toHaveLength(count);
    for (const flip of flips) expect(flip.because).toEqual([cause]);
  });

  it("names all parts where only together they make it", () => {
    using world = openHistory();
    const two = POLICY.replace("proof: declared", "proof: declared\n  count: 0");
    const rule = 'rules:\n  - { name: sources, paths: ["src/**"], cosign: { count: 1 } }\n';
    const before = `${two}exempt: [noreply@anthropic.com]\n`;
    world.dev.git(["tag", "exempting", world.dev.commit("x\n", { files: { [FILE]: before } })]);
    const [flip, ...others] = diff(world, `${two}${rule}`, "exempting").flips;
    expect(others).toEqual([]);
    expect(flip.because).toEqual([because("field", "exempt", "changed"), because("rule", "sources", "added")]);
  });

  it("finds no difference where only comments changed", () => {
    using world = openHistory();
    expect(diff(world, `# Ours.\n${POLICY}`, "old")).toMatchObject({ commits: 5, flips: [] });
  });

  it("can compare two revisions, and fewer commits", () => {
    using world = openHistory();
    world.dev.commit("Tighten\n", { files: { [FILE]: `${POLICY}rules:\n${INFRA}` } });
    expect(diff(world, undefined, "old..HEAD")).toMatchObject({
      before: { ref: "old", path: FILE },
      after: { ref: "HEAD", oid: world.dev.oid("HEAD") },
      commits: 5,
      flips: [{ commit: world.dev.oid("HEAD^") }],
    });
    expect(diff(world, undefined, "HEAD..old", "--commits", "1")).toMatchObject({ commits: 1, flips: [{}] });
    expect(diff(world, undefined, "HEAD..HEAD")).toMatchObject({ flips: [] });
  });

  it("judges for the branch that is named", () => {
    using world = openHistory();
    world.dev.git(["push", "-q", "--no-verify", "origin", "main:release/1"]);
    world.dev.git(["fetch", "-q"]);
    const policy = POLICY.replace("[main]", '["release/*"]');
    expect(diff(world, policy, "old", "--branch", "release/1").flips).toHaveLength(2);
    expect(diff(world, policy, "old").flips).toHaveLength(2);
    expect(diff(world, policy, "old", "--branch", "release/1").flips[0].before.outcome).toBe("allow");
    expect(diff(world, policy, "old").flips[0].after.outcome).toBe("allow");
  });

  it.each<[what: string, args: readonly string[], code: string]>([
    ["no such revision", ["mian"], "REVISION_UNKNOWN"],
    ["a revision without a policy", ["empty"], "POLICY_MISSING"],
    ["no revision", [], "OPTION_INVALID"],
    ["no number", ["old", "--commits", "all"], "OPTION_INVALID"],
    ["no such branch", ["old", "--branch", "nope"], "REVISION_UNKNOWN"],
  ])("cannot be made with %s", (_, args, code) => {
    using world = openHistory();
    world.dev.git([
      "tag",
      "empty",
      world.dev.git(["commit-tree", "-m", "x", world.dev.git(["mktree"], { input: "" })]),
    ]);
    expectFault(countersign(world.dev, ["policy", "diff", ...args]), code);
  });
});
