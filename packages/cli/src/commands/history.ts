import { type Command, Option } from "commander";
import { collect } from "../collect.ts";
import type { Start } from "../context.ts";
import { examples } from "../examples.ts";
import { POLICY_OPTIONS, REMOTE_OPTION } from "../judging/policy-options.ts";
import { LOG_COLUMNS } from "../log/log-columns.ts";

/** Adds `log` and `squash-message`, each loaded when it is called for. */
export function addHistoryCommands(program: Command, start: Start): void {
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
    .action((range, options) => start(async (context) => (await import("./log.ts")).log(context, range, options)))
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
    .action((revision, options) =>
      start(async (context) => (await import("./squash-message.ts")).squashMessage(context, revision, options)),
    )
    .addHelpText("after", examples("squash-message topic", 'squash-message topic --title "Retry uploads (#12)"'));
  for (const option of POLICY_OPTIONS) squash.addOption(option);
}

/** Adds `simulate`, which is loaded when it is called for. */
export function addSimulateCommand(program: Command, start: Start): void {
  const simulate = program
    .command("simulate")
    .description("replay history under a policy, to see what it would have refused; changes nothing")
    .argument("[range]", "A..B, instead of the last commits of the branch")
    .option("--commits <number>", "replay this many of the last commits (default: 500, if little is merged)")
    .option("--merges <number>", "replay this many of the last merges, each with what it brought in (default: 50)")
    .option("--since <date>", "replay what landed since this date, as git reads dates: 2026-01-31, `3 weeks ago`")
    .addOption(new Option("--format <format>", "output format").choices(["text", "json"]).default("text"))
    .action((range, options) =>
      start(async (context) => (await import("./simulate.ts")).simulate(context, range, options)),
    )
    .addHelpText("after", examples("simulate", "simulate --since '3 months ago'", "simulate v1.0..v2.0"));
  for (const option of POLICY_OPTIONS) simulate.addOption(option);
}
