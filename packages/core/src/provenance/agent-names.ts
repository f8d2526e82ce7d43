import type { Agent } from "../agents/agent.ts";
import { asciiLowerCase } from "../bytes.ts";

export interface KnownName {
  readonly agent: Agent;
  /** Also a person's name or a plain word. */
  readonly common: boolean;
  /** A model's name, or that of AI itself. */
  readonly ofModel: boolean;
}

/** Names of agents, as `nameKey` writes them. */
export type KnownNames = ReadonlyMap<string, KnownName>;

/** What names are looked up by: programs write `claude-code`, `claude_code` and `Claude Code`. */
export function nameKey(name: string): string {
  return asciiLowerCase(name).replace(/[-_\s]+/g, "-");
}

/** Every name of some agents; of two agents with one name the first has it. Variables of the environment run words together. */
export function collectNames(agents: readonly Agent[]): KnownNames {
  const known = new Map<string, KnownName>();
  for (const agent of agents) {
    const { id, name: display, names = [], commonNames = [], modelNames = [] } = agent;
    const [common, ofModels] = [new Set(commonNames.map(nameKey)), new Set(modelNames.map(nameKey))];
    for (const name of [id, display, ...names, ...commonNames].map(nameKey)) {
      const entry = { agent, common: common.has(name), ofModel: ofModels.has(name) };
      for (const key of [name, name.replaceAll("-", "")]) if (!known.has(key)) known.set(key, entry);
    }
  }
  return known;
}
