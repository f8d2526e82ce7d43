import { findSimilar } from "@countersign/core/internal";
import { type Argument, type Command, InvalidArgumentError, type Option } from "commander";

/** Has every command say which of its choices was probably meant, as commander does for commands and options. */
export function suggestChoices(command: Command): void {
  for (const chooser of [...command.options, ...command.registeredArguments]) suggestFor(chooser);
  for (const below of command.commands) suggestChoices(below);
}

function suggestFor(chooser: Option | Argument): void {
  const { argChoices: choices, parseArg: parse } = chooser;
  if (!choices || !parse) return;
  chooser.parseArg = <T>(value: string, previous: T): T => {
    // What stands behind it is the file of a report.
    const name = value.replace(/=.*$/s, "");
    const meant = choices.includes(name) ? undefined : findSimilar(name, choices);
    if (meant === undefined) return parse(value, previous);
    throw new InvalidArgumentError(`Allowed choices are ${choices.join(", ")}. (Did you mean ${meant}?)`);
  };
}
