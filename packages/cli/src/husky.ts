import { existsSync } from "node:fs";
import { join, relative, resolve } from "node:path";

/**
 * What the `prepare` script of an adopter's package.json runs: it switches husky's hooks on. `npm install` must go on
 * without them where there is no repository, as in an exported tree, or no husky.
 */
async function switchOn(project: string, root: string): Promise<void> {
  if (!existsSync(join(root, ".git"))) return;
  const { default: husky } = await import("husky");
  process.chdir(root);
  const problem = husky(join(relative(root, project), ".husky"));
  if (problem !== "") console.error(`countersign: the hooks are not on: ${problem}`);
}

// `node -e` leaves itself out of the arguments, a script does not.
const [way] = process.argv.slice(1).filter((argument) => /^\.\.(?:\/\.\.)*$/.test(argument));
switchOn(process.cwd(), resolve(way ?? ".")).catch(() => {});
