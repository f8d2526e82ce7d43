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
      "judge what landed on a branch again, and name what came around the gate; keeps what it found in git's folder",
    )
    .argument("[branch]", "the branch, by its short name (default: the default branch)")
    .option("--since <date>", "only what landed since, as git reads dates: 2026-01-31, `3 weeks ago`")
    .option("--policy <revision>", "judge all of it by the policy of this revision, not by the one that stood then")
    .addOption(REMOTE_OPTION)
    .option("--shard <number/of>", "only one part of the history of several, as 2/5; `audit merge` puts them together")
    .option("--repositories <file>", "audit every repository that a file lists, a path on each line")
    .option("--no-cache", "judge all of it again, and keep nothing of it in git's folder")
    .addOption(new Option("--format <format>", "how to report").choices(AUDIT_FORMATS).default("text"))
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
    .description("put what the parts of an audit printed as JSON together, as one run prints it")
    .argument("<files...>", "the JSON of every part, in any order")
    .action((files) => start(async (context) => (await import("./merge-parts.ts")).mergeAuditParts(context, files)))
    .addHelpText("after", examples("audit merge audit-*.json > audit.json"));
}
