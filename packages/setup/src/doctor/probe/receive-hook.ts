import { chmodSync, existsSync, mkdirSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { quoteForShell } from "@countersign/core/internal";
import { type GitContext, git, type HookSite, listSettings } from "@countersign/git/internal";
import type { Probe } from "./probe.ts";

/** What git's configuration may set for a server's hook. */
const SETTINGS = "^(countersign|hooks)\\.";
/** A file of the server itself, in which the probe has no place. */
const LOG = "countersign.log";

/**
 * Has the probe's destination run a receiving hook of another repository, with that one's settings for it. A stub runs
 * the hook where it stands, so that it finds what stands beside it.
 */
export async function installReceiveHook(
  context: GitContext,
  { hooksDir }: HookSite,
  hook: string,
  { destination }: Probe,
): Promise<void> {
  await copySettings(context, destination);
  const hooks = join(destination.cwd, "hooks");
  mkdirSync(hooks);
  const path = join(hooks, hook);
  writeFileSync(path, `#!/bin/sh\nexec ${quoteForShell(join(hooksDir, hook))} "$@"\n`);
  chmodSync(path, 0o755);
  // Some forges have the hook run whatever stands in such a folder of the repository.
  const parts = `${hook}.d`;
  if (existsSync(join(hooksDir, parts))) symlinkSync(join(hooksDir, parts), join(hooks, parts));
  await git(destination, ["config", "core.hooksPath", hooks]);
}

async function copySettings(from: GitContext, to: GitContext): Promise<void> {
  for (const [name, value = "true"] of await listSettings(from, SETTINGS, "--local")) {
    if (name !== LOG) await git(to, ["config", "--add", name, value]);
  }
}
