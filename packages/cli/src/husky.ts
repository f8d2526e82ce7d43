import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { join, relative, resolve } from "node:path";
import { LINKED_CONFIG, LINKED_SETTING, writeLinkedHooks } from "@countersign/setup/linked-husky";

/**
 * What a script of an adopter's package.json runs after an install: it switches husky's hooks on, in linked work trees as
 * well. The install must go on without them where there is no repository, as in an exported tree, or no husky.
 */
async function switchOn(project: string, root: string): Promise<void> {
  if (!existsSync(join(root, ".git"))) return;
  const { default: husky } = await import("husky");
  process.chdir(root);
  const folder = join(relative(root, project), ".husky");
  const problem = husky(folder);
  if (problem !== "") console.error(`countersign: the hooks are not on: ${problem}`);
  else if (process.env["HUSKY"] !== "0") switchOnLinked(folder);
}

function switchOnLinked(folder: string): void {
  const git = (...args: readonly string[]): string => spawnSync("git", args, { encoding: "utf8" }).stdout;
  const commonDir = git("rev-parse", "--path-format=absolute", "--git-common-dir").replace(/\n$/, "");
  writeLinkedHooks(commonDir, folder);
  git("config", "--local", LINKED_SETTING, LINKED_CONFIG);
}

// `node -e` leaves itself out of the arguments, a script does not.
const [way] = process.argv.slice(1).filter((argument) => /^\.\.(?:\/\.\.)*$/.test(argument));
switchOn(process.cwd(), resolve(way ?? ".")).catch(() => {});
