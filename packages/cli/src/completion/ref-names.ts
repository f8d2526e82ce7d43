import { branchName, findDestination } from "@countersign/core/internal";
import type { GitRepository } from "@countersign/git/internal";
import type { Candidate } from "./slot.ts";

/**
 * A name may hold what a shell acts upon, as in `x$(id)`, and others choose the names of branches. Such a one is not
 * proposed: anyone who wants it types it, and sees what it is.
 */
const HARMLESS = /^[\p{L}\p{N}_.][\p{L}\p{N}_./@+=,%-]*$/u;

/** More names are of no use to a person, and take long to print. */
const MOST = 1000;

/** Short names of branches that work is judged for: those of the remote, and those here. */
export async function listBranches(repository: GitRepository): Promise<readonly Candidate[]> {
  const { destination } = await findDestination(repository);
  const here = (await repository.refs("refs/heads")).map(({ name }) => branchName(name) ?? name);
  return propose([...destination.branches.keys(), ...here], () => "branch");
}

/** Names of commits. Behind the dots of a range the name of its end is asked for. */
export async function listRevisions(repository: GitRepository, current: string): Promise<readonly Candidate[]> {
  const refs = await Promise.all(["refs/heads", "refs/remotes", "refs/tags"].map((prefix) => repository.refs(prefix)));
  const kinds = ["branch", "remote branch", "tag"];
  const names = refs.flatMap((tips, index) =>
    tips.map(({ name }) => [name.replace(/^refs\/(?:heads|remotes|tags)\//, ""), kinds[index] ?? ""] as const),
  );
  const kindByName = new Map<string, string>([["HEAD", "what is checked out"], ...names]);
  const start = current.slice(0, current.lastIndexOf("..") + 2);
  const prefix = current.includes("..") ? start : "";
  const found = propose(kindByName.keys(), (name) => kindByName.get(name) ?? "");
  return found.map(({ value, description }) => ({ value: prefix + value, description }));
}

function propose(names: Iterable<string>, describe: (name: string) => string): readonly Candidate[] {
  return [...new Set(names)]
    .filter((name) => HARMLESS.test(name))
    .slice(0, MOST)
    .map((value) => ({ value, description: describe(value) }));
}
