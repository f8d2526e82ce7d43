import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { makeSigner, signedPolicy } from "../rig/keys/cosign-commit.ts";
import { ASSISTED, attempt, expectAllowed, expectRefused } from "../rig/worlds/attempt.ts";
import { openPushWorld, type PushWorld } from "../rig/worlds/push-world.ts";

const policy = signedPolicy({ ada: [makeSigner().line] }, "proof: signed", "ledger: countersign/ledger\n");
const LEDGER = "countersign/ledger";

/** Runs the command that a push printed behind these words. */
function follow({ dev }: PushWorld, stderr: string, words: string): void {
  const command = stderr
    .split("\n")
    .find((line) => line.includes(words))
    ?.replace(/.*: (?=git )/, "");
  expect(command).toMatch(/^git /);
  dev.git((command ?? "").split(" ").slice(1));
}

/** A ledger's commit without a record. */
function makeLedger({ dev }: PushWorld): void {
  const tree = dev.git(["hash-object", "-t", "tree", "-w", "/dev/null"]);
  dev.git(["update-ref", `refs/heads/${LEDGER}`, dev.git(["commit-tree", "-m", "Co-signs for main", tree])]);
}

describe("a push that lacks a co-sign", () => {
  it("says how to push a ledger that is here alone", () => {
    using world = openPushWorld({ policy });
    makeLedger(world);
    const tip = world.dev.commit(ASSISTED);
    const refused = attempt(world, tip);
    expectRefused(refused, "COSIGN_MISSING", "push it too");
    follow(world, refused.stderr, "push it too");
    expect(attempt(world, tip).stderr).not.toContain("the ledger");
  });

  it("says how to fetch a ledger that was not fetched", () => {
    using world = openPushWorld({ policy });
    makeLedger(world);
    world.dev.git(["push", "-q", "origin", LEDGER]);
    for (const ref of [`refs/heads/${LEDGER}`, `refs/remotes/origin/${LEDGER}`]) {
      world.dev.git(["update-ref", "-d", ref]);
    }
    const tip = world.dev.commit(ASSISTED);
    const refused = attempt(world, tip);
    expectRefused(refused, "COSIGN_MISSING", "the ledger was not fetched");
    follow(world, refused.stderr, "the ledger was not fetched");
    expect(attempt(world, tip).stderr).not.toContain("the ledger");
  });

  it("is refused for that, and for nothing else, where the history of the ledger is not here", () => {
    using world = openPushWorld({ policy });
    makeLedger(world);
    const { dev } = world;
    const tree = dev.git(["hash-object", "-t", "tree", "-w", "/dev/null"]);
    const [old, next] = ["Old", "Next"].map((message) => dev.git(["commit-tree", "-m", message, tree]));
    const tip = dev.git(["commit-tree", "-m", "More", "-p", next ?? "", tree]);
    dev.git(["update-ref", `refs/heads/${LEDGER}`, tip]);
    dev.git(["push", "-q", "origin", LEDGER]);
    dev.git(["update-ref", `refs/heads/${LEDGER}`, old ?? ""]);
    writeFileSync(join(dev.dir, ".git/shallow"), `${tip}\n`);
    const refused = attempt(world, dev.commit(ASSISTED));
    expectRefused(refused, "COSIGN_MISSING", "push it too");
    expect(refused.stderr).not.toContain("cannot decide");
  });

  it("says nothing of a ledger where the policy names none, or nothing is missing", () => {
    using world = openPushWorld({ policy });
    makeLedger(world);
    const allowed = attempt(world, world.dev.commit("By hand\n"));
    expectAllowed(allowed);
    expect(allowed.stderr).not.toContain("ledger");
    using other = openPushWorld({ policy: policy.replace("ledger: countersign/ledger\n", "") });
    makeLedger(other);
    expect(attempt(other, other.dev.commit(ASSISTED)).stderr).not.toContain("ledger");
  });
});
