import { chmodSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { COMMIT_HOOK_BINS } from "./bins.ts";
import type { Repo } from "./repo.ts";

export interface CommitHookScript {
  /** Shell lines that come before the bin. */
  readonly before?: string;
  /** Which hooks to install; all three unless said. */
  readonly hooks?: readonly string[];
}

/** Shell stubs that hand everything on to the bundled bins, as `init` would install them. */
export function installCommitHooks(
  repo: Repo,
  { before = "", hooks = Object.keys(COMMIT_HOOK_BINS) }: CommitHookScript = {},
): void {
  const folder = join(repo.git(["rev-parse", "--path-format=absolute", "--git-common-dir"]), "hooks");
  for (const name of hooks) {
    const path = join(folder, name);
    writeFileSync(path, `#!/bin/sh\n${before}\nexec "${process.execPath}" "${COMMIT_HOOK_BINS[name]}" "$@"\n`);
    chmodSync(path, 0o755);
  }
}

/** The whole message of a commit, byte for byte. */
export function messageOf(repo: Repo, revision = "HEAD"): string {
  const object = repo.git(["cat-file", "commit", revision]);
  return `${object.slice(object.indexOf("\n\n") + 2)}\n`;
}
