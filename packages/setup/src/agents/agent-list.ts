import { isCountersignError } from "@countersign/core";
import { escapeText, type Paint } from "@countersign/report";
import { Plan } from "../files/plan.ts";
import { installers } from "./installers/installers.ts";
import { agentsWithoutHooks } from "./installers/without-hooks.ts";
import { readAgentState } from "./plan-agents.ts";
import { type AgentProject, findPaths, findPrograms } from "./project.ts";

/** One line of the list: an agent, and how it stands with its hooks in this project. */
export interface ListedAgent {
  readonly agent: string;
  readonly name: string;
  /** Paths in the project, and programs on this machine. */
  readonly detected: { readonly paths: readonly string[]; readonly programs: readonly string[] };
  readonly hooks: "yes" | "no" | "outdated" | "unreadable" | "not supported";
  readonly files: readonly string[];
  /** Why it is unreadable or not supported. */
  readonly reason?: string;
}

const HOOKS = { installed: "yes", outdated: "outdated", absent: "no" } as const;

export function listAgents(project: AgentProject, env: NodeJS.ProcessEnv): readonly ListedAgent[] {
  const plan = new Plan(project);
  return [
    ...installers.map((installer): ListedAgent => {
      const { id, name, signs, files } = installer;
      const detected = { paths: findPaths(project.root, signs), programs: findPrograms(signs, env) };
      const listed = { agent: id, name, detected };
      try {
        const { state, paths } = readAgentState(plan, installer, project.launcher);
        return { ...listed, hooks: HOOKS[state], files: paths };
      } catch (error) {
        if (!isCountersignError(error)) throw error;
        const paths = files.map((file) => (file.kind === "own" ? file.path : file.paths[0]));
        return { ...listed, hooks: "unreadable", files: paths, reason: error.what };
      }
    }),
    ...agentsWithoutHooks.map(
      ({ id, name, reason }): ListedAgent => ({
        agent: id,
        name,
        detected: { paths: [], programs: [] },
        hooks: "not supported",
        files: [],
        reason,
      }),
    ),
  ];
}

export function formatAgents(agents: readonly ListedAgent[], paint: Paint): readonly string[] {
  const rows = agents.map(({ agent, detected, hooks, files, reason }) => [
    agent,
    [...detected.paths, ...detected.programs.map((program) => `${program} (program)`)].join(", ") || "-",
    hooks,
    reason ?? files.join(", "),
  ]);
  const table = [["agent", "detected by", "hooks", "file"], ...rows];
  const widths = [0, 1, 2].map((column) => Math.max(...table.map((row) => row[column]?.length ?? 0)));
  const lines = table.map((row) =>
    row
      .map((cell, column) => escapeText(cell).padEnd(widths[column] ?? 0))
      .join("  ")
      .trimEnd(),
  );
  return lines.map((line, index) => (index === 0 ? paint.strong(line) : line));
}
