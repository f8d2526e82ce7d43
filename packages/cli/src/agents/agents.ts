import { type Command, Option } from "commander";
import type { Start } from "../context.ts";
import { examples } from "../examples.ts";

/** The table of the commands about agents' hooks. What they do is loaded when one is called for. */
export function addAgentCommands(program: Command, start: Start): void {
  const agents = program
    .command("agents")
    .description("set up the hooks of AI agents, which mark what the agents write")
    .helpCommand(false)
    .addHelpText("after", examples("agents install", "agents list"));
  agents
    .command("install")
    .description("write the hooks of these agents into the project (default: agents that it has files of)")
    .argument("[agent...]", "as `countersign agents list` names them")
    .option("--dry-run", "show what would be written, and write nothing")
    .action((names, options) =>
      start(async (context) => (await import("./agent-hooks.ts")).installAgents(context, names, options)),
    )
    .addHelpText("after", examples("agents install", "agents install claude-code cursor", "agents install --dry-run"));
  agents
    .command("uninstall")
    .description("remove them again, and leave everything else as it is (default: all agents)")
    .argument("[agent...]", "as `countersign agents list` names them")
    .option("--dry-run", "show what would be removed, and remove nothing")
    .action((names, options) =>
      start(async (context) => (await import("./agent-hooks.ts")).uninstallAgents(context, names, options)),
    )
    .addHelpText("after", examples("agents uninstall", "agents uninstall cursor"));
  agents
    .command("list")
    .description("list the agents, how they are detected, and whether their hooks are installed")
    .addOption(new Option("--format <format>", "output format").choices(["text", "json"]).default("text"))
    .action((options) => start(async (context) => (await import("./agent-hooks.ts")).listAgentHooks(context, options)))
    .addHelpText("after", examples("agents list", "agents list --format json"));
}

/** Adds `mark`, which agents' hooks call. */
export function addMarkCommand(program: Command, start: Start): void {
  program
    .command("mark")
    .description("called by agents' hooks: records which files the agent wrote (its event on standard input)")
    .option("--agent [agent]", "the agent whose hook this is, if its payload does not say")
    .option("--verbose", "report on standard error what was marked and what was not")
    // Whatever an agent's hook is called with, it must not stop the agent.
    .allowUnknownOption()
    .allowExcessArguments()
    .action((options) => start(async (context) => (await import("./mark.ts")).mark(context, options)))
    .addHelpText("after", examples("mark --agent claude-code < payload.json"));
}
