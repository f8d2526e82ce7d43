import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { isObjectId, type ObjectId } from "@countersign/core";
import { decodeText } from "@countersign/core/internal";
import type { GitCommand } from "../message/git-command.ts";

/** A commit whose content goes into the one that is being made. */
export interface SourceCommit {
  /** A full id, or what the user typed. */
  readonly revision: string;
  /** Whether the new commit keeps its author, and with that what the author says. */
  readonly keepsAuthor: boolean;
}

/** What git shows of itself, by its arguments and in its folder, about where the content comes from. */
export interface SourceFacts {
  readonly gitDir: string;
  readonly command: GitCommand;
}

/**
 * Finds the commits that an amend, squash, fixup, cherry-pick or rebase works with. Their marks would be lost
 * wherever git makes the new message without the old one.
 */
export function findSourceCommits({ gitDir, command }: SourceFacts): readonly SourceCommit[] {
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
  return found;
}

/** The commits that are merged into HEAD by the commit that is being made. */
export function findMerged(gitDir: string): readonly ObjectId[] {
  return readState(gitDir, "MERGE_HEAD").split("\n").filter(isObjectId);
}

/** The tip that a `git merge --squash` brought into the index. */
export function findSquashed(gitDir: string): ObjectId | undefined {
  // What was squashed is listed from its tip on.
  return readSquashed(gitDir)[0];
}

/** What git writes when it reverts; with `--reference` the id is a short one. */
const REVERTS = /^This reverts commit ([0-9a-f]{4,64})\b/gm;

/** The commits that are to be taken back, as the message and git's own note of the last one say. */
export function findNamedReverts(gitDir: string, message: Uint8Array): readonly string[] {
  const last = readState(gitDir, "REVERT_HEAD").trim();
  return [...new Set([...readReverts(decodeText(message)), ...[last].filter(isObjectId)])];
}

/** No more of them are looked at. */
const MOST_REVERTS = 100;

/** The commits that a message says to revert. */
export function readReverts(message: string): readonly string[] {
  return Array.from(message.matchAll(REVERTS), ([, revision = ""]) => revision).slice(0, MOST_REVERTS);
}

/** The commits of a `git merge --squash` that is not committed yet. */
function readSquashed(gitDir: string): readonly ObjectId[] {
  const listed = readState(gitDir, "SQUASH_MSG").matchAll(/^commit (\S+)$/gm);
  return Array.from(listed, ([, oid = ""]) => oid).filter(isObjectId);
}

/** A file in which git keeps what it is at; empty if it is at no such thing. */
function readState(gitDir: string, name: string): string {
  const path = join(gitDir, name);
  return existsSync(path) ? readFileSync(path, "utf8") : "";
}
