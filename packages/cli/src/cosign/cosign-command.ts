import { type Command, Option } from "commander";
import { collect } from "../collect.ts";
import type { Start } from "../context.ts";
import { examples } from "../examples.ts";
import { REMOTE_OPTION } from "../judging/policy-options.ts";

export function addCosignCommand(program: Command, start: Start): void {
  program
    .command("cosign")
    .description("review commits and co-sign them, in the policy's ledger or else in their messages")
    .argument(
      "[range...]",
      "a branch: its commits that the target branch does not have; A..BRANCH; the number of a pull or merge request; or several commits of one branch, to sign each by itself (default: HEAD)",
    )
    .option("--list", "list the branches here and on the remote with changes that you could co-sign")
    .addOption(new Option("--format <format>", "output format of the list").choices(["text", "json"]))
    .option(
      "--branch <branch>",
      "the branch to land on, by its short name; may be repeated (default: the default branch)",
      collect,
    )
    .addOption(REMOTE_OPTION)
    .option(
      "--key <file>",
      "sign with this SSH key (default: git's countersign.signingKey or user.signingKey, or your key on the roster)",
    )
    .addOption(new Option("--ledger", "keep the co-sign in the ledger: no commit changes").conflicts("trailer"))
    .option("--trailer", "write the co-sign into the commits' messages, which gives them new ids")
    .addOption(
      new Option("--each", "sign each commit by itself, so that it can land without the others").conflicts("list"),
    )
    .addOption(
      new Option("--print", "print the ledger's record for a comment, if you may not push it").conflicts([
        "list",
        "trailer",
        "withdraw",
      ]),
    )
    .addOption(
      new Option("--withdraw", "withdraw your co-signs of these commits").conflicts(["list", "each", "trailer"]),
    )
    .addOption(
      new Option(
        "--emergency <reason>",
        "let it land before its review, if the policy allows emergencies: sign the reason, and write it into messages that lack it",
      ).conflicts(["list", "withdraw", "landed"]),
    )
    .addOption(
      new Option("--landed", "co-sign landings that an audit lists, in the ledger; rewrites nothing").conflicts([
        "list",
        "trailer",
        "each",
        "print",
        "withdraw",
      ]),
    )
    .option("--no-fetch", "use what was fetched before")
    .option("--no-push", "do not push the ledger's record")
    .option("--dry-run", "show everything that would be signed, and sign nothing")
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
