import { resolve } from "node:path";
import { type ExitCode, MERGE_WAYS, MODES, PROOFS } from "@countersign/core/internal";
import { withoutRepository } from "@countersign/git/internal";
import { formatMessage, REPORT_FORMATS } from "@countersign/report";
import { CI_NAMES, LEDGER, MANAGER_NAMES } from "@countersign/setup";
import { Argument, Command, CommanderError, InvalidArgumentError, Option } from "commander";
import { addAgentCommands } from "./agents/agents.ts";
import { commandFault } from "./command-fault.ts";
import { addPolicyCommands } from "./commands/policy.ts";
import { addServerCommands } from "./commands/server.ts";
import { type CommandContext, type ProcessContext, printLines, type Start } from "./context.ts";
import { examples } from "./examples.ts";
import { addHelpCommand } from "./help-command.ts";
import { LOG_COLUMNS } from "./log/log-columns.ts";
import { choosePaint } from "./output/paint.ts";
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
    await printLines(processContext.stderr, formatMessage(commandFault(error), errors));
    return 2;
  }
}

/** commander ends the program by an error where it has shown what was asked for. */
const SHOWN = new Set(["commander.help", "commander.helpDisplayed", "commander.version"]);

const REMOTE_OPTION = new Option(
  "--remote <name>",
  "the remote that work lands on (default: git's countersign.remote, upstream, origin, or the only one)",
);

const POLICY_OPTIONS = [
  new Option("--branch <branch>", "the branch to judge for, by its short name (default: the default branch)"),
  new Option("--policy <revision>", "take the policy of this revision, not of the default branch"),
  REMOTE_OPTION,
  new Option("--work-tree-policy", "take the policy file of the work tree, to try it out").conflicts("policy"),
];

/** The table of commands. Each is loaded when it is called for. */
function buildProgram(processContext: ProcessContext, finish: (code: ExitCode) => void): Command {
  const program = new Command("countersign")
    .description("Keeps AI-assisted commits off protected branches until a senior engineer has co-signed them.")
    .option("--repo <path>", "work in this repository, not in the current directory")
    .version(VERSION)
    .showSuggestionAfterError()
    .exitOverride()
    .configureOutput({
      writeOut: (text) => processContext.stdout.write(text),
      // The help of a command that needs another one beside it.
      writeErr: (text) => processContext.stdout.write(text),
      // The message comes as an error too and is told once, in our own form.
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

  const check = program
    .command("check")
    .description("judge commits as if they were pushed to a branch")
    .argument(
      "[range]",
      "a revision: what it would add to the branch; A..B: the same, and what the branch has since A",
      "HEAD",
    )
    .addOption(
      new Option("--format <format[=file]>", "how to report, and where to; may be repeated")
        .choices(REPORT_FORMATS)
        .argParser(collect),
    )
    .option("--output <file>", "where the format without a file goes (default: standard output)")
    .addOption(
      new Option("--merge <way>", "judge what merging it in this way would make of the branch; may be repeated")
        .choices(MERGE_WAYS)
        .argParser(collectOf(MERGE_WAYS)),
    )
    .option("--protected", "fail where the policy does not protect the branch, as a required check has to")
    .addOption(new Option("-q, --quiet", "say nothing where the commits are allowed").conflicts("verbose"))
    .option("-v, --verbose", "list every commit that was judged by itself, with its co-signs")
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
    .description("tell how a commit was made, what it needs to land, and who could give it; or what a code means")
    .argument("[commit|code]", "any revision that names a commit, or a code such as COSIGN_MISSING")
    .option("--codes", "list every code with its meaning")
    .action(async (name, options) =>
      finish(await (await import("./commands/explain.ts")).explain(context(), name, options)),
    )
    .addHelpText("after", examples("explain HEAD", "explain 1f0c2d --branch release/2", "explain COSIGN_MISSING"));
  const squash = program
    .command("squash-message")
    .description(
      "print a message for a branch that is squashed: its authors and marks of AI, and a single commit's co-signs",
    )
    .argument("[revision]", "the tip of the branch", "HEAD")
    .option("--title <text>", "the first line (default: that of the oldest commit)")
    .action(async (revision, options) =>
      finish(await (await import("./commands/squash-message.ts")).squashMessage(context(), revision, options)),
    )
    .addHelpText("after", examples("squash-message topic", 'squash-message topic --title "Retry uploads (#12)"'));
  const keys = program
    .command("keys")
    .description("list the keys of the policy's roster and what they are worth now")
    .option("--allowed-signers", "write them as OpenSSH's allowed signers file")
    .option("--mine", "print your own, as a line for whoever keeps the policy")
    .option("--key <file>", "with --mine: this one (default: the one that git signs with, or the first of ~/.ssh)")
    .option("--namespace <name>", "what the signatures are for, in that file", "countersign@v1")
    .action(async (options) => finish(await (await import("./roster/keys.ts")).keys(context(), options)))
    .addHelpText("after", examples("keys", "keys --mine", "keys --allowed-signers > allowed_signers"));
  for (const command of [check, explain, squash, keys]) for (const option of POLICY_OPTIONS) command.addOption(option);
  program
    .command("people")
    .description("change the policy's roster: add")
    .helpCommand(false)
    .addHelpText("after", examples("people add 'Ada Lovelace <ada@acme.example>' --key ada.pub"))
    .command("add")
    .description("put a person or a key on the roster of the work tree's policy")
    .argument("[person]", "`Name <address> KEY`, as `countersign keys --mine` prints it (default: standard input)")
    .option("--level <level>", "the level of somebody who is new there", "senior")
    .option("--key <key>", "a public SSH key or its file; can be given again", collect)
    .option("--dry-run", "show who would be put in, and change nothing")
    .action(async (person, options) =>
      finish(await (await import("./roster/add-people.ts")).addPeople(context(), person, options)),
    )
    .addHelpText(
      "after",
      examples("people add 'Ada Lovelace <ada@acme.example>' --key ada.pub", "people add < sent.txt"),
    );
  program
    .command("log")
    .description("list commits with their provenance and co-signs, those of the ledger too; needs no policy")
    .argument("[range]", "A..B, or a revision and all that it reaches")
    .option("--all", "all refs")
    .option("--waiting", "those of all branches that could not land as they are, by the policy in force")
    .option("--author <text>", "those whose author's name or address holds this")
    .option("--agent <agent>", "those that this agent took part in, by its id in the catalogue")
    .option("--since <date>", "those committed since, as git reads dates: 2026-01-31, `3 weeks ago`")
    .addOption(
      new Option("--show <columns>", `show more, with commas between: ${LOG_COLUMNS.join(", ")}`).argParser(collect),
    )
    .option("-n, --max-count <number>", "no more commits than this")
    .option("--recorders", "read what git-ai, Entire and Agent Trace recorded, too")
    .addOption(REMOTE_OPTION)
    .addOption(new Option("--format <format>", "how to print them").choices(["text", "jsonl"]).default("text"))
    .action(async (range, options) => finish(await (await import("./commands/log.ts")).log(context(), range, options)))
    .addHelpText(
      "after",
      examples("log -n 20", "log --waiting", "log v1.0..HEAD", "log --all --format jsonl > commits.jsonl"),
    );
  program
    .command("cosign")
    .description("review commits and co-sign them, in the ledger that the policy names or else in their messages")
    .argument(
      "[range]",
      "a branch: what it would add to the branch that is judged for; A..BRANCH; or the number of a pull or merge request (default: HEAD)",
    )
    .option("--list", "list the branches here and on the remote with changes that you could co-sign")
    .addOption(new Option("--format <format>", "how to print the list").choices(["text", "json"]))
    .option(
      "--branch <branch>",
      "the branch that they are to land on, by its short name; may be repeated (default: the default branch)",
      collect,
    )
    .addOption(REMOTE_OPTION)
    .option(
      "--key <file>",
      "sign with this SSH key (default: git's countersign.signingKey or user.signingKey, or yours of the roster)",
    )
    .addOption(new Option("--ledger", "keep the co-sign in the ledger: no commit changes").conflicts("trailer"))
    .option("--trailer", "write the co-sign into the commits' messages, which gives them new ids")
    .addOption(
      new Option("--each", "sign each commit by itself, so that it may land without the others").conflicts("list"),
    )
    .addOption(
      new Option("--print", "print the ledger's record for a comment, where you may not push it").conflicts([
        "list",
        "trailer",
        "withdraw",
      ]),
    )
    .addOption(
      new Option("--withdraw", "take your co-signs of these commits back").conflicts(["list", "each", "trailer"]),
    )
    .option("--no-fetch", "take what was fetched before")
    .option("--no-push", "keep the ledger's record here")
    .option("--dry-run", "show all that would be signed, and sign nothing")
    .action(async (range, options) =>
      finish(await (await import("./commands/cosign.ts")).cosign(context(), range, options)),
    )
    .addHelpText(
      "after",
      examples("cosign --list", "cosign topic", "cosign 12", "cosign --dry-run", "cosign --key ~/.ssh/id_ed25519_sk"),
    );
  program
    .command("mark")
    .description("for agents' hooks: keep what standard input tells, so that a commit of it is known as assisted")
    .option("--agent [agent]", "the agent whose hook this is, where its payload does not tell")
    .option("--verbose", "tell on standard error what was marked and what was not")
    // Whatever an agent's hook is called with, it must not stop the agent.
    .allowUnknownOption()
    .allowExcessArguments()
    .action(async (options) => finish(await (await import("./agents/mark.ts")).mark(context(), options)))
    .addHelpText("after", examples("mark --agent claude-code < payload.json"));
  addAgentCommands(program, start);
  const simulate = program
    .command("simulate")
    .description("replay history under a policy, to see what it would have refused; changes nothing")
    .argument("[range]", "A..B in place of the last commits of the branch")
    .option("--commits <number>", "replay the last so many commits (default: 500, where little is merged)")
    .option("--merges <number>", "replay the last so many merges, each with what it brought in (default: 50)")
    .option("--since <date>", "replay what landed since, as git reads dates: 2026-01-31, `3 weeks ago`")
    .addOption(new Option("--format <format>", "how to print the outcome").choices(["text", "json"]).default("text"))
    .action(async (range, options) =>
      finish(await (await import("./commands/simulate.ts")).simulate(context(), range, options)),
    )
    .addHelpText("after", examples("simulate", "simulate --since '3 months ago'", "simulate v1.0..v2.0"));
  for (const option of POLICY_OPTIONS) simulate.addOption(option);
  addPolicyCommands(program, start);
  addServerCommands(program, start);
  program
    .command("init")
    .description("set this repository up: a first policy, and hooks")
    .option("--yes", "ask nothing: take what the options say, and defaults for the rest")
    .option("--dry-run", "show what would be done, and do nothing")
    .addOption(
      new Option("--manager <name>", "what runs the hooks (default: what is in use here)").choices(MANAGER_NAMES),
    )
    .option("--senior <person>", "somebody who may co-sign, as `Name <address>`; can be given again", collect)
    .option("--key <key>", "a public SSH key or its file: the first for the first senior, and so on", collect)
    .option("--branch <branch>", "the branch to protect, by its short name (default: the default branch)")
    .option("--project <name>", "what signatures are good for (default: owner/name of the remote)")
    .addOption(
      new Option("--proof <proof>", "how a co-sign is proven (default: signed where keys are known)").choices(PROOFS),
    )
    .addOption(new Option("--mode <mode>", "whether a broken rule stops a push (default: enforce)").choices(MODES))
    .addOption(
      new Option(
        "--ledger [branch]",
        "keep co-signs in a branch beside the commits (default: where a forge merges)",
      ).preset(LEDGER),
    )
    .option("--no-ledger", "keep co-signs in the commits alone")
    .addOption(new Option("--ci <service>", "write a job that checks what is to be merged").choices(CI_NAMES))
    .addOption(
      new Option(
        "--agents [agent...]",
        "set up agents' hooks too: by name, or `yes` for those the project has files of",
      ).preset("yes"),
    )
    .action(async (options) => finish(await (await import("./commands/init.ts")).init(context(), options)))
    .addHelpText(
      "after",
      examples("init", "init --yes --senior 'Ada Lovelace <ada@acme.example>' --key ada.pub", "init --dry-run"),
    );
  program
    .command("uninstall")
    .description("take back what init did in this clone")
    .option("--yes", "ask nothing")
    .option("--dry-run", "show what would be taken back, and do nothing")
    .action(async (options) => finish(await (await import("./commands/uninstall.ts")).uninstall(context(), options)))
    .addHelpText("after", examples("uninstall"));
  program
    .command("doctor")
    .description("prove that this clone's hooks do their work, and find what is not set up")
    .option("--server", "look at a bare repository that people push to")
    .addOption(new Option("--format <format>", "how to print what is found").choices(["text", "json"]).default("text"))
    .action(async (options) => finish(await (await import("./commands/doctor.ts")).doctor(context(), options)))
    .addHelpText("after", examples("doctor", "doctor --format json", "--repo /srv/git/payments.git doctor --server"));
  program
    .command("completion")
    .description("print what a shell needs to complete countersign's commands, options and branches")
    .addArgument(new Argument("<shell>", "the shell that will read it").choices(["bash", "zsh", "fish", "powershell"]))
    .action(async (shell) => finish(await (await import("./commands/completion.ts")).completion(context(), shell)))
    .addHelpText("after", examples("completion zsh > ~/.zsh/completions/_countersign", "completion fish | source"))
    .addHelpText("after", "\nIn ~/.bashrc:\n  source <(countersign completion bash)\n");
  program
    .command("complete", { hidden: true })
    .argument("[line...]")
    .action(async (line) => {
      const open = (repo: string | undefined): CommandContext => ({
        ...context(),
        ...chosenRepository(repo, processContext),
      });
      finish(await (await import("./commands/complete.ts")).complete(program, line, open));
    });
  addHelpCommand(program);
  suggestChoices(program);
  return program;
}

function collect(value: string, before: readonly string[] = []): readonly string[] {
  return [...before, value];
}

/** Collects values that commander itself would only allow once. */
function collectOf(choices: readonly string[]) {
  return (value: string, before?: readonly string[]): readonly string[] => {
    if (choices.includes(value)) return collect(value, before);
    throw new InvalidArgumentError(`Allowed choices are ${choices.join(", ")}.`);
  };
}

/** A repository that is named is the one that is meant, also inside of another one's hook. */
function chosenRepository(path: string | undefined, { cwd, env }: ProcessContext): Pick<ProcessContext, "cwd" | "env"> {
  return path === undefined ? { cwd, env } : { cwd: resolve(cwd, path), env: withoutRepository(env) };
}
