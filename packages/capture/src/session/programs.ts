import { basename } from "node:path";

/** A program that runs another's script, and what it makes of the options before it. */
interface Interpreter {
  readonly name: RegExp;
  /** Options that take the next argument with them. */
  readonly valued: RegExp;
  /** Options behind which there is a program's text or nothing to run, and no script. */
  readonly inline: RegExp;
  /** Options behind which a module is named. */
  readonly module?: RegExp;
}

const INTERPRETERS: readonly Interpreter[] = [
  {
    name: /^(?:python|pypy)[0-9.]*$/i,
    valued: /^-[bBdEiIOPqsSuvx]*[WX]$/,
    inline: /^-[bBdEiIOPqsSuvx]*c/,
    module: /^-[bBdEiIOPqsSuvx]*m$/,
  },
  {
    name: /^(?:node(?:js)?[0-9]*|bun)$/,
    valued: /^(?:-r|--require|--import|--(?:experimental-)?loader|-C|--conditions|--env-file)$/,
    inline: /^(?:-e|--eval|-p|--print|-pe|-c|--check)$/,
  },
];

/**
 * The names under which a process may be known: its program's and, where that only interprets, its script's or module's.
 * Never one from the arguments behind it: `vim aider.py` edits.
 */
export function programsOf(args: readonly string[]): readonly string[] {
  const [program = "", ...rest] = args;
  // A process may write a title over its arguments: `npm exec ./droid` is nobody's path.
  if (program === "" || (rest.length === 0 && /\s/.test(program))) return [];
  const name = basename(program);
  const interpreter = INTERPRETERS.find((candidate) => candidate.name.test(name));
  const script = interpreter && scriptOf(rest, interpreter);
  return script === undefined ? [name] : [name, script];
}

function scriptOf(args: readonly string[], { valued, inline, module }: Interpreter): string | undefined {
  for (let at = 0; at < args.length; at += 1) {
    const arg = args[at] as string;
    if (module?.test(arg)) return args[at + 1]?.split(".", 1)[0];
    if (inline.test(arg) || arg === "-") return undefined;
    if (valued.test(arg)) at += 1;
    else if (!arg.startsWith("-")) return basename(arg);
  }
  return undefined;
}
