import { decodeText, upToLast } from "../../bytes.ts";
import type { Commit } from "../../object/commit.ts";
import { subjectBytes } from "../../object/subject-line.ts";

/** A branch by its short name, and the project whose it is, where that is known: `acme/payments`. */
export interface LineBranch {
  readonly branch: string;
  readonly project: string | undefined;
}

/** How git names what it merges: `Merge branch 'main' of host:acme/payments into topic`, `Merge remote-tracking branch 'origin/main'`. */
const MERGED =
  /^Merge (?<tracking>remote-tracking )?branch '(?<name>[^']+)'(?: of (?<from>\S+))?(?: into (?<into>\S+))?$/;

/** Remotes that people's own branches of the same name come from. */
const OWN_REMOTE = /^(?:origin|upstream)\//;

const NO_SLASH = /[^/]/;

/**
 * Which parent of a commit is the branch, as far as its message says: the second one where the branch is what was merged
 * into something else, which took the branch's place later. `git pull` makes such merges in a clone that had moved on, and
 * so does a topic that the branch was merged into before the branch was moved to it.
 */
export function findLineParent(commit: Commit, { branch, project }: LineBranch): number {
  // The message of an octopus merge does not say which parent is which.
  if (commit.parents.length !== 2) return 0;
  const { tracking, name = "", from, into = branch } = MERGED.exec(decodeText(subjectBytes(commit)))?.groups ?? {};
  const isElsewhere = into !== branch;
  if (tracking !== undefined) {
    const merged = isElsewhere ? name.slice(name.indexOf("/") + 1) : name.replace(OWN_REMOTE, "");
    return merged === branch ? 1 : 0;
  }
  if (name !== branch) return 0;
  // Merged into its namesake: a clone's, if it came from this very project; a contributor's, if from another.
  return isElsewhere || (from !== undefined && isOf(from, project)) ? 1 : 0;
}

function isOf(address: string, project: string | undefined): boolean {
  const named = upToLast(NO_SLASH, address);
  const path = named.endsWith(".git") ? upToLast(NO_SLASH, named.slice(0, -".git".length)) : named;
  return project !== undefined && (path.endsWith(`/${project}`) || path.endsWith(`:${project}`));
}
