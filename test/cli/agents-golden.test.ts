import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import type { Repo } from "../rig/repository/repo.ts";
import { openScratch } from "../rig/repository/scratch.ts";
import { AGENTS, agents, openProject } from "./agents-project.ts";

/** The files of a project but its manifest, as a person reads them. */
function show({ dir }: Repo): string {
  return readdirSync(dir, { recursive: true, encoding: "utf8" })
    .filter((path) => !path.startsWith(".git/") && path !== "package.json" && statSync(join(dir, path)).isFile())
    .sort()
    .map((path) => {
      const executable = (statSync(join(dir, path)).mode & 0o100) !== 0;
      return `=== ${path}${executable ? " (executable)" : ""}\n${readFileSync(join(dir, path), "utf8")}`;
    })
    .join("\n");
}

it.each(AGENTS)("writes for %s what its golden shows", async (agent) => {
  using scratch = openScratch();
  const repo = openProject(scratch);
  agents(repo, "install", agent);
  await expect(show(repo)).toMatchFileSnapshot(`agents-golden/${agent}.txt`);
});

it("writes what the golden shows where the project has no dependency on the program", async () => {
  using scratch = openScratch();
  const repo = openProject(scratch, { "package.json": "{}" });
  agents(repo, "install", "claude-code", "codex", "copilot", "cline", "pi");
  await expect(show(repo)).toMatchFileSnapshot("agents-golden/without-dependency.txt");
});
