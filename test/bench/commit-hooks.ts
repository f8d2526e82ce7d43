import { spawnSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { COMMIT_HOOK_BINS } from "../rig/suite/bins.ts";
import { openPushWorld } from "../rig/worlds/push-world.ts";
import type { Case, Report } from "./report.ts";

const FILES = 100;

/** What each commit hook costs on a commit of 100 files, made by a person and by an agent. */
export function benchCommitHooks(report: Report): void {
  using world = openPushWorld();
  const { dev } = world;
  dev.write(
    Object.fromEntries(Array.from({ length: FILES }, (_, i) => [`src/file-${i}.ts`, `export const x${i} = 1;\n`])),
  );
  const file = join(dev.dir, ".git/COMMIT_EDITMSG");
  const hook = { GIT_INDEX_FILE: ".git/index", GIT_EDITOR: ":", GIT_AUTHOR_EMAIL: "bob@acme.example" };
  const run =
    (args: readonly string[], env: NodeJS.ProcessEnv = {}) =>
    (probe: NodeJS.ProcessEnv): void => {
      writeFileSync(file, "Add a hundred files\n");
      const variables = { ...dev.env, ...hook, ...env, ...probe };
      spawnSync(report.node, args, { cwd: dev.dir, env: variables, stdio: "ignore" });
    };
  const cases: Record<string, Case> = { "node -e 0": run(["-e", "0"]) };
  for (const [who, env] of [
    ["a person", {}],
    ["Claude Code", { CLAUDECODE: "1" }],
  ] as const) {
    for (const [name, bin] of Object.entries(COMMIT_HOOK_BINS)) {
      const args =
        name === "pre-commit" ? [bin] : [bin, ".git/COMMIT_EDITMSG", ...(name === "commit-msg" ? [] : ["message"])];
      cases[`${name}, ${who}`] = run(args, env);
    }
  }
  report.compare(`A commit of ${FILES} files`, { rounds: 40 }, cases);
}
