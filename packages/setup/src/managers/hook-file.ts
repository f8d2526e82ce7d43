import { lstatSync } from "node:fs";
import type { Plan } from "../files/plan.ts";
import { programPlace, type Surroundings } from "../surroundings.ts";
import { hasHookBlock, hookBlock, insertHookBlock, isShellScript } from "./git-hook-script.ts";
import type { HookName } from "./hook-name.ts";

export const KEPT_SUFFIX = ".before-countersign";

const REASONS: Readonly<Record<HookName, string>> = {
  "pre-push": "judges what is pushed",
  "pre-commit": "warns early",
  "prepare-commit-msg": "notes which agent took part",
  "commit-msg": "checks the message",
};

export function reasonOf(hook: HookName): string {
  return REASONS[hook];
}

/**
 * Puts our part into a file that git, or husky, runs as a hook. What is there already goes on to be run, behind ours and
 * with the same standard input; a hook that is not a shell script, or a link, moves aside and is called from ours.
 */
export function addToHookFile(
  surroundings: Surroundings,
  plan: Plan,
  path: string,
  hook: HookName,
  head = "#!/bin/sh\n",
): void {
  plan.script(path);
  const text = plan.read(path);
  if (text !== undefined && hasHookBlock(text)) return;
  const block = hookBlock(hook, programPlace(surroundings));
  const reason = reasonOf(hook);
  if (text === undefined || text === "") {
    plan.edit(path, reason, () => `${head}${block}`, { executable: head !== "" });
    return;
  }
  if (isShellScript(text) && !lstatSync(path, { throwIfNoEntry: false })?.isSymbolicLink()) {
    plan.edit(path, `${reason}, before what is there`, (script) => insertHookBlock(script, block));
    return;
  }
  const kept = `${path}${KEPT_SUFFIX}`;
  plan.move(path, kept, `stays in use, called by ${hook}`);
  plan.edit(path, reason, () => `${head}${block}${callKept(hook)}`, { executable: true });
}

/** git calls a hook by its path, so the one that moved aside is beside it. */
function callKept(hook: HookName): string {
  return `kept="$(dirname "$0")/${hook}${KEPT_SUFFIX}"\n[ ! -x "$kept" ] || exec "$kept" "$@"\n`;
}
