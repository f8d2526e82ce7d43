import { spawnSync } from "node:child_process";
import { installCommitHooks } from "../rig/worlds/commit-hooks.ts";
import { IN_CLAUDE } from "../rig/worlds/commit-world.ts";
import { openPushWorld } from "../rig/worlds/push-world.ts";
import type { Report } from "./report.ts";

const PICKS = 40;
const HOOKLESS = ["-c", "core.hooksPath=/dev/null"];

/** What the commit hooks add to git's own work on a day: a commit, an amend, and a rebase of many commits. */
export function benchHookedGit(report: Report, rounds = 7): void {
  using world = openPushWorld();
  const { dev } = world;
  installCommitHooks(dev, { ownProcess: true });
  dev.git([...HOOKLESS, "switch", "-q", "-c", "topic"]);
  for (let pick = 0; pick < PICKS; pick += 1) dev.commit(`Step ${pick}\n\nFor a reason.\n`);
  dev.git(["tag", "work"]);
  dev.git(["switch", "-q", "main"]);
  dev.commit("Meanwhile\n");
  dev.git(["switch", "-q", "topic"]);
  const tagged =
    (args: readonly string[], git: readonly string[], env: NodeJS.ProcessEnv = {}) =>
    (probe: NodeJS.ProcessEnv): void => {
      dev.git(["reset", "-q", "--hard", "work"]);
      dev.git([...git, ...args], { env: { ...env, ...probe } });
    };
  const rebase = ["rebase", "-q", "main"];
  const commit = ["commit", "-q", "--allow-empty", "-m", "By hand"];
  const amend = ["commit", "-q", "--amend", "--no-edit", "--allow-empty"];
  const times = report.compare(
    `Git with the hooks of a commit, ${PICKS} commits rebased`,
    { rounds },
    {
      "node -e 0": (probe) => void spawnSync(process.execPath, ["-e", "0"], { env: { ...dev.env, ...probe } }),
      "a rebase without hooks": tagged(rebase, HOOKLESS),
      "a rebase": tagged(rebase, []),
      "a commit without hooks": tagged(commit, HOOKLESS),
      "a person's commit": tagged(commit, []),
      "an agent's commit": tagged(commit, [], IN_CLAUDE),
      "an amend that keeps its message": tagged(amend, []),
    },
  );
  const of = (name: string): number => times[name] ?? 0;
  const pick = (of("a rebase") - of("a rebase without hooks")) / PICKS / of("node -e 0");
  console.log(`  the hooks add to each pick ${pick.toFixed(2)} x`);
}
