import { Argument, type Command } from "commander";
import type { Start } from "../context.ts";
import { examples } from "../examples.ts";

/** Adds `completion`, and `complete`, which the scripts of shells call. */
export function addCompletionCommands(program: Command, start: Start): void {
  program
    .command("completion")
    .description("print a script with which a shell completes countersign's commands, options and branches")
    .addArgument(new Argument("<shell>", "the shell that will read it").choices(["bash", "zsh", "fish", "powershell"]))
    .action((shell) => start(async (context) => (await import("./completion.ts")).completion(context, shell)))
    .addHelpText("after", examples("completion zsh > ~/.zsh/completions/_countersign", "completion fish | source"))
    .addHelpText("after", "\nIn ~/.bashrc:\n  source <(countersign completion bash)");
  program
    .command("complete", { hidden: true })
    .argument("[line...]")
    .action((line) => start(async (context) => (await import("./complete.ts")).complete(context, program, line)));
}
