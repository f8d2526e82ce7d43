import { CountersignError, type ObjectId, parseCommit } from "@countersign/core";
import { readLedgerTip, readLedgerTree } from "@countersign/core/internal";
import { readSwitch } from "../config.ts";
import { spawnGit } from "../process/git.ts";
import type { GitRepository } from "../repository/git-repository.ts";
import { moveBranch } from "../rewrite/move-branch.ts";
import type { NewObjects } from "./new-objects.ts";

/** How often is tried again what others came before. */
export const TRIES = 5;

/** A commit that is to be the ledger's next. */
export interface LedgerCommit {
  readonly ref: string;
  /** Where the local branch stands. */
  readonly from: ObjectId | undefined;
  readonly parents: readonly ObjectId[];
  readonly tree: ObjectId;
  readonly message: string;
}

/** The tip of the local ledger. @throws `LEDGER_UNFIT` if the ref is a symbolic one or a tag. */
export async function readLocalLedger(repository: GitRepository, ref: string): Promise<ObjectId | undefined> {
  if (!ref.startsWith("refs/heads/")) throw new CountersignError("LEDGER_UNFIT", { ref, problem: "is not a branch" });
  const tip = await readLedgerTip(repository, ref);
  // One that points nowhere is not listed, and git would write through it.
  const target = tip === undefined ? await repository.symbolicRef(ref) : undefined;
  if (target !== undefined) throw new CountersignError("LEDGER_UNFIT", { ref, problem: `stands for ${target}` });
  return tip;
}

/**
 * Moves the local ledger to a new commit, made without index and work tree, with git's own identity and signature.
 * @throws `BRANCH_MOVED` if it does not stand there any more.
 */
export async function commitLedger(
  repository: GitRepository,
  objects: NewObjects,
  { ref, from, parents, tree, message }: LedgerCommit,
): Promise<ObjectId> {
  const { context } = repository;
  const [signs] = await Promise.all([readSwitch(context, "commit.gpgSign"), objects.write(context, tree)]);
  const args = ["-c", "i18n.commitEncoding=UTF-8", "commit-tree", ...(signs ? ["-S"] : [])];
  const git = spawnGit(context, [...args, ...parents.flatMap((parent) => ["-p", parent]), tree]);
  let output = "";
  git.stdout.setEncoding("utf8").on("data", (text: string) => {
    output += text;
  });
  git.stdin.end(message);
  await git.ended;
  const to = output.trim() as ObjectId;
  await moveBranch(context, { ref, from, to, reason: "countersign: co-signs" });
  return to;
}

/** Runs what has to begin again where someone else moves the local ledger meanwhile. @throws `LEDGER_BUSY`. */
export async function withLedger<T>(ref: string, attempt: () => Promise<T>): Promise<T> {
  for (let tries = 0; tries < TRIES; tries += 1) {
    try {
      return await attempt();
    } catch (error) {
      if (!(error instanceof CountersignError) || error.code !== "BRANCH_MOVED") throw error;
    }
  }
  throw new CountersignError("LEDGER_BUSY", { ref, tries: TRIES });
}

/** The tree of a tip, and the message of its commit. */
export async function readTip(repository: GitRepository, tip: ObjectId): Promise<{ tree: ObjectId; message: string }> {
  const tree = await readLedgerTree(repository, tip);
  const { message } = parseCommit(await repository.commit(tip));
  return { tree, message: Buffer.from(message).toString() };
}
