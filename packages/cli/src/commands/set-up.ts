import { MODES, PROOFS } from "@countersign/core/internal";
import { CI_NAMES, LEDGER, MANAGER_NAMES } from "@countersign/setup";
import { type Command, Option } from "commander";
import { collect } from "../collect.ts";
import type { Start } from "../context.ts";
import { examples } from "../examples.ts";

/** `init`, `uninstall` and `doctor`. */
export function addSetUpCommands(program: Command, start: Start): void {
  program
    .command("init")
    .description("set up this repository: a first policy and the hooks")
    .option("--yes", "ask nothing: take what the options say, and defaults for the rest")
    .option("--dry-run", "show what would be done, and do nothing")
    .addOption(
      new Option("--manager <name>", "what runs the hooks (default: what is in use here)").choices(MANAGER_NAMES),
    )
    .option("--senior <person>", "someone who may co-sign, as `Name <address>`; may be repeated", collect)
    .option("--key <key>", "a public SSH key or its file: the first belongs to the first senior, and so on", collect)
    .option("--branch <branch>", "the branch to protect, by its short name (default: the default branch)")
    .option("--project <name>", "the project that signatures are for (default: owner/name of the remote)")
    .addOption(
      new Option("--proof <proof>", "how a co-sign is proven (default: signed, if keys are known)").choices(PROOFS),
    )
    .addOption(new Option("--mode <mode>", "whether a broken rule stops a push (default: enforce)").choices(MODES))
    .addOption(
      new Option("--ledger [branch]", "keep co-signs in a branch of their own (default: if a forge merges)").preset(
        LEDGER,
      ),
    )
    .option("--no-ledger", "keep co-signs only in the commits' messages")
    .addOption(new Option("--ci <service>", "write a CI job that checks what is to be merged").choices(CI_NAMES))
    .addOption(
      new Option(
        "--agents [agent...]",
        "set up agents' hooks too: by name, or `yes` for those that the project has files of",
      ).preset("yes"),
    )
    .action((options) => start(async (context) => (await import("./init.ts")).init(context, options)))
    .addHelpText(
      "after",
      examples("init", "init --yes --senior 'Ada Lovelace <ada@acme.example>' --key ada.pub", "init --dry-run"),
    );
  program
    .command("uninstall")
    .description("undo what init did in this clone")
    .option("--yes", "ask nothing")
    .option("--dry-run", "show what would be undone, and do nothing")
    .action((options) => start(async (context) => (await import("./uninstall.ts")).uninstall(context, options)))
    .addHelpText("after", examples("uninstall"));
  program
    .command("doctor")
    .description("test whether this clone's hooks work, and find what is not set up")
    .option("--server", "examine a bare repository that people push to")
    .addOption(new Option("--format <format>", "output format").choices(["text", "json"]).default("text"))
    .action((options) => start(async (context) => (await import("./doctor.ts")).doctor(context, options)))
    .addHelpText("after", examples("doctor", "doctor --format json", "--repo /srv/git/payments.git doctor --server"));
}
