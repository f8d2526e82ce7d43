import { existsSync, readdirSync, statSync } from "node:fs";
import { join } from "node:path";
import { type Finding, fine, problem } from "./finding.ts";
import { readText } from "./hook-manager.ts";

/** An agent that a project can be set up for, and where its hooks stand: files, or folders of files. */
interface ProjectAgent {
  readonly name: string;
  /** What tells that the project is set up for it. */
  readonly sign: string;
  readonly hooks: readonly string[];
}

const AGENTS: readonly ProjectAgent[] = [
  { name: "Claude Code", sign: ".claude", hooks: [".claude/settings.json", ".claude/settings.local.json"] },
  { name: "Cline", sign: ".clinerules", hooks: [".clinerules/hooks"] },
  { name: "Codex", sign: ".codex", hooks: [".codex/hooks.json", ".codex/config.toml"] },
  { name: "Copilot", sign: ".github/copilot-instructions.md", hooks: [".github/hooks"] },
  { name: "Cursor", sign: ".cursor", hooks: [".cursor/hooks.json"] },
  { name: "Droid", sign: ".factory", hooks: [".factory/hooks.json", ".factory/settings.json"] },
  { name: "Gemini CLI", sign: ".gemini", hooks: [".gemini/settings.json"] },
  { name: "Kiro", sign: ".kiro", hooks: [".kiro/hooks", ".kiro/agents"] },
  { name: "Qwen Code", sign: ".qwen", hooks: [".qwen/settings.json"] },
  { name: "Windsurf", sign: ".windsurf", hooks: [".windsurf/hooks.json"] },
];

/** Whether the agents that the project is set up for mark what they edit. */
export function checkAgentHooks(root: string): readonly Finding[] {
  const present = AGENTS.filter(({ sign }) => existsSync(join(root, sign)));
  const without = present.filter(({ hooks }) => !hooks.some((path) => callsCountersign(join(root, path))));
  if (without.length > 0) return [problem("AGENT_HOOKS_ABSENT", { agents: without.map(({ name }) => name) })];
  return present.length === 0
    ? []
    : [fine(`the hooks of ${present.map(({ name }) => name).join(", ")} call countersign`)];
}

function callsCountersign(path: string): boolean {
  if (!statSync(path, { throwIfNoEntry: false })?.isDirectory()) return readText(path).includes("countersign");
  return readdirSync(path).some((name) => readText(join(path, name)).includes("countersign"));
}
