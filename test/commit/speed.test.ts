import { existsSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { openCommitWorld } from "../rig/worlds/commit-world.ts";
import type { PushWorld } from "../rig/worlds/push-world.ts";

const HOOKLESS = ["-c", "core.hooksPath=/dev/null"];

/** How many gits ran while one did its work, itself included. */
function countGits({ dev, scratch }: PushWorld, args: readonly string[]): number {
  const trace = join(scratch.dir, "trace");
  rmSync(trace, { force: true });
  dev.git(args, { env: { GIT_TRACE2: trace } });
  return existsSync(trace) ? (readFileSync(trace, "utf8").match(/ start /g) ?? []).length : 0;
}

/** Three commits by hand, and what came meanwhile. */
function openWork(): PushWorld {
  const world = openCommitWorld();
  const { dev } = world;
  dev.git(["switch", "-q", "-c", "topic"]);
  for (const name of ["One", "Two", "Three"]) dev.commit(`${name}\n\nFor a reason: speed.\n`);
  dev.git(["tag", "work"]);
  dev.git(["switch", "-q", "main"]);
  dev.commit("Meanwhile\n");
  dev.git(["switch", "-q", "topic"]);
  return world;
}

it.each<[what: string, args: readonly string[]]>([
  ["a rebase", ["rebase", "-q", "main"]],
  ["a cherry-pick of several", ["cherry-pick", "main~..main"]],
])("the hooks start no git for the picks of %s", (_, args) => {
  using world = openWork();
  const without = countGits(world, [...HOOKLESS, ...args]);
  world.dev.git(["reset", "-q", "--hard", "work"]);
  expect(countGits(world, args)).toBe(without);
});

it("the hooks of a message start no git for an amend that keeps it", () => {
  using world = openWork();
  rmSync(join(world.dev.commonDir, "hooks/pre-commit"));
  const amend = ["commit", "-q", "--amend", "--no-edit", "--date=2026-01-01T00:00:00Z"];
  expect(countGits(world, amend)).toBe(countGits(world, [...HOOKLESS, ...amend]));
});
