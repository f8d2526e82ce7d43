import { isUtf8 } from "node:buffer";
import { type ObjectId, parseObjectId } from "@countersign/core";
import { type GitContext, spawnGit } from "@countersign/git/internal";

/** How many files are named on the command line, where a name may hold a line feed. */
const FEW = 100;
const LF = 0x0a;

/**
 * The ids that `git add` would give these files, through the filters of their paths. Writes nothing. A file that cannot
 * be read, as one that was just removed, has none.
 */
export async function hashFiles(context: GitContext, paths: readonly Buffer[]): Promise<ReadonlyMap<Buffer, ObjectId>> {
  const few = paths.length <= FEW && paths.every((path) => isUtf8(path));
  const asked = few ? paths : paths.filter((path) => !path.includes(LF));
  if (asked.length === 0) return new Map();
  try {
    const args = few ? ["--", ...asked.map(String)] : ["--stdin-paths"];
    const input = few ? "" : Buffer.concat(asked.flatMap((path) => [path, Buffer.of(LF)]));
    const oids = await hash(context, args, input);
    return new Map(asked.map((path, index) => [path, oids[index] as ObjectId]));
  } catch {
    // git ends at the first file that it cannot read, so the others are asked for without it.
    if (asked.length === 1) return new Map();
    const half = Math.ceil(asked.length / 2);
    const halves = [asked.slice(0, half), asked.slice(half)].map((some) => hashFiles(context, some));
    return new Map((await Promise.all(halves)).flatMap((oids) => [...oids]));
  }
}

async function hash(context: GitContext, args: readonly string[], input: Buffer | ""): Promise<readonly ObjectId[]> {
  const git = spawnGit(context, ["hash-object", ...args]);
  git.stdin.end(input);
  let output = "";
  for await (const chunk of git.stdout) output += String(chunk);
  await git.ended;
  return output.trimEnd().split("\n").map(parseObjectId);
}
