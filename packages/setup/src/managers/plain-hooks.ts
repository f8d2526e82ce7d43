import { readdirSync } from "node:fs";
import { join } from "node:path";
import { CountersignError } from "@countersign/core";
import { isExecutable } from "@countersign/git/internal";
import type { Draft } from "../files/draft.ts";
import type { Site } from "../init/site.ts";
import { addToHookFile } from "./hook-file.ts";
import type { Manager } from "./manager.ts";

/** Hooks in the folder where git looks for them, without any program that manages them. */
export const plainHooks: Manager = {
  name: "plain",
  isUsed: (site) => findActiveHooks(site.hooksDir).length > 0 || site.hooksPath !== undefined,
  plan(site, draft) {
    if (site.hooksPath && !isOwnSetting(site)) planBesideForeign(site, draft);
    else planIn(site, draft, site.hooksDir);
    draft.notes.push("hooks in the git folder are not cloned: run the same command in every clone");
  },
};

/** The hooks of a folder that git would run. */
export function findActiveHooks(folder: string): readonly string[] {
  try {
    return readdirSync(folder).filter((name) => /^[a-z-]+$/.test(name) && isExecutable(join(folder, name)));
  } catch {
    return [];
  }
}

/** A folder that other repositories share is set for the user or the machine; no part of ours goes there. */
function isOwnSetting({ hooksPath }: Site): boolean {
  return hooksPath?.scope === "local" || hooksPath?.scope === "worktree";
}

function planIn(site: Site, draft: Draft, folder: string): void {
  for (const hook of site.hooks) addToHookFile(site, draft, join(folder, hook), hook);
}

/** A folder of this repository's own, in which each of the shared hooks is called, and ours before it. */
function planBesideForeign(site: Site, draft: Draft): void {
  const folder = join(site.commonDir, "countersign", "hooks");
  const shared = findActiveHooks(site.hooksDir);
  if (/["$`\\\n]/.test(site.hooksDir)) {
    const reason = `core.hooksPath is ${site.hooksDir}, which no script can name`;
    throw new CountersignError("MANAGER_UNFIT", { manager: "plain", reason, fix: "give that folder another name" });
  }
  for (const name of shared) {
    // Ours come in front below.
    draft.edit(
      join(folder, name),
      `calls ${join(site.hooksDir, name)}, which stays in use`,
      (text) => text || callShared(site, name),
      {
        executable: true,
      },
    );
  }
  planIn(site, draft, folder);
  draft.set(
    "core.hooksPath",
    folder,
    `leads to them; ${site.hooksDir} (set ${site.hooksPath?.scope}) is called from there`,
  );
}

function callShared({ hooksDir }: Site, name: string): string {
  return `#!/bin/sh\n[ ! -x "${hooksDir}/${name}" ] || exec "${hooksDir}/${name}" "$@"\n`;
}
