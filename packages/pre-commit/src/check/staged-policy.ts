import { type Change, CountersignError, isCountersignError, parsePolicyFile } from "@countersign/core";
import {
  decodeText,
  isPolicyChange,
  isRegularFile,
  POLICY_FILES,
  POLICY_LIMIT,
  resolveCommit,
} from "@countersign/core/internal";
import { type GitContext, type GitRepository, withRepository } from "@countersign/git/internal";
import type { Objection } from "./objections.ts";

/** A policy that is damaged or doubled can never land; said now, it costs nothing but an edit. */
export async function objectToStagedPolicy(
  { cwd, env }: GitContext,
  changes: readonly Change[],
): Promise<readonly Objection[]> {
  return withRepository({ cwd, env }, (repository) => judgeChanges(repository, changes));
}

async function judgeChanges(repository: GitRepository, changes: readonly Change[]): Promise<readonly Objection[]> {
  const changed = changes.filter(isPolicyChange);
  if (changed.length === 0) return [];
  const names = new Set(await policyFilesOfHead(repository));
  for (const { path, status } of changed) {
    if (status === "D") names.delete(decodeText(path));
    else names.add(decodeText(path));
  }
  const files = [...names];
  if (files.length > 1) return [new CountersignError("POLICY_AMBIGUOUS", { source: "the commit", files })];
  const [file] = changed.filter(({ status }) => status !== "D");
  return file ? objectToFile(repository, file) : [];
}

async function objectToFile(
  repository: GitRepository,
  { path, newMode, newOid }: Change,
): Promise<readonly Objection[]> {
  const source = decodeText(path);
  if (!isRegularFile(newMode)) return [new CountersignError("POLICY_NOT_A_FILE", { source, mode: newMode })];
  try {
    await parsePolicyFile(await repository.blob(newOid, POLICY_LIMIT), source);
    return [];
  } catch (error) {
    if (isCountersignError(error)) return [error];
    throw error;
  }
}

async function policyFilesOfHead(repository: GitRepository): Promise<readonly string[]> {
  const head = await resolveCommit(repository, "HEAD").catch(() => undefined);
  return head === undefined ? [] : (await repository.rootEntries(head, POLICY_FILES)).map(({ path }) => path);
}
