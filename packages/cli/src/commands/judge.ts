import { MERGE_WAYS } from "@countersign/core/internal";
import { REPORT_FORMATS } from "@countersign/report";
import { type Command, Option } from "commander";
import { collect, collectOf } from "../collect.ts";
import type { Start } from "../context.ts";
import { examples } from "../examples.ts";
import { POLICY_OPTIONS } from "../judging/policy-options.ts";

/** Adds `check` and `explain`, each loaded when it is called for. */
export function addJudgeCommands(program: Command, start: Start): void {
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
    .action((range, options) => start(async (context) => (await import("./check.ts")).check(context, range, options)))
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
    .action((name, options) => start(async (context) => (await import("./explain.ts")).explain(context, name, options)))
    .addHelpText("after", examples("explain HEAD", "explain 1f0c2d --branch release/2", "explain COSIGN_MISSING"));
  for (const command of [check, explain]) for (const option of POLICY_OPTIONS) command.addOption(option);
}
