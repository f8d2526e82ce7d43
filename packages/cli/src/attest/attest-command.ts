import { type Command, Option } from "commander";
import type { Start } from "../context.ts";
import { examples } from "../examples.ts";
import { REMOTE_OPTION } from "../judging/policy-options.ts";
import { PREDICATES } from "./statements.ts";

export function addAttestCommand(program: Command, start: Start): void {
  program
    .command("attest")
    .description("print in-toto statements of what landed on a branch: its verdict, and the co-signs that count")
    .argument("[commit...]", "commits that landed, or all those of a range A..B (default: the tip of the branch)")
    .option("--branch <branch>", "the branch that they landed on, by its short name (default: the default branch)")
    .addOption(REMOTE_OPTION)
    .addOption(
      new Option("--predicate <kind>", "only the co-signs, or only SLSA's source verification summaries").choices(
        PREDICATES,
      ),
    )
    .option("--resource <uri>", "the repository as others fetch it, git+https://… (default: the address of the remote)")
    .option("--verifier <uri>", "who attests it", "urn:countersign:attest")
    .option("--sign", "sign each statement with your SSH key, as a DSSE envelope")
    .addOption(
      new Option(
        "--key <file>",
        "sign with this SSH key (default: git's countersign.signingKey or user.signingKey)",
      ).implies({ sign: true }),
    )
    .option("--output <file>", "write them to this file (default: standard output)")
    .action((commits, options) =>
      start(async (context) => (await import("./attest.ts")).attest(context, commits, options)),
    )
    .addHelpText(
      "after",
      examples(
        "attest",
        "attest v1.0..v2.0 --sign --output v2.0.intoto.jsonl",
        "attest HEAD --branch release/2 --predicate source",
      ),
    );
}
