import { existsSync, lstatSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { countersign } from "../rig/process/countersign.ts";
import { CLAUDE, openPushWorld, type PushWorld } from "../rig/worlds/push-world.ts";

let world: PushWorld;
let outside: string;
beforeEach(() => {
  world = openPushWorld();
  outside = join(world.scratch.dir, "outside");
  mkdirSync(outside);
  writeFileSync(join(outside, "bashrc"), "# my shell\n");
});
afterEach(() => world[Symbol.dispose]());

/** Commits a link, as a pull request brings it, and checks that commit with a report of that name. */
function checkBeside(link: string, target: string, report: string): ReturnType<typeof countersign> {
  symlinkSync(target, join(world.dev.dir, link));
  world.dev.git(["add", "-A"]);
  world.dev.git(["commit", "-q", "--no-verify", "-m", `$(touch PWNED)\n\n${CLAUDE}`]);
  return countersign(world.dev, ["check", "origin/main..HEAD", "--format", `sarif=${report}`]);
}

it("a report takes the place of a link of its name, and what that led to is left alone", () => {
  const { status } = checkBeside("countersign.sarif", join(outside, "bashrc"), "countersign.sarif");
  expect(status).toBe(1);
  expect(readFileSync(join(outside, "bashrc"), "utf8")).toBe("# my shell\n");
  expect(lstatSync(join(world.dev.dir, "countersign.sarif")).isFile()).toBe(true);
});

it("a report leaves git's own files alone, however the link that leads there is made", () => {
  const config = readFileSync(join(world.dev.dir, ".git/config"), "utf8");
  checkBeside("report.xml", ".git/config", "report.xml");
  expect(readFileSync(join(world.dev.dir, ".git/config"), "utf8")).toBe(config);
  const { status, stderr } = checkBeside("reports", ".git/hooks", "reports/pre-commit");
  expect({ status, there: existsSync(join(world.dev.dir, ".git/hooks/pre-commit")) }).toEqual({
    status: 2,
    there: false,
  });
  expect(stderr).toContain("OUTPUT_UNWRITABLE");
});

it("a report is not written to a folder that a link of the work tree leads out to", () => {
  const { status, stderr } = checkBeside("reports", outside, "reports/bashrc");
  expect(status).toBe(2);
  expect(stderr).toContain("a link on the way to it leads out of the work tree");
  expect(readFileSync(join(outside, "bashrc"), "utf8")).toBe("# my shell\n");
});

it("a report outside of the work tree may stand behind a link that the machine's owner made", () => {
  symlinkSync(join(outside, "bashrc"), join(outside, "latest.sarif"));
  world.dev.commit(`Retry\n\n${CLAUDE}\n`);
  const args = ["check", "origin/main..HEAD", "--format", `sarif=${join(outside, "latest.sarif")}`];
  expect(countersign(world.dev, args).status).toBe(1);
  expect(JSON.parse(readFileSync(join(outside, "bashrc"), "utf8"))).toHaveProperty("version", "2.1.0");
});
