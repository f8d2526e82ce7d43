import type { Draft } from "../files/draft.ts";
import type { Site } from "../init/site.ts";
import { reasonOf } from "./hook-file.ts";
import type { HookName } from "./hook-name.ts";
import { hookScript } from "./hook-script.ts";

/** Where the scripts stand that a manager calls by their path: from the root of the work tree. */
export function scriptPath(hook: HookName): string {
  return `.countersign/${hook}.sh`;
}

export function addScript(site: Site, draft: Draft, hook: HookName): void {
  draft.create(scriptPath(hook), reasonOf(hook), hookScript(hook, site.project?.folder ?? ""), { executable: true });
}
