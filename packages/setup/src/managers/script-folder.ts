import type { Plan } from "../files/plan.ts";
import type { Surroundings } from "../surroundings.ts";
import { hookScript } from "./git-hook-script.ts";
import { reasonOf } from "./hook-file.ts";
import type { HookName } from "./hook-name.ts";

/** Where the scripts stand that a manager calls by their path: from the root of the work tree. */
export function scriptPath(hook: HookName): string {
  return `.countersign/${hook}.sh`;
}

export function addScript(surroundings: Surroundings, plan: Plan, hook: HookName): void {
  plan.script(scriptPath(hook));
  plan.create(scriptPath(hook), reasonOf(hook), hookScript(hook, surroundings.project?.folder ?? ""), {
    executable: true,
  });
}
