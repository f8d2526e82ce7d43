import type { Ancestor } from "@countersign/capture";

/** The git command that runs this hook, as far as it can be seen from here. */
export interface GitCommand {
  /** `commit`, `merge`, `rebase`, `cherry-pick` …; undefined if it cannot be seen. */
  readonly name: string | undefined;
  readonly amends: boolean;
  readonly allowsEmptyMessage: boolean;
  /** The value of `--cleanup`. */
  readonly cleanup: string | undefined;
  /** Whether hints are asked for below the message, by `--status` or `--no-status`. */
  readonly status: boolean | undefined;
  /** The commit whose message is taken over: what `-C` or `-c` names. */
  readonly reuses: string | undefined;
  /** The file that `-t` names, from the folder that git was called in. */
  readonly template: string | undefined;
}

/**
 * Reads the arguments of the git among the processes above us. git lets its hooks know neither that it amends nor how it will clean the message
 * up, and an amended commit's marks are lost if nobody asks.
 */
export function findGitCommand(ancestors: readonly Ancestor[]): GitCommand {
  for (const { args } of ancestors) {
    const [program = "", ...rest] = args;
    if (/(?:^|[/\\])git(?:\.exe)?$/.test(program)) return readGitCommand(rest);
  }
  return readGitCommand([]);
}

/** Options of git itself that take the next word. */
const OF_GIT = new Set(["-C", "-c", "--git-dir", "--work-tree", "--namespace", "--config-env", "--exec-path"]);

/** Options of `git commit` that take the next word, which may look like an option. */
const LONG_WITH_VALUE = new Set(
  "--message --file --author --date --fixup --squash --trailer --pathspec-from-file".split(" "),
);
const TEMPLATE = /^--template(?:=(.*))?$/s;
const REUSES = /^--(?:reuse|reedit)-message(?:=(.*))?$/s;
/** Short options may stand together; one of these ends the word, or takes the rest of it. */
const SHORT_WITH_VALUE = /^-[A-Za-z]*?([mFcCt])(.*)$/s;

export function readGitCommand(args: readonly string[]): GitCommand {
  let at = 0;
  while (args[at]?.startsWith("-")) at += OF_GIT.has(args[at] as string) ? 2 : 1;
  let name = args[at];
  let amends = false;
  let allowsEmptyMessage = false;
  let cleanup: string | undefined;
  let status: boolean | undefined;
  let reuses: string | undefined;
  let template: string | undefined;
  for (at += 1; at < args.length; at += 1) {
    const word = args[at] as string;
    const valued = word.startsWith("--") ? undefined : SHORT_WITH_VALUE.exec(word);
    const reusing = REUSES.exec(word);
    const templating = TEMPLATE.exec(word);
    if (word === "--") break;
    if (reusing) reuses = reusing[1] ?? args[++at];
    else if (templating) template = templating[1] ?? args[++at];
    else if (valued) {
      const value = valued[2] === "" ? args[++at] : valued[2];
      if (/[cC]/.test(valued[1] as string)) reuses = value;
      if (valued[1] === "t") template = value;
    } else if (LONG_WITH_VALUE.has(word)) at += 1;
    else if (isShortFor(word, "--amend", "--am")) amends = true;
    // It is `git commit` by another name, in the same process.
    else if (name === "merge" && isShortFor(word, "--continue", "--con")) name = "commit";
    else if (isShortFor(word, "--allow-empty-message", "--allow-empty-")) allowsEmptyMessage = true;
    else if (isShortFor(word, "--status", "--st")) status = true;
    else if (isShortFor(word, "--no-status", "--no-st")) status = false;
    else if (isShortFor(word.split("=", 1)[0] as string, "--cleanup", "--cl")) {
      cleanup = word.includes("=") ? word.slice(word.indexOf("=") + 1) : args[++at];
    }
  }
  return { name, amends, allowsEmptyMessage, cleanup, status, reuses, template };
}

/** git takes any beginning of an option that no other option has. */
function isShortFor(word: string, option: string, least: string): boolean {
  return option.startsWith(word) && word.startsWith(least);
}
