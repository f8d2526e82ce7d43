import { Argument, type Command, Option } from "commander";
import type { Start } from "../context.ts";
import { examples } from "../examples.ts";

const FORMATS = ["text", "json"];

/** The table of the commands about policy files. Each is loaded when it is called for. */
export function addPolicyCommands(program: Command, start: Start): void {
  const policy = program
    .command("policy")
    .description("check, try out and compare policy files")
    .helpCommand(false)
    .addHelpText("after", examples("policy check", "policy test"));
  policy
    .command("check")
    .description("report every problem in a policy, and what probably does not do what you meant")
    .argument("[file]", "a policy file (default: that of the work tree)")
    .option("--policy <revision>", "check the policy of this revision")
    .addOption(new Option("--format <format>", "output format").choices(FORMATS).default("text"))
    .action((file, options) =>
      start(async (context) => (await import("../policy/check.ts")).checkPolicy(context, file, options)),
    )
    .addHelpText("after", examples("policy check", "policy check --policy origin/main --format json"));
  policy
    .command("schema")
    .description("print the JSON Schema of the policy file or its tests, for editors and other tools")
    .addArgument(new Argument("[file]", "whose schema").choices(["policy", "tests"]).default("policy"))
    .action((file) => start(async (context) => (await import("../policy/schema.ts")).printSchema(context, file)))
    .addHelpText("after", examples("policy schema > countersign.schema.json", "policy schema tests"));
  policy
    .command("test")
    .description("run a policy's tests: commits that you describe, and the verdicts that you expect")
    .argument("[files...]", "test files (default: countersign.tests.yaml, .yml or .json beside the policy)")
    .option("--policy <revision>", "test the policy of this revision, not that of the work tree")
    .addOption(new Option("--format <format>", "output format").choices(FORMATS).default("text"))
    .action((files, options) =>
      start(async (context) => (await import("../policy/test.ts")).testPolicy(context, files, options)),
    )
    .addHelpText("after", examples("policy test", "policy test --policy origin/main tests/policy.yaml"));
  policy
    .command("diff")
    .description(
      "find the commits of a branch that two policies judge differently, and the rules that make the difference",
    )
    .argument("<revisions>", "OLD, to compare the work tree's policy with that revision's, or OLD..NEW")
    .option("--branch <branch>", "the branch whose commits to judge, by its short name (default: the default branch)")
    .option("--commits <number>", "judge this many of the last commits", "500")
    .addOption(new Option("--format <format>", "output format").choices(FORMATS).default("text"))
    .action((revisions, options) =>
      start(async (context) => (await import("../policy/diff.ts")).diffPolicies(context, revisions, options)),
    )
    .addHelpText("after", examples("policy diff origin/main", "policy diff v1.0..v2.0 --commits 2000"));
}
