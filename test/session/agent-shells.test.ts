import { findAgentSession } from "@countersign/capture";
import { expect, it } from "vitest";
import { catalogue } from "../../packages/core/src/agents/catalogue.ts";
import { agentPrograms, agentShells, humanShells } from "../rig/agents/agent-shells.ts";

it.each(agentShells)("$shell is known as $agent", ({ agent, env }) => {
  expect(findAgentSession(env, () => [])?.agent).toBe(agent);
});

it.each(humanShells)("$shell is a person's", ({ env }) => {
  expect(findAgentSession(env, () => [])).toBeUndefined();
});

it.each(agentShells)("$shell is a person's where all that it sets is switched off", ({ env }) => {
  const off = Object.fromEntries(Object.keys(env).map((variable) => [variable, "0"]));
  expect(findAgentSession(off, () => [])).toBeUndefined();
});

it("every agent that can be known by its shell has one here", () => {
  const known = catalogue.filter(({ environment }) => environment !== undefined).map(({ id }) => id);
  const shells = new Set(agentShells.map(({ agent }) => agent));
  expect(known.filter((id) => !shells.has(id))).toEqual([]);
  expect(catalogue.flatMap(({ processes = [] }) => processes)).toEqual(agentPrograms);
});
