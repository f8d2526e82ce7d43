import { spawnSync } from "node:child_process";
import { readdirSync } from "node:fs";
import { dirname, join } from "node:path";
import type { GitContext } from "@countersign/git/internal";
import { chooseUsed } from "../../agents/choose-agents.ts";
import type { AgentFile, Installer, Launcher, OwnFile } from "../../agents/installers/installer.ts";
import { ownFileText } from "../../agents/own-file.ts";
import { findLauncher } from "../../agents/project.ts";
import { shellCommand } from "../../agents/shapes/hook-command.ts";
import { readJson } from "../../files/edits/json-source.ts";
import { readText } from "../../files/file-state.ts";
import { readNpmProject } from "../../npm-project.ts";
import { programPlace } from "../../surroundings.ts";
import { type CheckResult, fine, problem } from "../check-result.ts";

/** Whether the agents that the project is set up for mark what they edit: what their hooks call is started, as they start it. */
export async function checkAgentHooks(
  context: GitContext,
  root: string,
  env: NodeJS.ProcessEnv,
): Promise<readonly CheckResult[]> {
  const used = chooseUsed(root);
  if (used.length === 0) return [];
  const launcher = await findLauncher(context, root);
  const without = used.filter((agent) => !callsCountersign(root, agent));
  const tried = used.map((agent) => ({
    name: agent.name,
    state: without.includes(agent) ? undefined : tryHook(root, agent, launcher, env),
  }));
  const named = (state: Trial): readonly string[] =>
    tried.flatMap((agent) => (agent.state === state ? [agent.name] : []));
  const [started, failed, foreign] = [named("started"), named("not started"), named("not tried")];
  const project = launcher === "path" ? undefined : readNpmProject(root, launcher.dependencyOf);
  const { folder, install } = programPlace({ root, project });
  return [
    ...(without.length > 0 ? [problem("AGENT_HOOKS_ABSENT", { agents: without.map(({ name }) => name) })] : []),
    ...(failed.length > 0 ? [problem("AGENT_HOOKS_BROKEN", { agents: failed, install, folder })] : []),
    ...(foreign.length > 0 ? [problem("AGENT_HOOKS_UNTRIED", { agents: foreign })] : []),
    ...(started.length > 0 ? [fine(`the hooks of ${started.join(", ")} call countersign, and it starts here`)] : []),
  ];
}

type Trial = "started" | "not started" | "not tried";

/** So long a hook may take that has nothing to judge. */
const LONGEST_MS = 20_000;

function tryHook(root: string, installer: Installer, launcher: Launcher, env: NodeJS.ProcessEnv): Trial {
  const command = commandOf(root, installer, launcher);
  if (command === undefined) return "not tried";
  const { stderr } = spawnSync("sh", ["-c", command], {
    cwd: root,
    // What agents report to their hooks, and what has the program say that it ran.
    env: {
      ...env,
      CLAUDE_PROJECT_DIR: root,
      FACTORY_PROJECT_DIR: root,
      PLUGIN_ROOT: join(root, ".agents/plugins/countersign"),
      COUNTERSIGN_DEBUG: "1",
    },
    input: "{}",
    encoding: "utf8",
    timeout: LONGEST_MS,
  });
  return stderr?.includes("countersign mark: ") ? "started" : "not started";
}

/**
 * What a shell has to be given to do as the agent's hook does. A branch that is checked out may have written the files, so
 * nothing of them is started but what `agents install` writes; undefined if they call countersign in another way too.
 */
function commandOf(root: string, { id, files }: Installer, launcher: Launcher): string | undefined {
  // What was written before the project had the dependency, or after it had it no more, is ours all the same.
  const launchers: readonly Launcher[] = ["path", { dependencyOf: "" }, launcher];
  const calls = files.flatMap((file) => callsIn(root, { agent: id, launcher }, file, launchers));
  // Where hooks are scripts, a configuration that was left as it is may lead to one that was not.
  const scripts = files.filter((file) => file.kind === "own").filter(({ executable }) => executable);
  const known = ({ command, written }: Call): boolean =>
    written && scripts.every((script) => script.path !== command || isAsWritten(root, script, launchers));
  return calls.every(known) ? calls[0]?.command : undefined;
}

/** A line that calls countersign, and whether `agents install` writes just that one. */
interface Call {
  readonly command: string;
  readonly written: boolean;
}

function callsIn(
  root: string,
  plugin: { readonly agent: string; readonly launcher: Launcher },
  file: AgentFile,
  launchers: readonly Launcher[],
): readonly Call[] {
  if (file.kind === "merged") {
    const ours = launchers.flatMap((launcher) => commandsIn(file.entries(launcher)));
    return file.paths
      .flatMap((path) => commandsIn(readJson(readText(join(root, path)))))
      .filter((command) => command.includes(file.sign))
      .map((command) => ({ command, written: ours.includes(command) }));
  }
  if (!readText(join(root, file.path)).includes("countersign")) return [];
  if (file.executable) return [{ command: `./${file.path}`, written: isAsWritten(root, file, launchers) }];
  // A plugin looks for the program as our command lines do.
  return [{ command: shellCommand(plugin), written: true }];
}

function isAsWritten(root: string, file: OwnFile, launchers: readonly Launcher[]): boolean {
  const text = readText(join(root, file.path));
  return launchers.some((launcher) => ownFileText(file, launcher) === text);
}

function commandsIn(value: unknown): readonly string[] {
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) =>
    typeof inner === "string" ? (/^(?:command|bash)$/.test(key) ? [inner] : []) : commandsIn(inner),
  );
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
