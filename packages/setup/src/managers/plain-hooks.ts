import { readdirSync } from "node:fs";
import { join } from "node:path";
import { CountersignError } from "@countersign/core";
import { isExecutable } from "@countersign/git/internal";
import type { Plan } from "../files/plan.ts";
import type { Surroundings } from "../surroundings.ts";
import { addToHookFile } from "./hook-file.ts";
import type { Manager } from "./manager.ts";

/** Hooks in the folder where git looks for them, without any program that manages them. */
export const plainHooks: Manager = {
  name: "plain",
  isUsed: (surroundings) => findActiveHooks(surroundings.hooksDir).length > 0 || surroundings.hooksPath !== undefined,
  planInstall(surroundings, plan) {
    if (surroundings.hooksPath && !isOwnSetting(surroundings)) planBesideForeign(surroundings, plan);
    else planIn(surroundings, plan, surroundings.hooksDir);
    plan.notes.push("hooks in the git folder are not cloned: run the same command in every clone");
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
function isOwnSetting({ hooksPath }: Surroundings): boolean {
  return hooksPath?.scope === "local" || hooksPath?.scope === "worktree";
}

function planIn(surroundings: Surroundings, plan: Plan, folder: string): void {
  for (const hook of surroundings.hooks) addToHookFile(surroundings, plan, join(folder, hook), hook);
}

/** A folder of this repository's own, in which each of the shared hooks is called, and ours before it. */
function planBesideForeign(surroundings: Surroundings, plan: Plan): void {
  const folder = join(surroundings.commonDir, "countersign", "hooks");
  const shared = findActiveHooks(surroundings.hooksDir);
  if (/["$`\\\n]/.test(surroundings.hooksDir)) {
    const reason = `core.hooksPath is ${surroundings.hooksDir}, which no script can name`;
    throw new CountersignError("MANAGER_UNFIT", { manager: "plain", reason, fix: "give that folder another name" });
  }
  for (const name of shared) {
    // Ours come in front below.
    plan.edit(
      join(folder, name),
      `calls ${join(surroundings.hooksDir, name)}, which stays in use`,
      (text) => text || callShared(surroundings, name),
      {
        executable: true,
      },
    );
  }
  planIn(surroundings, plan, folder);
  plan.set(
    "core.hooksPath",
    folder,
    `leads to them; ${surroundings.hooksDir} (set ${surroundings.hooksPath?.scope}) is called from there`,
  );
}

function callShared({ hooksDir }: Surroundings, name: string): string {
  return `#!/bin/sh\n[ ! -x "${hooksDir}/${name}" ] || exec "${hooksDir}/${name}" "$@"\n`;
}
