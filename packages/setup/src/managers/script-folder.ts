import type { Plan } from "../files/plan.ts";
import { programPlace, type Surroundings } from "../surroundings.ts";
import { hookScript } from "./git-hook-script.ts";
import { reasonOf } from "./hook-file.ts";
import type { HookName } from "./hook-name.ts";

/** Where the scripts stand that a manager calls by their path: from the root of the work tree. */
export function scriptPath(hook: HookName): string {
  return `.countersign/${hook}.sh`;
}

/** `found`: lines that come when the program was found. */
export function addScript(surroundings: Surroundings, plan: Plan, hook: HookName, found: readonly string[] = []): void {
  plan.script(scriptPath(hook));
  plan.create(scriptPath(hook), reasonOf(hook), hookScript(hook, programPlace(surroundings), { found }), {
    executable: true,
  });
}
