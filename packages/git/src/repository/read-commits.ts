import { COMMIT_BYTES_READ, type CommitRange, CountersignError, type RawCommit } from "@countersign/core";
import type { GitContext } from "../process/context.ts";
import { spawnGit } from "../process/git.ts";
import { BatchParser } from "./batch-parser.ts";

/**
 * `git rev-list | git cat-file --batch`: every commit of a range, in git's order, streamed by the chunk as it comes. One turn
 * for each commit of a long history would cost as much as reading it.
 */
export async function* readCommits(
  context: GitContext,
  { tips, exclude, most }: CommitRange,
): AsyncGenerator<readonly RawCommit[]> {
  const limit = most === undefined ? [] : [`--max-count=${most}`];
  const revList = spawnGit(context, ["rev-list", "--stdin", ...limit]);
  // --buffer: git writes by the block and not by the object.
  const catFile = spawnGit(context, ["cat-file", "--batch", "--buffer"]);
  revList.stdin.end([...tips, ...exclude.map((oid) => `^${oid}`), ""].join("\n"));
  revList.stdout.pipe(catFile.stdin);
  const parser = new BatchParser(() => COMMIT_BYTES_READ);
  try {
    for await (const chunk of catFile.stdout as AsyncIterable<Buffer>) {
      const commits: RawCommit[] = [];
      for (const object of parser.parse(chunk)) {
        // rev-list named it, so it was there a moment ago.
        if (!object) throw new CountersignError("OBJECT_MISSING", { oid: "just listed", wanted: "a commit" });
        commits.push(object);
      }
      yield commits;
    }
    await Promise.all([revList.ended, catFile.ended]);
  } finally {
    revList.kill();
    catFile.kill();
  }
}
