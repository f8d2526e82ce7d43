import { isObjectId, type ObjectId } from "@countersign/core";
import { type GitContext, spawnGit } from "@countersign/git/internal";

const LF = "\n";

/**
 * The ids of the files that commits or trees have at paths, each named as `REVISION:PATH` with a character for each byte;
 * undefined if there is none. A name with a line feed in it is not asked for, and is in no answer.
 */
export async function findBlobs(
  context: GitContext,
  names: readonly string[],
): Promise<ReadonlyMap<string, ObjectId | undefined>> {
  const asked = [...new Set(names)].filter((name) => !name.includes(LF));
  if (asked.length === 0) return new Map();
  const git = spawnGit(context, ["cat-file", "--batch-check=%(objecttype) %(objectname)"]);
  git.stdin.end(Buffer.from(asked.map((name) => name + LF).join(""), "latin1"));
  const chunks: Buffer[] = [];
  for await (const chunk of git.stdout) chunks.push(chunk as Buffer);
  await git.ended;
  const answers = Buffer.concat(chunks).toString("latin1").split(LF);
  return new Map(asked.map((name, index) => [name, readAnswer(answers[index] ?? "")]));
}

/** What is not there is answered with its name; a folder is not a file. */
function readAnswer(answer: string): ObjectId | undefined {
  const [, oid = ""] = /^blob (\S+)$/.exec(answer) ?? [];
  return isObjectId(oid) ? oid : undefined;
}
