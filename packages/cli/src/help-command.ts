import { CountersignError } from "@countersign/core";
import { findSimilar } from "@countersign/core/internal";
import type { Command } from "commander";
import { examples } from "./examples.ts";

/** Adds `help`, also for the commands below a command. Other than commander's own it does not take a misspelled one for none. */
export function addHelpCommand(program: Command): void {
  program
    .helpCommand(false)
    .command("help")
    .description("display help for a command")
    .argument("[command...]", "the command, such as check")
    .action((path: readonly string[]) => path.reduce(findBelow, program).help())
    .addHelpText("after", examples("help check"));
}

function findBelow(command: Command, name: string): Command {
  const found = command.commands.find((below) => below.name() === name || below.aliases().includes(name));
  if (found) return found;
  const names = command
    .createHelp()
    .visibleCommands(command)
    .map((below) => below.name());
  const similar = findSimilar(name, names);
  const meant = similar === undefined ? "" : ` (Did you mean ${similar}?)`;
  throw new CountersignError("OPTION_INVALID", { option: "help", problem: `unknown command '${name}'${meant}` });
}
