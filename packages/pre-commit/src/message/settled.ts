import { existsSync } from "node:fs";
import { join } from "node:path";
import { type Commit, parseCommit } from "@countersign/core";
import { type GitContext, readLooseCommit } from "@countersign/git/internal";
import { opensEditor } from "./cleanup.ts";
import type { GitCommand } from "./git-command.ts";
import type { MessageSource } from "./origin.ts";

/**
 * Whether git makes a commit again by itself, in a rebase or a cherry-pick, with the message that it has: it then names
 * nobody an author, opens no editor, and runs no `git commit`. Nobody adds to its content or takes from its words.
 */
export function isPick({ env, ...context }: GitContext, gitDir: string, { kind }: MessageSource): boolean {
  return (
    kind === "message" &&
    !opensEditor({ env, ...context }) &&
    env["GIT_AUTHOR_DATE"] === undefined &&
    existsSync(join(gitDir, "CHERRY_PICK_HEAD")) &&
    !existsSync(join(gitDir, "rebase-merge/current-fixups"))
  );
}

/** Whether HEAD is amended with the very message that it has: every mark in it stays. */
export function keepsMessage(gitDir: string, message: Uint8Array, { amends }: GitCommand): boolean {
  return amends && isMessageOf(readHead(gitDir), message);
}

function readHead(gitDir: string): Commit | undefined {
  const head = readLooseCommit(gitDir, "HEAD");
  return head && parseCommit(head);
}

function isMessageOf(commit: Commit | undefined, message: Uint8Array): boolean {
  return commit !== undefined && Buffer.compare(commit.message, message) === 0;
}
