import type { AgentWithoutHooks } from "./installer.ts";

const NO_HOOKS = "it is not known to have hooks";
const IN_THE_CLOUD = "it runs in its own cloud and has no hooks; its commits name it";

/** Agents that people may ask for, and why they get nothing. */
export const agentsWithoutHooks: readonly AgentWithoutHooks[] = [
  { id: "aider", name: "Aider", reason: `${NO_HOOKS}; its commits name it unless that is switched off` },
  {
    id: "amazon-q",
    name: "Amazon Q Developer",
    reason: "its hooks belong to single agents (.amazonq/cli-agents/*.json), not to a project",
  },
  { id: "bolt", name: "Bolt", reason: IN_THE_CLOUD },
  { id: "devin", name: "Devin", reason: IN_THE_CLOUD },
  { id: "jules", name: "Jules", reason: IN_THE_CLOUD },
  { id: "junie", name: "Junie", reason: NO_HOOKS },
  { id: "kilo", name: "Kilo Code", reason: NO_HOOKS },
  { id: "kimi", name: "Kimi", reason: "its hooks are only in each user's own settings (~/.kimi/config.toml)" },
  { id: "lovable", name: "Lovable", reason: IN_THE_CLOUD },
  { id: "replit", name: "Replit Agent", reason: IN_THE_CLOUD },
  { id: "roo", name: "Roo Code", reason: NO_HOOKS },
  { id: "v0", name: "v0", reason: IN_THE_CLOUD },
  { id: "zed", name: "Zed", reason: NO_HOOKS },
];
