import type { ObjectId } from "@countersign/core";
import { LF } from "@countersign/core/internal";
import { type GitContext, type RunningGit, spawnGit } from "@countersign/git/internal";
import type { WantedCommit } from "../wanted-commit.ts";
import { showBytes } from "./shown-path.ts";

/** No renames, no conversion or program that the configuration or the repository's attributes could set, every file as text. */
const DIFF = [
  "--no-color",
  "--patch",
  "--stat",
  "--no-renames",
  "--no-ext-diff",
  "--no-textconv",
  "--text",
  "--no-relative",
  "--submodule=short",
  "--ignore-submodules=none",
  "-O/dev/null",
];
const SHOW = ["show", "--format=medium", "--no-mailmap", "--no-notes", "--no-show-signature", ...DIFF];

/** Starts a git that prints what leads from one commit or tree to another. */
export function startComparison(spoken: GitContext, from: ObjectId, to: ObjectId): RunningGit {
  const git = spawnGit(spoken, ["diff", ...DIFF, from, to]);
  git.stdin.end();
  return git;
}

/** The same of two files, which git knows by their ids alone: what they are is said before those. */
export function startFileComparison(spoken: GitContext, path: Uint8Array, from: ObjectId, to: ObjectId): RunningGit {
  const name = showBytes(path);
  const prefixes = [`--src-prefix=${name} as signed: `, `--dst-prefix=${name} now: `];
  const git = spawnGit(spoken, ["diff", ...DIFF, ...prefixes, from, to]);
  git.stdin.end();
  return git;
}

/**
 * Starts a git that prints the diff of a commit. A merge is shown against each parent at the paths that it changes itself:
 * against the first alone, what it drops of the others would not be seen.
 */
function startDiff(spoken: GitContext, { commit, own, seenFrom }: WantedCommit): RunningGit {
  if (seenFrom) return startComparison(spoken, seenFrom, commit.oid);
  const isMerge = commit.parents.length > 1;
  const paths = own.map(({ path }) => path);
  // By lines no such path can be named; then all of the merge is shown.
  const isNamed = isMerge && paths.length > 0 && !paths.some((path) => path.includes(LF));
  const context = isNamed ? { ...spoken, env: { ...spoken.env, GIT_LITERAL_PATHSPECS: "0" } } : spoken;
  const git = spawnGit(context, [...SHOW, `--diff-merges=${isMerge ? "separate" : "first-parent"}`, "--stdin"]);
  const named = isNamed ? ["--\n", ...paths.flatMap((path) => [":(top,literal)", path, "\n"])] : [];
  git.stdin.end(Buffer.concat([`${commit.oid}\n`, ...named].map((part) => Buffer.from(part))));
  return git;
}

/** The diffs that an answer asks for: `d` for all of them, `d 2` for the second one. */
export function diffsFor(
  spoken: GitContext,
  wanted: readonly WantedCommit[],
  answer: string,
): readonly (() => RunningGit)[] | undefined {
  const found = /^d(?: ([1-9]\d*))?$/.exec(answer);
  if (!found) return undefined;
  const number = Number(found[1]);
  const asked = found[1] === undefined ? wanted : wanted.slice(number - 1, number);
  return asked.length === 0 ? undefined : asked.map((item) => () => startDiff(spoken, item));
}
