import { type ObjectId, parseObjectId } from "@countersign/core";
import type { ListedCommit } from "@countersign/core/internal";
import type { GitContext } from "../process/context.ts";
import { spawnGit } from "../process/git.ts";

/**
 * A line of first parents from a commit on, the newest first, without reading what the commits say. No end is named to git:
 * it would look at everything up to there before it gives the first one.
 */
export async function* listLine(context: GitContext, from: ObjectId): AsyncGenerator<ListedCommit> {
  const git = spawnGit(context, ["rev-list", "--first-parent", "--parents", "--timestamp", "--stdin"]);
  git.stdin.end(`${from}\n`);
  let rest = "";
  try {
    for await (const chunk of git.stdout as AsyncIterable<Buffer>) {
      const lines = `${rest}${chunk.toString("latin1")}`.split("\n");
      rest = lines.pop() ?? "";
      for (const line of lines) {
        const [time, oid = "", ...parents] = line.split(" ");
        yield { oid: parseObjectId(oid), parents: parents.map(parseObjectId), time: Number(time) };
      }
    }
    await git.ended;
  } finally {
    git.kill();
  }
}
