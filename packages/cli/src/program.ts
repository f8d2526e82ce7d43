import type { ExitCode } from "@countersign/core/internal";
import { formatMessage } from "@countersign/report";
import { Command, CommanderError } from "commander";
import { addAgentCommands, addMarkCommand } from "./agents/agents.ts";
import { addAttestCommand } from "./attest/attest-command.ts";
import { addAuditCommands } from "./audit/audit-command.ts";
import { commandFault } from "./command-fault.ts";
import { addHistoryCommands, addSimulateCommand } from "./commands/history.ts";
import { addJudgeCommands } from "./commands/judge.ts";
import { addPolicyCommands } from "./commands/policy.ts";
import { addServerCommands } from "./commands/server.ts";
import { addSetUpCommands } from "./commands/set-up.ts";
import { addCompletionCommands } from "./completion/completion-commands.ts";
import { inRepository, type ProcessContext, printProse, type Start } from "./context.ts";
import { addCosignCommand } from "./cosign/cosign-command.ts";
import { addHelpCommand } from "./help-command.ts";
import { choosePaint } from "./output/paint.ts";
import { addReportCommand } from "./report/report-command.ts";
import { addRosterCommands } from "./roster/roster-commands.ts";
import { suggestChoices } from "./suggest-choices.ts";
import { VERSION } from "./version.ts";

/** Runs the program and returns its exit code: every way to fail ends here as what, why and fix. */
export async function run(args: readonly string[], processContext: ProcessContext): Promise<ExitCode> {
  const errors = choosePaint(processContext.stderr, processContext.env);
  let code: ExitCode = 0;
  try {
    const program = buildProgram(processContext, (result) => {
      code = result;
    });
    await program.parseAsync(args.length === 0 ? ["help"] : [...args], { from: "user" });
    return code;
  } catch (error) {
    if (error instanceof CommanderError && SHOWN.has(error.code)) return 0;
    await printProse(processContext.stderr, formatMessage(commandFault(error), errors));
    return 2;
  }
}

/** commander ends the program by an error where it has shown what was asked for. */
const SHOWN = new Set(["commander.help", "commander.helpDisplayed", "commander.version"]);

/** The groups of commands, as the help lists them. Each command is loaded when it is called for. */
function buildProgram(processContext: ProcessContext, finish: (code: ExitCode) => void): Command {
  const program = new Command("countersign")
    .description("Keeps AI-assisted commits off protected branches until a senior engineer has co-signed them.")
    .option("--repo <path>", "work in this repository instead of the current directory")
    .version(VERSION)
    .showSuggestionAfterError()
    .exitOverride()
    .configureOutput({
      writeOut: (text) => processContext.stdout.write(text),
      // The help of a command that needs another one beside it.
      writeErr: (text) => processContext.stdout.write(text),
      // The message comes as an error too and is reported once, in our own form.
      outputError: () => {},
    });
  const start: Start = async (run) => {
    const { stdout, stderr, cwd, env } = processContext;
    const paints = { paint: choosePaint(stdout, env), errorPaint: choosePaint(stderr, env) };
    const context = { ...processContext, ...paints, calledFrom: cwd };
    finish(await run(inRepository(context, program.opts<{ repo?: string }>().repo)));
  };

  program.commandsGroup("Set up:");
  addSetUpCommands(program, start);
  addAgentCommands(program, start);
  addServerCommands(program, start);
  program.commandsGroup("Judge and co-sign:");
  addJudgeCommands(program, start);
  addCosignCommand(program, start);
  addHistoryCommands(program, start);
  program.commandsGroup("Look after the policy:");
  addPolicyCommands(program, start);
  addRosterCommands(program, start);
  addSimulateCommand(program, start);
  program.commandsGroup("Look back at what landed:");
  addAuditCommands(program, start);
  addReportCommand(program, start);
  addAttestCommand(program, start);
  program.commandsGroup("Other:");
  addMarkCommand(program, start);
  addCompletionCommands(program, start);
  addHelpCommand(program);
  suggestChoices(program);
  return program;
}
