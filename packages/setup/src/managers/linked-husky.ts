import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/**
 * husky's folder `_` is made by `npm install` in one work tree and tracked in none, and `core.hooksPath` is relative: in a
 * linked work tree git finds no hooks there. So the settings of the repository lead all linked work trees, and them
 * alone, to a folder of the git folder, whose hooks run the scripts of the work tree that they are called in.
 */
export const LINKED_FOLDER = join("countersign", "linked");

/** The setting that leads to them. A pattern that begins with `./` is meant from the folder of git's configuration. */
export const LINKED_SETTING = "includeIf.gitdir:./worktrees/.path";

const CONFIG = "gitconfig";

/** The hooks that husky runs scripts for. */
const HOOKS =
  "applypatch-msg commit-msg post-applypatch post-checkout post-commit post-merge post-rewrite pre-applypatch pre-auto-gc pre-commit pre-merge-commit pre-push pre-rebase prepare-commit-msg".split(
    " ",
  );

/** What `LINKED_SETTING` is set to: git takes the path from the folder of its configuration. */
export const LINKED_CONFIG = `countersign/linked/${CONFIG}`;

/** Writes the hooks; `scripts` is husky's folder, from the root of any work tree. */
export function writeLinkedHooks(commonDir: string, scripts: string): void {
  const folder = join(commonDir, LINKED_FOLDER);
  mkdirSync(folder, { recursive: true });
  for (const hook of HOOKS) writeFileSync(join(folder, hook), hookText(scripts), { mode: 0o755 });
  writeFileSync(join(folder, CONFIG), configText(folder));
}

/** Whether they are as they would be written. */
export function hasLinkedHooks(commonDir: string, scripts: string): boolean {
  const folder = join(commonDir, LINKED_FOLDER);
  const holds = (file: string, text: string): boolean => readOrNothing(join(folder, file)) === text;
  return HOOKS.every((hook) => holds(hook, hookText(scripts))) && holds(CONFIG, configText(folder));
}

/** The folder of the scripts that a hook of ours runs, from the root of the work tree; undefined for another hook. */
export function linkedScripts(hook: string): string | undefined {
  const [, quoted] = /^script="(.*)\/\$hook"$/m.exec(hook.includes(ABOUT) ? hook : "") ?? [];
  return quoted?.replace(/\\(.)/g, "$1");
}

const ABOUT = "# Written by countersign: runs husky's scripts in a linked work tree, which lacks husky's own folder.";

/** As husky's own hooks do it. git runs hooks at the root of the work tree. */
function hookText(scripts: string): string {
  const folder = scripts.replaceAll("\\", "/").replace(/["$`]/g, "\\$&");
  return `#!/bin/sh
${ABOUT}
hook=$(basename "$0")
script="${folder}/$hook"
[ -f "$script" ] || exit 0
init="\${XDG_CONFIG_HOME:-$HOME/.config}/husky/init.sh"
[ ! -f "$init" ] || . "$init"
[ "\${HUSKY-}" != 0 ] || exit 0
PATH="node_modules/.bin:$PATH"
export PATH
sh -e "$script" "$@"
`;
}

function configText(folder: string): string {
  const path = folder.replaceAll("\\", "/").replace(/["\\]/g, "\\$&");
  return `# Written by countersign for linked work trees.\n[core]\n\thooksPath = "${path}"\n`;
}

function readOrNothing(path: string): string | undefined {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return undefined;
  }
}
