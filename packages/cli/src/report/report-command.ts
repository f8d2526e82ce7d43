import { OVERVIEW_FORMATS } from "@countersign/report";
import { type Command, Option } from "commander";
import { collect } from "../collect.ts";
import type { Start } from "../context.ts";
import { examples } from "../examples.ts";
import { REMOTE_OPTION } from "../judging/policy-options.ts";

/** Adds `report`, which is loaded when it is called for: it brings a chart library. */
export function addReportCommand(program: Command, start: Start): void {
  program
    .command("report")
    .description("make a page about what landed on a branch: how much AI helped, and who co-signed; changes nothing")
    .argument("[branch]", "the branch, by its short name (default: the default branch)")
    .option("--since <date>", "only what landed since this date, as git reads dates: 2026-01-31, `3 months ago`")
    .addOption(
      new Option(
        "--format <format[=file]>",
        "output format, and the file to write it to; may be repeated (default: html)",
      )
        .choices(OVERVIEW_FORMATS)
        .argParser(collect),
    )
    .option("--output <file>", "write the format without a file to this file (default: standard output)")
    .option("--anonymous", "show people by pseudonyms, and nothing that names them")
    .addOption(REMOTE_OPTION)
    .action((branch, options) =>
      start(async (context) => (await import("./report.ts")).report(context, branch, options)),
    )
    .addHelpText(
      "after",
      examples(
        "report --output report.html",
        "report main --since '3 months ago' --anonymous --output report.html",
        "report --format markdown --format badge=badge.svg",
      ),
    );
}
