import type { Argument, Command, Option } from "commander";

/** A word that may stand at the cursor. */
export interface Candidate {
  readonly value: string;
  readonly description: string;
}

/** What is to be completed at the cursor. */
export interface Slot {
  /** Words that the program knows itself. */
  readonly words: readonly Candidate[];
  /** What else a value may be; undefined if nothing can be proposed. */
  readonly kind: ValueKind | undefined;
  /** The part of the current word that is to be completed: behind the `=` of `--option=`. */
  readonly current: string;
  /** The options that were given before, by long name. */
  readonly given: ReadonlyMap<string, string>;
}

export type ValueKind = "agent" | "branch" | "revision" | "commit or code" | "path";

/** By the placeholders in the program's own usage, so that a new command is completed without a word here. */
const KINDS: Readonly<Record<string, ValueKind>> = {
  agent: "agent",
  branch: "branch",
  commit: "revision",
  "commit|code": "commit or code",
  range: "revision",
  revision: "revision",
  file: "path",
  folder: "path",
  path: "path",
};

const HELP = "help";

/** Reads the words of a command line up to the cursor, the last of which may be empty. */
export function findSlot(program: Command, line: readonly string[]): Slot {
  const current = line.at(-1) ?? "";
  const given = new Map<string, string>();
  let command = program;
  let position = 0;
  /** What help is asked for: the words behind `help` name a command. */
  let helped: Command | undefined = program;
  let awaiting: Option | undefined;
  let literal = false;
  for (const word of line.slice(0, -1)) {
    // A value that may be left out is absent if the next option begins.
    if (awaiting?.optional && word.startsWith("-")) awaiting = undefined;
    if (awaiting) {
      given.set(awaiting.long ?? "", word);
      if (!awaiting.variadic) awaiting = undefined;
    } else if (!literal && word === "--") literal = true;
    else if (!literal && word.startsWith("-")) {
      const { option, attached } = readOption(command, word);
      if (option && attached !== undefined) given.set(option.long ?? "", attached);
      else if (option?.required || option?.optional) awaiting = option;
    } else if (command.name() === HELP) helped = helped && findCommand(helped, word);
    else {
      const below: Command | undefined = position === 0 && !literal ? findCommand(command, word) : undefined;
      if (below) command = below;
      else position += 1;
    }
  }
  const slot = (words: readonly Candidate[], kind?: ValueKind, part = current): Slot => ({
    words,
    kind,
    current: part,
    given,
  });
  if (awaiting && !(awaiting.optional && current.startsWith("-")))
    return slot(choicesOf(awaiting), kindOf(placeholder(awaiting)));
  if (!literal && current.startsWith("-")) {
    const { option, attached } = readOption(command, current);
    if (attached === undefined) return slot(optionsOf(command));
    return slot(option ? choicesOf(option) : [], option && kindOf(placeholder(option)), attached);
  }
  const argument = argumentAt(command, position);
  if (command.name() === HELP) return slot(helped ? visibleCommands(helped).map(describe) : []);
  const below = position === 0 && !literal ? visibleCommands(command) : [];
  return slot([...below.map(describe), ...(argument ? choicesOf(argument) : [])], argument && kindOf(argument.name()));
}

function readOption(command: Command, word: string): { option: Option | undefined; attached: string | undefined } {
  const [, name = word, attached] = /^(--[^=]+)=(.*)$/s.exec(word) ?? [];
  const option = scopes(command)
    .flatMap(({ options }) => options)
    .find(({ long, short }) => long === name || short === name);
  return { option, attached };
}

/** The program's own options are taken behind a command as well. */
function scopes(command: Command): readonly Command[] {
  return command.parent ? [command, ...scopes(command.parent)] : [command];
}

function optionsOf(command: Command): readonly Candidate[] {
  return scopes(command)
    .flatMap((scope) => scope.createHelp().visibleOptions(scope))
    .flatMap(({ long, description }) => (long ? [{ value: long, description }] : []));
}

function findCommand(command: Command, name: string): Command | undefined {
  return visibleCommands(command).find((below) => below.name() === name || below.aliases().includes(name));
}

function visibleCommands(command: Command): readonly Command[] {
  return command.createHelp().visibleCommands(command);
}

function describe(command: Command): Candidate {
  return { value: command.name(), description: command.description() };
}

function argumentAt({ registeredArguments }: Command, position: number): Argument | undefined {
  const last = registeredArguments.at(-1);
  return registeredArguments[position] ?? (last?.variadic ? last : undefined);
}

function choicesOf({ argChoices = [] }: Option | Argument): readonly Candidate[] {
  return argChoices.map((value) => ({ value, description: "" }));
}

function placeholder({ flags }: Option): string {
  return /[<[]([^\]>.]+)/.exec(flags)?.[1] ?? "";
}

function kindOf(name: string): ValueKind | undefined {
  return Object.hasOwn(KINDS, name) ? KINDS[name] : undefined;
}
