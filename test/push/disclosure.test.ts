import { describe, expect, it } from "vitest";
import { attempt, expectAllowed, expectRefused } from "../rig/worlds/attempt.ts";
import { openPushWorld, POLICY, type PushWorld } from "../rig/worlds/push-world.ts";

const policy = `${POLICY}disclosure: required\n`;
const HUMAN = "Assisted-by: none\n";
const LINES = Array.from({ length: 20 }, (_, i) => `${i}\n`);

/** A file of twenty lines, of which these are changed. */
function linesWith(...changed: readonly number[]): string {
  return LINES.map((line, i) => (changed.includes(i) ? `changed ${line}` : line)).join("");
}

/** Branches `main` and `side`, which both moved on from a common commit; `main` is checked out. */
function diverge(world: PushWorld, side: Record<string, string | null>, main: Record<string, string | null>): void {
  const { dev } = world;
  dev.commit(`Common\n\n${HUMAN}`, { files: { "both.txt": linesWith(), "gone.txt": "1\n" } });
  dev.git(["checkout", "-q", "-b", "side"]);
  dev.commit(`Side\n\n${HUMAN}`, { files: side });
  dev.git(["checkout", "-q", "main"]);
  dev.commit(`Main\n\n${HUMAN}`, { files: main });
}

describe("where everything must be disclosed, a merge need not say anything", () => {
  it.each<[what: string, side: Record<string, string | null>, main: Record<string, string | null>]>([
    ["of lines that changed different files", { "side.txt": "1\n" }, { "main.txt": "1\n" }],
    [
      "of lines that made the same change",
      { "both.txt": linesWith(3) },
      { "both.txt": linesWith(3), "main.txt": "1\n" },
    ],
    ["of a line that deleted a file", { "gone.txt": null }, { "main.txt": "1\n" }],
    ["of lines that changed one file, which git united", { "both.txt": linesWith(1) }, { "both.txt": linesWith(18) }],
  ])("%s", (_, side, main) => {
    using world = openPushWorld({ policy });
    diverge(world, side, main);
    world.dev.git(["merge", "-q", "--no-edit", "side"]);
    expectAllowed(attempt(world, world.dev.oid("HEAD")));
  });

  it("of three lines", () => {
    using world = openPushWorld({ policy });
    diverge(world, { "side.txt": "1\n" }, { "main.txt": "1\n" });
    world.dev.git(["checkout", "-q", "-b", "third", "main~"]);
    world.dev.commit(`Third\n\n${HUMAN}`);
    world.dev.git(["checkout", "-q", "main"]);
    world.dev.git(["merge", "-q", "--no-edit", "side", "third"]);
    expectAllowed(attempt(world, world.dev.oid("HEAD")));
  });
});

describe("where everything must be disclosed, a merge must say so", () => {
  it.each<[what: string, own: Record<string, string | null>]>([
    ["that adds a file of its own", { "evil.txt": "1\n" }],
    ["that changes a file which neither line changed", { "README.md": "changed\n" }],
    ["that changes a file beyond what a line did", { "side.txt": "2\n" }],
    ["that deletes a file which both lines have", { "gone.txt": null }],
    ["that drops what main did", { "main.txt": null }],
  ])("%s", (_, own) => {
    using world = openPushWorld({ policy });
    diverge(world, { "side.txt": "1\n" }, { "main.txt": "1\n" });
    world.dev.git(["merge", "-q", "--no-commit", "side"]);
    const message = "Merge branch 'side'\n";
    expectRefused(attempt(world, world.dev.commit(message, { files: own })), "DISCLOSURE_MISSING", message.trim());
    expectAllowed(attempt(world, world.dev.commit(`${message}\n${HUMAN}`, { files: {}, args: ["--amend"] })));
  });

  it("as every commit on the lines that it unites", () => {
    using world = openPushWorld({ policy });
    diverge(world, { "side.txt": "1\n" }, { "main.txt": "1\n" });
    world.dev.commit("Undeclared\n");
    world.dev.git(["merge", "-q", "--no-edit", "side"]);
    const refused = attempt(world, world.dev.oid("HEAD"));
    expectRefused(refused, "DISCLOSURE_MISSING", '"Undeclared"');
    expect(refused.stderr).not.toContain("Merge branch");
  });
});
