import type { Change, ObjectId } from "@countersign/core";
import { COUNT_LINES, LineCounts, RAW_DIFF, readRawDiff } from "../changes/raw-diff.ts";
import type { GitContext } from "../process/context.ts";
import { spawnGit } from "../process/git.ts";

/** What leads from one tree, or a commit's, to another: the bytes that a whole branch's block is over, with lines counted. */
export async function compareTrees(context: GitContext, from: ObjectId, to: ObjectId): Promise<readonly Change[]> {
  const git = spawnGit(context, ["diff-tree", "-r", ...RAW_DIFF, ...COUNT_LINES, from, to]);
  git.stdin.end();
  const changes: Change[] = [];
  const counts = new LineCounts(changes);
  for await (const records of readRawDiff(git.stdout)) {
    for (const record of records) {
      if (typeof record === "string") continue;
      if ("status" in record) changes.push(record);
      else counts.add(record);
    }
  }
  await git.ended;
  return changes;
}
