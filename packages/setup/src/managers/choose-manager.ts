import type { Site } from "../init/site.ts";
import { husky } from "./husky.ts";
import { lefthook } from "./lefthook.ts";
import type { Manager, ManagerName } from "./manager.ts";
import { plainHooks } from "./plain-hooks.ts";
import { preCommit, prek } from "./pre-commit.ts";
import { simpleGitHooks } from "./simple-git-hooks.ts";

/** In the order in which they are taken where several are used: the most particular first. */
const MANAGERS: readonly Manager[] = [husky, lefthook, prek, preCommit, simpleGitHooks, plainHooks];

/** The managers that the repository uses already. */
export function findManagers(site: Site): readonly Manager[] {
  return MANAGERS.filter((manager) => manager.isUsed(site));
}

/** What is used already; else husky, which a whole team gets with `npm install`, or plain hooks without npm. */
export function defaultManager(site: Site): Manager {
  return findManagers(site)[0] ?? (site.project ? husky : plainHooks);
}

export function managerNamed(name: ManagerName): Manager {
  return MANAGERS.find((manager) => manager.name === name) as Manager;
}
