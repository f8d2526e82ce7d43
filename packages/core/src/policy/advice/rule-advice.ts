import { buildAgentIndex } from "../../provenance/detect.ts";
import { findSimilar } from "../../similar.ts";
import { reachesLevel } from "../levels.ts";
import type { Policy, Rule } from "../policy.ts";
import { type Advice, advice, type PolicySurroundings } from "./advice.ts";

/** Whether each rule can meet a commit that it applies to. */
export function* adviseOnRules(policy: Policy, { files }: PolicySurroundings): Iterable<Advice> {
  const agents = agentIds(policy);
  for (const [index, rule] of policy.rules.entries()) {
    if (files) yield* adviseOnPaths(rule, index, files);
    for (const [at, agent] of [...(rule.when.agents ?? [])].entries()) {
      if (agents.has(agent)) continue;
      const meant = findSimilar(agent, agents) ?? [...agents].find((id) => id.startsWith(`${agent}-`));
      yield advice("RULE_AGENT_UNKNOWN", ["rules", index, "agents", at], { rule: rule.name, agent, meant });
    }
    const level = rule.when.authors?.level;
    if (level !== undefined && !policy.people.some((person) => reachesLevel(policy.levels, person.level, level))) {
      yield advice("RULE_WITHOUT_AUTHOR", ["rules", index, "authors"], { rule: rule.name, level });
    }
  }
}

function* adviseOnPaths(rule: Rule, index: number, files: readonly Uint8Array[]): Iterable<Advice> {
  const { name, when } = rule;
  const { paths = [] } = when;
  const idle = paths.filter((glob) => !files.some((file) => glob.matches(file)));
  for (const glob of idle) {
    const path = ["rules", index, "paths", paths.indexOf(glob)];
    yield advice("PATH_PATTERN_UNMATCHED", path, {
      rule: name,
      pattern: glob.pattern,
      only: idle.length === paths.length,
    });
  }
}

/** Every agent that a commit can be found to be made with. */
function agentIds(policy: Policy): ReadonlySet<string> {
  const { names } = buildAgentIndex({ agents: policy.agents, exempt: new Set() });
  return new Set([...names.values()].map(({ agent }) => agent.id));
}
