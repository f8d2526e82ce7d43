import { type ObjectId, parseObjectId } from "@countersign/core";
import type { ListedCommit } from "@countersign/core/internal";
import type { GitContext } from "../process/context.ts";
import { spawnGit } from "../process/git.ts";

/** A line of first parents from a commit on, the newest first, without reading what the commits say; behind `end` nothing. */
export async function* listLine(
  context: GitContext,
  from: ObjectId,
  end: ObjectId | undefined,
): AsyncGenerator<ListedCommit> {
  const git = spawnGit(context, ["rev-list", "--first-parent", "--parents", "--timestamp", "--stdin"]);
  git.stdin.end(`${from}\n${end === undefined ? "" : `^${end}\n`}`);
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
