import { chmodSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { runBytes } from "../process/run.ts";
import { programLines } from "../process/warm/programs.ts";
import type { Repo } from "../repository/repo.ts";
import { COMMIT_HOOK_BINS } from "../suite/bins.ts";

export interface CommitHookScript {
  /** Shell lines that come before the bin. */
  readonly before?: string;
  /** Which hooks to install; all three unless said. */
  readonly hooks?: readonly string[];
  /** The folder of the bins; where they are built unless said. */
  readonly bins?: string;
  /** Whether node is started for each, as where a test is about the process. With lines before or other bins it always is. */
  readonly ownProcess?: boolean;
}

/** Shell stubs that hand everything on to the bundled bins, as `init` would install them. */
export function installCommitHooks(
  repo: Repo,
  { before = "", hooks = Object.keys(COMMIT_HOOK_BINS), bins, ownProcess }: CommitHookScript = {},
): void {
  const own = ownProcess ?? (before !== "" || bins !== undefined);
  const folder = join(repo.commonDir, "hooks");
  for (const name of hooks) {
    const path = join(folder, name);
    const bin = join(bins ?? dirname(COMMIT_HOOK_BINS[name] ?? ""), `${name}.js`);
    const run = own ? `exec "${process.execPath}" "${bin}" "$@"` : `${programLines(bin)}\nexit $status`;
    writeFileSync(path, `#!/bin/sh\n${before}\n${run}\n`);
    chmodSync(path, 0o755);
  }
}

/** The whole message of a commit, byte for byte. */
export function messageBytesOf({ dir, env }: Repo, revision = "HEAD"): Buffer {
  const { stdout } = runBytes("git", ["cat-file", "commit", revision], { cwd: dir, env });
  return stdout.subarray(stdout.indexOf("\n\n") + 2);
}

/** The same as text. */
export function messageOf(repo: Repo, revision = "HEAD"): string {
  return messageBytesOf(repo, revision).toString("utf8");
}
