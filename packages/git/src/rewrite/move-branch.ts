import { CountersignError, type ObjectId } from "@countersign/core";
import { objectFormatOf, zeroOid } from "@countersign/core/internal";
import type { GitContext } from "../process/context.ts";
import { git, spawnGit } from "../process/git.ts";

/** A branch that is to go from one commit to another. */
export interface BranchMove {
  /** The full name. */
  readonly ref: string;
  /** Undefined if the branch is to be created. */
  readonly from: ObjectId | undefined;
  readonly to: ObjectId;
  /** For the reflog. */
  readonly reason: string;
}

/**
 * Moves a branch in one transaction, if it still stands where it did. Neither index nor work tree is touched.
 * @throws `BRANCH_MOVED` if it does not stand there any more.
 */
export async function moveBranch(context: GitContext, { ref, from, to, reason }: BranchMove): Promise<void> {
  const git = spawnGit(context, ["update-ref", "-m", reason, "--stdin", "-z"]);
  git.stdout.resume();
  git.stdin.end(`update ${ref}\0${to}\0${from ?? zeroOid(objectFormatOf(to))}\0`);
  try {
    await git.ended;
  } catch (error) {
    const tip = await readBranch(context, ref);
    // Whatever ended git, even a signal: the ref alone says whether it did its work.
    if (tip === to) return;
    if (tip !== from) throw new CountersignError("BRANCH_MOVED", { ref, old: from ?? "no commit" }, { cause: error });
    throw error;
  }
}

/** Tried again where it fails: a person who holds Ctrl-C down ends this git as well. */
async function readBranch(context: GitContext, ref: string, tries = 3): Promise<string | undefined> {
  try {
    const args = ["rev-parse", "--verify", "--quiet", ref];
    const { status, output } = await git(context, args, [0, 1, 128]);
    return status === 0 ? output.trim() : undefined;
  } catch (error) {
    if (tries > 1) return readBranch(context, ref, tries - 1);
    throw error;
  }
}
