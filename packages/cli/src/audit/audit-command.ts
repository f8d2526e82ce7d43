import { AUDIT_FORMATS } from "@countersign/report";
import { type Command, Option } from "commander";
import type { Start } from "../context.ts";
import { examples } from "../examples.ts";
import { REMOTE_OPTION } from "../judging/policy-options.ts";

/** `audit`, and what is below it. Each is loaded when it is called for. */
export function addAuditCommands(program: Command, start: Start): void {
  const audit = program
    .command("audit")
    .description(
      "judge again what landed on a branch, and list what came around the gate; keeps its results in git's folder",
    )
    .argument("[branch]", "the branch, by its short name (default: the default branch)")
    .option("--since <date>", "only what landed since this date, as git reads dates: 2026-01-31, `3 weeks ago`")
    .option(
      "--policy <revision>",
      "judge everything by the policy of this revision, not by the one in force at the time",
    )
    .addOption(REMOTE_OPTION)
    .option("--shard <number/of>", "audit one part of the history, such as 2/5; `audit merge` joins the parts")
    .option("--repositories <file>", "audit every repository listed in this file, one path per line")
    .option("--no-cache", "judge everything again, and keep no results in git's folder")
    .addOption(new Option("--format <format>", "output format").choices(AUDIT_FORMATS).default("text"))
    .helpCommand(false)
    .action((branch, options) => start(async (context) => (await import("./audit.ts")).audit(context, branch, options)))
    .addHelpText(
      "after",
      examples(
        "audit",
        "audit release/2 --since yesterday",
        "audit main --format csv > audit.csv",
        "audit --shard 2/5 --format json > audit-2.json",
        "audit merge audit-*.json",
        "audit --repositories repositories.txt",
      ),
    );
  audit
    .command("merge")
    .description("join the JSON of an audit's parts into what one run would print")
    .argument("<files...>", "the JSON of every part, in any order")
    .action((files) => start(async (context) => (await import("./merge-parts.ts")).mergeAuditParts(context, files)))
    .addHelpText("after", examples("audit merge audit-*.json > audit.json"));
}
