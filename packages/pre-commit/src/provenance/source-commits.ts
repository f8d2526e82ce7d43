import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { isObjectId, type ObjectId } from "@countersign/core";
import { decodeText } from "@countersign/core/internal";
import type { GitCommand } from "../message/git-command.ts";

/** A commit whose content goes into the one that is being made. */
export interface SourceCommit {
  /** A full id, or what the user typed. */
  readonly revision: string;
  /** Whether the new commit keeps its author, and with that what the author tells. */
  readonly keepsAuthor: boolean;
}

/** What git shows of itself, by its arguments and in its folder, about where the content comes from. */
export interface SourceFacts {
  readonly gitDir: string;
  readonly command: GitCommand;
  readonly message: Uint8Array;
}

/** What git writes when it reverts; with `--reference` the id is a short one. */
const REVERTS = /^This reverts commit ([0-9a-f]{4,64})\b/gm;

/**
 * Finds the commits that an amend, squash, fixup, cherry-pick, revert or rebase works with. Their marks would be lost
 * wherever git makes the new message without the old one.
 */
export function findSourceCommits({ gitDir, command, message }: SourceFacts): readonly SourceCommit[] {
  const found: SourceCommit[] = [];
  const add = (revision: string, keepsAuthor: boolean): void => {
    if (!found.some((source) => source.revision === revision)) found.push({ revision, keepsAuthor });
  };
  const taken = (revision: string): void => {
    if (isObjectId(revision)) add(revision, false);
  };

  if (command.amends) add("HEAD", true);
  if (command.reuses !== undefined) add(command.reuses, true);
  for (const oid of readSquashed(gitDir)) taken(oid);
  const fixups = readState(gitDir, "rebase-merge/current-fixups");
  for (const [, oid = ""] of fixups.matchAll(/^(?:fixup|squash) (?:-[cC] )?(\S+)/gm)) taken(oid);
  const picked = readState(gitDir, "CHERRY_PICK_HEAD").trim();
  if (isObjectId(picked)) add(picked, true);
  for (const [, revision = ""] of decodeText(message).matchAll(REVERTS)) add(revision, false);
  return found;
}

/** The commit that a merge brought into the index, which waits for its own commit. Undefined where there are several. */
export function findMerged(gitDir: string): ObjectId | undefined {
  const merged = readState(gitDir, "MERGE_HEAD").trim();
  // What was squashed is listed from its tip on.
  return isObjectId(merged) ? merged : readSquashed(gitDir)[0];
}

/** The commits of a `git merge --squash` that is not committed yet. */
function readSquashed(gitDir: string): readonly ObjectId[] {
  const listed = readState(gitDir, "SQUASH_MSG").matchAll(/^commit (\S+)$/gm);
  return Array.from(listed, ([, oid = ""]) => oid).filter(isObjectId);
}

/** A file in which git keeps what it is at; empty where it is at no such thing. */
function readState(gitDir: string, name: string): string {
  const path = join(gitDir, name);
  return existsSync(path) ? readFileSync(path, "utf8") : "";
}
