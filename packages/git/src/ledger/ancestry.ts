import { CountersignError, type ObjectId, type Repository } from "@countersign/core";
import type { GitRepository } from "../repository/git-repository.ts";

/** Whether a tip of a ledger reaches another, as far as its history is here: of a ledger the tip alone need be. */
export async function isReached(
  repository: Pick<Repository, "isAncestor">,
  commit: ObjectId,
  tip: ObjectId,
): Promise<boolean> {
  return commit === tip || repository.isAncestor(commit, tip).catch((error) => orUnknown(error, false));
}

/** A commit that both tips go back to, where one is here. */
export async function findBase(repository: GitRepository, a: ObjectId, b: ObjectId): Promise<ObjectId | undefined> {
  const [base] = await repository.mergeBases(a, b).catch((error) => orUnknown(error, []));
  return base;
}

function orUnknown<T>(error: unknown, unknown: T): T {
  if (error instanceof CountersignError && ABSENT.has(error.code)) return unknown;
  throw error;
}

const ABSENT: ReadonlySet<string> = new Set(["OBJECT_MISSING", "HISTORY_SHALLOW"]);
