import type { Change } from "@countersign/core";
import { countEach } from "../changes/count-lines.ts";
import { COUNT_LINES, LineCounts, RAW_DIFF, RawDiffReader } from "../changes/raw-diff.ts";
import type { GitContext } from "../process/context.ts";
import { git, gitSync } from "../process/git.ts";
import { ObjectReader } from "../repository/object-reader.ts";

/**
 * What the commit that is being made changes against HEAD, or against nothing where it is the first one. The index is
 * the one that git gave the hook; it is read alone.
 */
export async function readStaged(
  context: GitContext,
  { lines = false }: { readonly lines?: boolean } = {},
): Promise<readonly Change[]> {
  const changes =
    (await diffIndex(context, "HEAD", lines)) ?? (await diffIndex(context, await emptyTree(context), lines));
  if (!changes) throw new TypeError("only a missing HEAD leaves a question open");
  if (!lines) return changes;
  const objects = new ObjectReader(context);
  const counted = await countEach(objects, changes);
  await objects.close();
  return counted;
}

/** What is staged against another commit than HEAD; undefined if nothing has that name. */
export function readStagedAgainst(context: GitContext, revision: string): readonly Change[] | undefined {
  const args = ["diff-index", "--cached", ...RAW_DIFF, revision, "--"];
  const { status, output } = gitSync(context, args, { expected: [0, FATAL] });
  return status === 0 ? readChanges(output) : undefined;
}

/** git's status where it was given something that is not a revision, among other things. */
const FATAL = 128;

/** Undefined if HEAD is a branch without a commit. */
async function diffIndex(context: GitContext, base: string, lines: boolean): Promise<readonly Change[] | undefined> {
  const args = ["diff-index", "--cached", ...RAW_DIFF, ...(lines ? COUNT_LINES : []), base, "--"];
  let output: Buffer;
  try {
    output = gitSync(context, args).output;
  } catch (error) {
    if (base === "HEAD" && (await isUnborn(context))) return undefined;
    throw error;
  }
  return readChanges(output);
}

function readChanges(output: Buffer): readonly Change[] {
  const changes: Change[] = [];
  const counts = new LineCounts(changes);
  const reader = new RawDiffReader();
  for (const record of reader.read(output)) {
    if (typeof record === "string") continue;
    if ("status" in record) changes.push(record);
    else counts.add(record);
  }
  reader.end();
  return changes;
}

async function isUnborn(context: GitContext): Promise<boolean> {
  return (await git(context, ["rev-parse", "--verify", "--quiet", "HEAD"], [0, 1, FATAL])).status === 1;
}

async function emptyTree(context: GitContext): Promise<string> {
  return (await git(context, ["hash-object", "-t", "tree", "--stdin"])).output.trim();
}
