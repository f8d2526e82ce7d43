import { dependsOn } from "../npm-project.ts";
import type { Surroundings } from "../surroundings.ts";
import { husky } from "./husky.ts";
import { lefthook } from "./lefthook.ts";
import type { HookRunner, Manager, ManagerName } from "./manager.ts";
import { plainHooks } from "./plain-hooks.ts";
import { preCommit, prek } from "./pre-commit-and-prek.ts";
import { simpleGitHooks } from "./simple-git-hooks.ts";

/** In the order in which they are taken where several are used: the most particular first. */
const MANAGERS: Readonly<Record<ManagerName, Manager>> = {
  husky,
  lefthook,
  "pre-commit": preCommit,
  prek,
  "simple-git-hooks": simpleGitHooks,
  plain: plainHooks,
};

/** Those that run hooks in git's place. */
export const RUNNERS: readonly HookRunner[] = Object.values(MANAGERS).filter(
  (manager): manager is HookRunner => "wrote" in manager,
);

/** The managers that the repository uses already. */
export function findUsedManagers(surroundings: Surroundings): readonly Manager[] {
  return Object.values(MANAGERS).filter((manager) => manager.isUsed(surroundings));
}

/** What is used already; else husky, which a whole team gets with `npm install` where that installs countersign, or plain hooks. */
export function defaultManager(surroundings: Surroundings): Manager {
  return findUsedManagers(surroundings)[0] ?? (dependsOn(surroundings.project, "countersign") ? husky : plainHooks);
}

export function managerNamed(name: ManagerName): Manager {
  return MANAGERS[name];
}
