import { readFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, expect, it } from "vitest";
import { initRepo, type Repo } from "../repository/repo.ts";
import { openScratch } from "../repository/scratch.ts";
import { attempt, expectAllowed } from "../worlds/attempt.ts";
import { openPushWorld } from "../worlds/push-world.ts";

/** What git gives a hook that runs in a linked worktree, or behind `--git-dir`. */
const HOOK_VARIABLES = ["GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_PREFIX", "GIT_OBJECT_DIRECTORY"];

afterEach(() => {
  for (const name of HOOK_VARIABLES) delete process.env[name];
});

function fingerprint(outer: Repo): string {
  const files = ["HEAD", "config", "index"].map((file) => readFileSync(join(outer.dir, ".git", file), "base64"));
  return [...files, outer.git(["for-each-ref"]), outer.git(["status", "--porcelain"])].join("\n");
}

it("leaves the repository alone from whose hook the suite is run", () => {
  using scratch = openScratch();
  const outer = initRepo(scratch, "outer");
  outer.commit("Outer\n");
  const before = fingerprint(outer);
  process.env["GIT_DIR"] = join(outer.dir, ".git");
  process.env["GIT_WORK_TREE"] = outer.dir;
  process.env["GIT_INDEX_FILE"] = join(outer.dir, ".git/index");
  process.env["GIT_PREFIX"] = "";
  process.env["GIT_OBJECT_DIRECTORY"] = join(outer.dir, ".git/objects");
  using world = openPushWorld({ ownProcess: true });
  expectAllowed(attempt(world, world.dev.commit("By hand\n")));
  expect(fingerprint(outer)).toBe(before);
  expect(outer.oid("HEAD")).not.toBe(world.dev.oid("HEAD"));
});
