import { readdirSync } from "node:fs";
import { dirname, join } from "node:path";
import { chooseUsed } from "../../agents/choose-agents.ts";
import type { AgentFile, Installer } from "../../agents/installers/installer.ts";
import { readText } from "../../files/file-state.ts";
import { type CheckResult, fine, problem } from "../check-result.ts";

/** Whether the agents that the project is set up for mark what they edit. */
export function checkAgentHooks(root: string): readonly CheckResult[] {
  const used = chooseUsed(root);
  const without = used.filter((agent) => !callsCountersign(root, agent));
  if (without.length > 0) return [problem("AGENT_HOOKS_ABSENT", { agents: without.map(({ name }) => name) })];
  return used.length === 0 ? [] : [fine(`the hooks of ${used.map(({ name }) => name).join(", ")} call countersign`)];
}

/** A person may have written the call into a file beside the one that is written for them. */
function callsCountersign(root: string, { files }: Installer): boolean {
  return files
    .flatMap(pathsOf)
    .flatMap((path) => [path, ...siblingsOf(root, path)])
    .some((path) => readText(join(root, path)).includes("countersign"));
}

function pathsOf(file: AgentFile): readonly string[] {
  return file.kind === "own" ? [file.path] : file.paths;
}

/** What else an agent's own folder holds. The root is nobody's. */
function siblingsOf(root: string, path: string): readonly string[] {
  const folder = dirname(path);
  try {
    return folder === "." ? [] : readdirSync(join(root, folder)).map((name) => `${folder}/${name}`);
  } catch {
    return [];
  }
}
