import { readFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, expect, it } from "vitest";
import { type Run, run } from "./rig/process/run.ts";
import { initRepo } from "./rig/repository/repo.ts";
import { openScratch, type Scratch } from "./rig/repository/scratch.ts";
import { ROOT } from "./rig/suite/bins.ts";
import { ASSISTED } from "./rig/worlds/attempt.ts";

/** Runs the demo from the workspace, as `pnpm demo` does. */
function demo(scratch: Scratch, args: readonly string[] = [], env: NodeJS.ProcessEnv = {}) {
  const tsx = join(ROOT, "node_modules/.bin/tsx");
  return run(tsx, ["examples/demo/src/demo.ts", ...args], { cwd: ROOT, env: { ...scratch.env, ...env } });
}

/** Ids and the temporary folder differ from run to run; all else in the README is what the demo prints. */
function mask(text: string): string {
  return text
    .replace(/SHA256:[\w+/]+/g, "<key>")
    .replace(/\b[0-9a-f]{7,64}\b/g, "<id>")
    .replace(/countersign-demo(?:-\w+)?/g, "<folder>")
    .replace(/\S*\/<folder>/g, "<folder>")
    .replace(/[ \t]+$/gm, "");
}

let played: Run;
beforeAll(() => {
  using scratch = openScratch();
  played = demo(scratch);
});

it("goes as it is told, from an innocent push to a co-signed one", () => {
  const { status, stdout } = played;
  expect(stdout).toContain("COSIGN_MISSING");
  expect(stdout.trimEnd().split("\n").at(-1)).toBe("Every step went as planned.");
  expect(status).toBe(0);
});

it("shows in the README what the demo really prints", () => {
  const readme = readFileSync(join(ROOT, "README.md"), "utf8");
  const shown = [...readme.matchAll(/```console\n(.*?)\n```/gs)].map(([, block = ""]) => mask(block));
  expect(shown).toHaveLength(3);
  // A line of dots stands for what is left out.
  for (const part of shown.flatMap((block) => block.split(/\n\n|\n *…\n/))) expect(mask(played.stdout)).toContain(part);
});

it("lists the commits of a repository that is there already", () => {
  using scratch = openScratch();
  const repo = initRepo(scratch, "repo");
  repo.commit("Start\n");
  repo.commit(ASSISTED);
  const { status, stdout } = demo(scratch, ["--repo", repo.dir]);
  expect(stdout).toMatch(/^[0-9a-f]{12} assisted claude-code {4}Retry uploads\n[0-9a-f]{12} - {23}Start\n$/);
  expect(status).toBe(0);
});

it("takes a relative path from where it was started", () => {
  using scratch = openScratch();
  initRepo(scratch, "repo").commit("Start\n");
  const { status, stdout } = demo(scratch, ["--repo", "repo"], { INIT_CWD: scratch.dir });
  expect(stdout).toContain("Start");
  expect(status).toBe(0);
});

it("says what is wrong with a path that is no repository", () => {
  using scratch = openScratch();
  const { status, stderr } = demo(scratch, ["--repo", scratch.dir]);
  expect(stderr).toContain("NOT_A_REPOSITORY");
  expect(status).toBe(2);
});
