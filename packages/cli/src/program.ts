import { resolve } from "node:path";
import { type ExitCode, MERGE_WAYS } from "@countersign/core/internal";
import { withoutRepository } from "@countersign/git/internal";
import { formatMessage, REPORT_FORMATS } from "@countersign/report";
import { Argument, Command, CommanderError, Option } from "commander";
import { addAgentCommands } from "./agents/agents.ts";
import { addAttestCommand } from "./attest/attest-command.ts";
import { addAuditCommands } from "./audit/audit-command.ts";
import { collect, collectOf } from "./collect.ts";
import { commandFault } from "./command-fault.ts";
import { addPolicyCommands } from "./commands/policy.ts";
import { addServerCommands } from "./commands/server.ts";
import { addSetUpCommands } from "./commands/set-up.ts";
import { type CommandContext, type ProcessContext, printProse, type Start } from "./context.ts";
import { addCosignCommand } from "./cosign/cosign-command.ts";
import { examples } from "./examples.ts";
import { addHelpCommand } from "./help-command.ts";
import { POLICY_OPTIONS, REMOTE_OPTION } from "./judging/policy-options.ts";
import { LOG_COLUMNS } from "./log/log-columns.ts";
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

/** The table of commands. Each is loaded when it is called for. */
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
  const context = (): CommandContext => ({
    ...processContext,
    calledFrom: processContext.cwd,
    ...chosenRepository(program.opts<{ repo?: string }>().repo, processContext),
    paint: choosePaint(processContext.stdout, processContext.env),
    errorPaint: choosePaint(processContext.stderr, processContext.env),
  });
  const start: Start = async (run) => finish(await run(context()));

  program.commandsGroup("Set up:");
  addSetUpCommands(program, start);
  addAgentCommands(program, start);
  addServerCommands(program, start);
  program.commandsGroup("Judge and co-sign:");
  const check = program
    .command("check")
    .description("judge commits as if they were pushed to a branch")
    .argument(
      "[range]",
      "a revision: the commits that it would add to the branch; A..B: those, and what the branch has got since A",
      "HEAD",
    )
    .addOption(
      new Option("--format <format[=file]>", "output format, and the file to write it to; may be repeated")
        .choices(REPORT_FORMATS)
        .argParser(collect),
    )
    .option("--output <file>", "write the format without a file to this file (default: standard output)")
    .addOption(
      new Option("--merge <way>", "judge what would land if it were merged in this way; may be repeated")
        .choices(MERGE_WAYS)
        .argParser(collectOf(MERGE_WAYS)),
    )
    .option("--protected", "fail if the policy does not protect the branch, as a required check should")
    .addOption(new Option("-q, --quiet", "print nothing if the commits are allowed").conflicts("verbose"))
    .option("-v, --verbose", "list each judged commit, with its co-signs")
    .action(async (range, options) =>
      finish(await (await import("./commands/check.ts")).check(context(), range, options)),
    )
    .addHelpText(
      "after",
      examples(
        "check HEAD --branch main",
        "check topic --merge squash",
        "check --format text --format sarif=countersign.sarif",
      ),
    );
  const explain = program
    .command("explain")
    .description("explain how a commit was made, what it needs to land and who could give it; or what a code means")
    .argument("[commit|code]", "any revision that names a commit, or a code such as COSIGN_MISSING")
    .option("--codes", "list every code with its meaning")
    .action(async (name, options) =>
      finish(await (await import("./commands/explain.ts")).explain(context(), name, options)),
    )
    .addHelpText("after", examples("explain HEAD", "explain 1f0c2d --branch release/2", "explain COSIGN_MISSING"));
  addCosignCommand(program, start);
  program
    .command("log")
    .description("list commits with how they were made and who co-signed them; needs no policy")
    .argument("[range]", "A..B, or a revision and everything that it reaches")
    .option("--all", "commits of all refs")
    .option("--waiting", "commits of all branches that could not land as they are, by the policy in force")
    .option("--author <text>", "commits whose author's name or address contains this")
    .option("--agent <agent>", "commits that this agent took part in, by its id in the catalogue")
    .option("--since <date>", "commits made since this date, as git reads dates: 2026-01-31, `3 weeks ago`")
    .addOption(
      new Option("--show <columns>", `show more columns, separated by commas: ${LOG_COLUMNS.join(", ")}`).argParser(
        collect,
      ),
    )
    .option("-n, --max-count <number>", "at most this many commits")
    .option("--recorders", "also read what git-ai, Entire and Agent Trace recorded")
    .addOption(REMOTE_OPTION)
    .addOption(new Option("--format <format>", "output format").choices(["text", "jsonl"]).default("text"))
    .action(async (range, options) => finish(await (await import("./commands/log.ts")).log(context(), range, options)))
    .addHelpText(
      "after",
      examples("log -n 20", "log --waiting", "log v1.0..HEAD", "log --all --format jsonl > commits.jsonl"),
    );
  const squash = program
    .command("squash-message")
    .description(
      "print a message for squashing a branch, with its authors, its marks of AI and a single commit's co-signs",
    )
    .argument("[revision]", "the tip of the branch", "HEAD")
    .option("--title <text>", "the first line (default: that of the oldest commit)")
    .action(async (revision, options) =>
      finish(await (await import("./commands/squash-message.ts")).squashMessage(context(), revision, options)),
    )
    .addHelpText("after", examples("squash-message topic", 'squash-message topic --title "Retry uploads (#12)"'));
  for (const command of [check, explain, squash]) for (const option of POLICY_OPTIONS) command.addOption(option);
  program.commandsGroup("Look after the policy:");
  addPolicyCommands(program, start);
  addRosterCommands(program, start);
  const simulate = program
    .command("simulate")
    .description("replay history under a policy, to see what it would have refused; changes nothing")
    .argument("[range]", "A..B, instead of the last commits of the branch")
    .option("--commits <number>", "replay this many of the last commits (default: 500, if little is merged)")
    .option("--merges <number>", "replay this many of the last merges, each with what it brought in (default: 50)")
    .option("--since <date>", "replay what landed since this date, as git reads dates: 2026-01-31, `3 weeks ago`")
    .addOption(new Option("--format <format>", "output format").choices(["text", "json"]).default("text"))
    .action(async (range, options) =>
      finish(await (await import("./commands/simulate.ts")).simulate(context(), range, options)),
    )
    .addHelpText("after", examples("simulate", "simulate --since '3 months ago'", "simulate v1.0..v2.0"));
  for (const option of POLICY_OPTIONS) simulate.addOption(option);
  program.commandsGroup("Look back at what landed:");
  addAuditCommands(program, start);
  addReportCommand(program, start);
  addAttestCommand(program, start);
  program.commandsGroup("Other:");
  program
    .command("mark")
    .description("called by agents' hooks: records which files the agent wrote (its event on standard input)")
    .option("--agent [agent]", "the agent whose hook this is, if its payload does not say")
    .option("--verbose", "report on standard error what was marked and what was not")
    // Whatever an agent's hook is called with, it must not stop the agent.
    .allowUnknownOption()
    .allowExcessArguments()
    .action(async (options) => finish(await (await import("./agents/mark.ts")).mark(context(), options)))
    .addHelpText("after", examples("mark --agent claude-code < payload.json"));
  program
    .command("completion")
    .description("print a script with which a shell completes countersign's commands, options and branches")
    .addArgument(new Argument("<shell>", "the shell that will read it").choices(["bash", "zsh", "fish", "powershell"]))
    .action(async (shell) => finish(await (await import("./commands/completion.ts")).completion(context(), shell)))
    .addHelpText("after", examples("completion zsh > ~/.zsh/completions/_countersign", "completion fish | source"))
    .addHelpText("after", "\nIn ~/.bashrc:\n  source <(countersign completion bash)");
  program
    .command("complete", { hidden: true })
    .argument("[line...]")
    .action(async (line) => {
      const open = (repo: string | undefined): CommandContext => ({
        ...context(),
        ...chosenRepository(repo, processContext),
      });
      finish(await (await import("./completion/complete.ts")).complete(program, line, open));
    });
  addHelpCommand(program);
  suggestChoices(program);
  return program;
}

/** A repository that is named is the one that is meant, also inside of another one's hook. */
function chosenRepository(path: string | undefined, { cwd, env }: ProcessContext): Pick<ProcessContext, "cwd" | "env"> {
  return path === undefined ? { cwd, env } : { cwd: resolve(cwd, path), env: withoutRepository(env) };
}
