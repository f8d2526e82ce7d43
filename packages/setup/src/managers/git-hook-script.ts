import { binOf, type HookName } from "./hook-name.ts";

const BEGIN = "# >>> countersign";
const END = "# <<< countersign";

const ABOUT = "AI-assisted commits reach a protected branch only with a senior engineer's co-sign";
/** Where a hook finds the program, and what a person runs where it does not. */
export interface ProgramPlace {
  /** The folder of package.json, from the root of the work tree; "" is the root. */
  readonly folder: string;
  readonly install: string;
}

const noBin = (install: string): string =>
  `countersign not found; install it (${install}) or push with --no-verify knowingly; files that git tracks here are not run`;
const noCommitBin = (install: string): string =>
  `countersign not found, so this commit is not checked; install it (${install}); files that git tracks here are not run`;
const NO_NODE = "countersign needs node, which is not on the PATH here; add it, or push with --no-verify knowingly";

/**
 * A hook of its own, in POSIX shell. The one for pushes fails closed: where the bin or node is missing it refuses. Those
 * for commits are no barrier and let the commit pass. None reaches for the network.
 * `before` are further lines that come first, `found` such
 * that come when the program was found.
 */
export function hookScript(
  hook: HookName,
  place: ProgramPlace,
  { before = [], found = [] }: { readonly before?: readonly string[]; readonly found?: readonly string[] } = {},
): string {
  const run = [...found, `${CLEAN}; export PATH`, `exec "$countersign" "$@"`];
  return lines(
    "#!/bin/sh",
    `# ${ABOUT}.`,
    ...WITHOUT_CR,
    ...before,
    ...(hook === "pre-push" ? guarded(place, run) : eased(hook, place, run)),
  );
}

/** The same as a part of a hook that others have a part in: what follows it reads git's standard input as it came. */
export function hookBlock(hook: HookName, place: ProgramPlace): string {
  const body =
    hook === "pre-push"
      ? [
          ...guarded(place, [
            `countersign_refs=$(${CLEAN}; cat)`,
            `printf '%s' "\${countersign_refs:+$countersign_refs`,
            `}" | ${CLEAN} "$countersign" "$@" || exit $?`,
            '[ -z "$countersign_refs" ] || exec <<COUNTERSIGN_REFS',
            "$countersign_refs",
            "COUNTERSIGN_REFS",
          ]),
        ]
      : eased(hook, place, [`${CLEAN} "$countersign" "$@" || exit $?`]);
  return lines(`${BEGIN}: ${ABOUT}`, ...WITHOUT_CR, ...body, END);
}

/**
 * Lines that have a script read without its carriage returns, where git, as on Windows by default, put one at each end.
 * The first then keeps one as its value, and the last hides its own in a comment.
 */
const WITHOUT_CR = [
  "countersign_cr=",
  `[ -z "$countersign_cr" ] || exec sh -$(case $- in (*e*) echo e ;; esac)c "$(tr -d '\\r' <"$0")" "$0" "$@" #`,
];

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

function guarded(place: ProgramPlace, run: readonly string[]): readonly string[] {
  return [
    ...findProgram("pre-push", place),
    '[ -n "$countersign" ] || {',
    `  echo "${noBin(place.install)}" >&2`,
    "  exit 1",
    "}",
    `(${CLEAN}; command -v node) >/dev/null || {`,
    `  echo "${NO_NODE}" >&2`,
    "  exit 1",
    "}",
    ...run,
  ];
}

function eased(hook: HookName, place: ProgramPlace, run: readonly string[]): readonly string[] {
  return [
    ...findProgram(hook, place),
    `if [ -n "$countersign" ] && (${CLEAN}; command -v node) >/dev/null; then`,
    ...run.map((line) => `  ${line}`),
    "else",
    `  echo "${noCommitBin(place.install)}" >&2`,
    "fi",
  ];
}

/** The PATH without what a branch could put there: managers and npm put folders of the work tree in front of it. */
const CLEAN = 'PATH="$countersign_path"';

/**
 * Lines that set `countersign` to the program of a hook, to nothing where there is none, and `countersign_path`. What
 * guards against a branch is not taken from it: a checkout writes over an installed file that git ignores, so that nothing
 * below a `node_modules` is run of which git tracks a part. A linked work tree may have no packages of its own: those of
 * another one serve it, the main one's first, which a bare repository has not.
 */
function findProgram(hook: HookName, { folder }: ProgramPlace): readonly string[] {
  const modules = folder === "" ? "node_modules" : `${folder.replace(/[\\"$`]/g, "\\$&")}/node_modules`;
  const bin = binOf(hook);
  return [
    "countersign_clean() (",
    "  here=$(pwd -P) clean=",
    "  set -f",
    "  IFS=:",
    "  for folder in $PATH; do",
    "    case $folder in",
    '      "$here" | "$here"/* | "$PWD" | "$PWD"/*) "$1" "$folder" || continue ;;',
    "      /*) ;;",
    "      *) continue ;;",
    "    esac",
    '    if [ -z "$clean" ]; then clean=$folder; else clean=$clean:$folder; fi',
    "  done",
    '  printf %s "$clean"',
    ")",
    "countersign_files() {",
    `  (${CLEAN}; unset GIT_DIR GIT_WORK_TREE GIT_INDEX_FILE GIT_PREFIX; cd "$1" && shift && git ls-files -- "$@")`,
    "}",
    "countersign_untracked() {",
    '  case $1 in */.bin) files=$(countersign_files "$1/.." .) ;; *) files=$(countersign_files "$1" .) ;; esac && [ -z "$files" ]',
    "}",
    "countersign_in() (",
    `  cd "$1" && [ -x "./${modules}/.bin/${bin}" ] || exit`,
    `  here=$(pwd -P) there=$(cd "./${modules}" && pwd -P)`,
    `  case $there in "$here"/*) ;; *) there=node_modules ;; esac`,
    `  files=$(countersign_files . node_modules ":(literal)${modules}" ":(literal)$there") && [ -z "$files" ] &&`,
    `    echo "$here/${modules}/.bin/${bin}"`,
    ")",
    "countersign_beside() {",
    `  (${CLEAN}; git worktree list --porcelain) | while IFS= read -r tree; do`,
    `    case $tree in "worktree "*) countersign_in "\${tree#worktree }" && break ;; *) false ;; esac`,
    "  done",
    "}",
    "countersign_path=$(countersign_clean false)",
    "countersign_path=$(countersign_clean countersign_untracked)",
    "countersign=$(",
    `  countersign_in . || countersign_beside || { ${CLEAN}; command -v ${bin}; }`,
    ") || countersign=",
  ];
}

function lines(...all: readonly string[]): string {
  return `${all.join("\n")}\n`;
}
