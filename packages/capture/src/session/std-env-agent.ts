import { agentIdOf, isUnset } from "@countersign/core/internal";
import { detectAgent, env as ownEnvironment } from "std-env";

/** std-env takes these for agents by variables that a person's own shell can have as well. */
const WEAK: ReadonlySet<string> = new Set(["devin", "goose", "kiro", "pi", "replit"]);

/** The id of the agent that std-env sees: it knows agents that come up before the catalogue does. */
export function findAgentByStdEnv(env: NodeJS.ProcessEnv): string | undefined {
  const { name } = within(env, detectAgent);
  return name === undefined || WEAK.has(name) ? undefined : agentIdOf(name);
}

/**
 * std-env reads the process's own variables and takes `CLAUDECODE=0` for a session: while it looks, they are those
 * that are set in `env`.
 */
function within<T>(env: NodeJS.ProcessEnv, look: () => T): T {
  const own = { ...ownEnvironment };
  const given = { ...env };
  const changed: string[] = [];
  for (const name of new Set([...Object.keys(own), ...Object.keys(given)])) {
    const value = isUnset(given[name]) ? undefined : given[name];
    if (value === own[name]) continue;
    changed.push(name);
    setOwn(name, value);
  }
  try {
    return look();
  } finally {
    for (const name of changed) setOwn(name, own[name]);
  }
}

function setOwn(name: string, value: string | undefined): void {
  if (value === undefined) delete ownEnvironment[name];
  else ownEnvironment[name] = value;
}
