import type { Change, ChangeOptions, CommitChanges, CommitParents, ObjectId } from "@countersign/core";
import { type GitContext, throwIfEnded } from "../process/context.ts";
import { spawnGit } from "../process/git.ts";
import { COUNT_LINES, incomplete, LineCounts, RAW_DIFF, readRawDiff } from "./raw-diff.ts";

/** `--always` answers for a commit that changes nothing too. */
const DIFF_TREE = ["diff-tree", "--stdin", "--root", "--always", ...RAW_DIFF];

/** Asks one `git diff-tree --stdin` for the changes of many commits. */
export async function* readChanges(
  context: GitContext,
  commits: readonly CommitParents[],
  { names, lines = false }: ChangeOptions,
): AsyncGenerator<CommitChanges> {
  const args = [...DIFF_TREE, ...(lines ? COUNT_LINES : []), ...(names ? [] : ["-r"])];
  const git = spawnGit(context, args);
  // The parent is named, so that neither a graft nor a shallow boundary can choose it. A root has none.
  git.stdin.end(commits.map(({ oid, parents }) => `${oid}${parents[0] ? ` ${parents[0]}` : ""}\n`).join(""));
  try {
    let answered = 0;
    let current: { commit: ObjectId; changes: Change[] } | undefined;
    let counts: LineCounts | undefined;
    for await (const records of readRawDiff(git.stdout)) {
      throwIfEnded(context);
      for (const record of records) {
        if (typeof record === "string") {
          if (current) yield current;
          throwIfEnded(context);
          answered += 1;
          current = { commit: record as ObjectId, changes: [] };
          counts = new LineCounts(current.changes);
        } else if ("status" in record) {
          // Chosen here: a pathspec starts from the current folder, and loses files in a tree that is out of order.
          if (!names || names.includes(record.path.toString())) current?.changes.push(record);
        } else counts?.add(record);
      }
    }
    await git.ended;
    if (current) yield current;
    if (answered !== commits.length) throw incomplete(`${answered} answers to ${commits.length} questions`);
  } finally {
    git.kill();
  }
}
