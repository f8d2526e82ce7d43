import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect } from "vitest";
import type { Repo } from "../repository/repo.ts";

/** All that a stopped commit must leave as it was: the commit, the index, the work tree. */
export function stateOf(repo: Repo): readonly string[] {
  const status = ["status", "--porcelain=v2", "--branch", "--untracked-files=all"];
  return [status, ["ls-files", "--stage"]].map((args) => repo.git(args));
}

/** The message that git keeps of a commit that did not come about; undefined where there is none. */
export function keptMessage({ gitDir }: Repo): string | undefined {
  const file = join(gitDir, "COMMIT_EDITMSG");
  return existsSync(file) ? readFileSync(file, "utf8") : undefined;
}

/** Nothing of ours lies beside the message. */
export function expectNoLeftover({ gitDir }: Repo): void {
  expect(readdirSync(gitDir).filter((name) => name.includes("countersign-"))).toEqual([]);
}
