import { type Command, Option } from "commander";
import { collect } from "../collect.ts";
import type { Start } from "../context.ts";
import { examples } from "../examples.ts";
import { REMOTE_OPTION } from "../judging/policy-options.ts";

export function addCosignCommand(program: Command, start: Start): void {
  program
    .command("cosign")
    .description("review commits and co-sign them, in the ledger that the policy names or else in their messages")
    .argument(
      "[range...]",
      "a branch: its commits that the target branch does not have; A..BRANCH; the number of a pull or merge request; or several commits of one branch, each to be signed by itself (default: HEAD)",
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
    .addOption(
      new Option(
        "--emergency <reason>",
        "let it land before its review, where the policy knows emergencies: sign the reason, and write it into the messages that lack it",
      ).conflicts(["list", "withdraw", "landed"]),
    )
    .addOption(
      new Option("--landed", "co-sign landings that an audit found, in the ledger; nothing is rewritten").conflicts([
        "list",
        "trailer",
        "each",
        "print",
        "withdraw",
      ]),
    )
    .option("--no-fetch", "take what was fetched before")
    .option("--no-push", "keep the ledger's record here")
    .option("--dry-run", "show all that would be signed, and sign nothing")
    .action((ranges, options) =>
      start(async (context) => (await import("../commands/cosign.ts")).cosign(context, ranges, options)),
    )
    .addHelpText(
      "after",
      examples(
        "cosign --list",
        "cosign topic",
        "cosign 12",
        "cosign 1f2e3d4 5a6b7c8",
        'cosign --emergency "uploads fail for every customer"',
        "cosign --dry-run",
        "cosign --landed 5a6b7c8",
        "cosign --key ~/.ssh/id_ed25519_sk",
      ),
    );
}
