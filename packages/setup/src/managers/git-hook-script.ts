import { binOf, type HookName } from "./hook-name.ts";

const BEGIN = "# >>> countersign";
const END = "# <<< countersign";

const ABOUT = "AI-assisted commits reach a protected branch only with a senior engineer's co-sign";
const NO_BIN = "countersign not found; install it (npm install) or push with --no-verify knowingly";
const NO_NODE = "countersign needs node, which is not on the PATH here; add it, or push with --no-verify knowingly";
const NO_COMMIT_BIN = "countersign not found, so this commit is not checked; install it (npm install)";

/**
 * A hook of its own, in POSIX shell. The one for pushes fails closed: where the bin or node is missing it refuses. Those
 * for commits are no barrier and let the commit pass. None reaches for the network. `project` is the folder of
 * package.json, from the root of the work tree; "" is the root. `before` are further lines that come first.
 */
export function hookScript(hook: HookName, project: string, before: readonly string[] = []): string {
  const run = `exec "$countersign" "$@"`;
  return lines(
    "#!/bin/sh",
    `# ${ABOUT}.`,
    ...before,
    ...(hook === "pre-push" ? guarded(project, [run]) : eased(hook, project, run)),
  );
}

/** The same as a part of a hook that others have a part in: what follows it reads git's standard input as it came. */
export function hookBlock(hook: HookName, project: string): string {
  const body =
    hook === "pre-push"
      ? [
          "countersign_refs=$(cat)",
          ...guarded(project, [
            `printf '%s' "\${countersign_refs:+$countersign_refs`,
            `}" | "$countersign" "$@" || exit $?`,
            '[ -z "$countersign_refs" ] || exec <<COUNTERSIGN_REFS',
            "$countersign_refs",
            "COUNTERSIGN_REFS",
          ]),
        ]
      : eased(hook, project, `"$countersign" "$@" || exit $?`);
  return lines(`${BEGIN}: ${ABOUT}`, ...body, END);
}

export function hasHookBlock(text: string): boolean {
  return text.includes(BEGIN);
}

/** Puts the block in front of all that a shell script does, behind its first comment: a later `exit` cannot pass it by. */
export function insertHookBlock(text: string, block: string): string {
  const head = /^(?:#![^\n]*\n)?/.exec(text)?.[0] ?? "";
  return `${head}${block}${text.slice(head.length)}`;
}

/** Whether a hook is written in a shell that reads the block; what has no first line is run by sh. */
export function isShellScript(text: string): boolean {
  if (!text.startsWith("#!")) return !text.includes("\0");
  return /^#!\s*\S*?(?:\/env\s+(?:-S\s+)?)?(?:\/|\b)(?:sh|bash|dash|ash|ksh|zsh)(?:\s[^\n]*)?\r?\n/.test(`${text}\n`);
}

function guarded(project: string, run: readonly string[]): readonly string[] {
  return [
    `countersign=$(${findBin("pre-push", project)}) || {`,
    `  echo "${NO_BIN}" >&2`,
    "  exit 1",
    "}",
    "command -v node >/dev/null || {",
    `  echo "${NO_NODE}" >&2`,
    "  exit 1",
    "}",
    ...run,
  ];
}

function eased(hook: HookName, project: string, run: string): readonly string[] {
  return [
    `if countersign=$(${findBin(hook, project)}) && command -v node >/dev/null; then`,
    `  ${run}`,
    "else",
    `  echo "${NO_COMMIT_BIN}" >&2`,
    "fi",
  ];
}

/** A linked work tree has no packages of its own: those of the main one serve it. */
function findBin(hook: HookName, project: string): string {
  const folder = project.replace(/[\\"$`]/g, "\\$&");
  const bins = folder === "" ? "node_modules/.bin" : `${folder}/node_modules/.bin`;
  return `PATH="${bins}:$(git rev-parse --git-common-dir)/../${bins}:$PATH"; command -v ${binOf(hook)}`;
}

function lines(...all: readonly string[]): string {
  return `${all.join("\n")}\n`;
}
