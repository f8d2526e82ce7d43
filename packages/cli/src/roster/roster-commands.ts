import type { Command } from "commander";
import { collect } from "../collect.ts";
import type { Start } from "../context.ts";
import { examples } from "../examples.ts";
import { POLICY_OPTIONS } from "../judging/policy-options.ts";

/** `keys` and `people`: the roster shown, and added to. */
export function addRosterCommands(program: Command, start: Start): void {
  const keys = program
    .command("keys")
    .description("list the keys on the policy's roster and whether they are valid now")
    .option("--allowed-signers", "print them as an allowed signers file of OpenSSH")
    .option("--mine", "print your own key, as a line to send to someone who maintains the policy")
    .option("--key <file>", "with --mine: this key (default: the one that git signs with, or the first in ~/.ssh)")
    .option("--namespace <name>", "the namespace of the signatures, in that file", "countersign@v1")
    .action((options) => start(async (context) => (await import("./keys.ts")).keys(context, options)))
    .addHelpText("after", examples("keys", "keys --mine", "keys --allowed-signers > allowed_signers"));
  for (const option of POLICY_OPTIONS) keys.addOption(option);
  program
    .command("people")
    .description("change the policy's roster")
    .helpCommand(false)
    .addHelpText("after", examples("people add 'Ada Lovelace <ada@acme.example>' --key ada.pub"))
    .command("add")
    .description("add a person or a key to the roster of the work tree's policy")
    .argument("[person]", "`Name <address> KEY`, as `countersign keys --mine` prints it (default: standard input)")
    .option("--level <level>", "the level of a new person", "senior")
    .option("--key <key>", "a public SSH key or its file; may be repeated", collect)
    .option("--dry-run", "show who would be added, and change nothing")
    .action((person, options) =>
      start(async (context) => (await import("./add-people.ts")).addPeople(context, person, options)),
    )
    .addHelpText(
      "after",
      examples("people add 'Ada Lovelace <ada@acme.example>' --key ada.pub", "people add < sent.txt"),
    );
}
