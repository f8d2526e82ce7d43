import type { GitContext } from "../process/context.ts";
import { spawnGit } from "../process/git.ts";
import { incomplete, RAW_DIFF, type RawChange, readRawDiff } from "./raw-diff.ts";

/** All changes that a command of git prints, and nothing beside them. @throws `GIT_FAILED` if it prints something else. */
export async function listRawChanges(
  context: GitContext,
  [command, ...args]: readonly [string, ...string[]],
): Promise<readonly RawChange[]> {
  const git = spawnGit(context, [command, ...RAW_DIFF, ...args]);
  git.stdin.end();
  const changes: RawChange[] = [];
  try {
    for await (const records of readRawDiff(git.stdout)) {
      for (const record of records) {
        if (typeof record === "string" || !("status" in record)) throw incomplete("a record that is not a change");
        changes.push(record);
      }
    }
    await git.ended;
  } finally {
    git.kill();
  }
  return changes;
}
