import { CountersignError } from "@countersign/core";
import type { Installer } from "./installers/installer.ts";
import { installers } from "./installers/installers.ts";
import { agentsWithoutHooks } from "./installers/without-hooks.ts";
import { findPaths } from "./project.ts";

/**
 * The agents that were named, each once.
 * @throws `AGENT_UNKNOWN`, `AGENT_WITHOUT_HOOKS`.
 */
export function chooseByName(names: readonly string[]): readonly Installer[] {
  return [...new Set(names.map(findInstaller))];
}

/** The agents that a project uses. Its own files decide, since the hooks are for everyone who clones: a program is on one machine alone. */
export function chooseUsed(root: string): readonly Installer[] {
  return installers.filter(({ signs }) => findPaths(root, signs).length > 0);
}

function findInstaller(name: string): Installer {
  const wanted = name.toLowerCase();
  const found = installers.find(({ id, aliases = [] }) => id === wanted || aliases.includes(wanted));
  if (found) return found;
  const without = agentsWithoutHooks.find(({ id }) => id === wanted);
  if (without) throw new CountersignError("AGENT_WITHOUT_HOOKS", { agent: without.name, reason: without.reason });
  throw new CountersignError("AGENT_UNKNOWN", { agent: name, known: installers.map(({ id }) => id) });
}
