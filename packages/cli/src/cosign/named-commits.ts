import { CountersignError, type ObjectId } from "@countersign/core";
import { abbreviate, remoteRefs, resolveCommit } from "@countersign/core/internal";
import { type GitRepository, git, listReaching, type NamedWork } from "@countersign/git/internal";
import { findEnds } from "./range-ends.ts";
import type { Choices } from "./session.ts";

/**
 * Reads several commits, which are to be signed each by itself, as a part of the branch that has all of them.
 * @throws `OPTION_INVALID` if there is no such branch, or one of them is not new, and what a revision can be wrong by.
 */
export async function resolveCommits(
  repository: GitRepository,
  revisions: readonly string[],
  choices: Choices,
): Promise<NamedWork> {
  const only = new Set<ObjectId>();
  for (const revision of revisions) {
    if (revision.includes("..")) throw unfit(`${revision} is a range; name one range, or each commit by itself`);
    const commit = await resolveCommit(repository, revision);
    if (!(await isNew(repository, commit, choices))) {
      const names = choices.map(({ branch }) => branch).join(" and ");
      throw unfit(`${revision} is not new for ${names}: it is there already, or is older than the policy's baseline`);
    }
    only.add(commit);
  }
  const branch = await findBranch(repository, [...only], choices[0].remote);
  return { ...branch, typed: revisions, from: undefined, ahead: undefined, only };
}

function unfit(problem: string): CountersignError {
  return new CountersignError("OPTION_INVALID", { option: "several commits", problem });
}

/** Whether one of the branches that work is to land on lacks a commit. */
async function isNew(repository: GitRepository, commit: ObjectId, choices: Choices): Promise<boolean> {
  for (const choice of choices) {
    const ends = await findEnds(repository, choice, undefined);
    if (ends.length === 0 || !(await repository.isAncestor(commit, ...ends))) return true;
  }
  return false;
}

/**
 * The branch with all of some commits: the one that is checked out, before others here and those of the remote. Without any
 * the one of the commits that goes back to all others stands for it.
 */
async function findBranch(
  repository: GitRepository,
  commits: readonly ObjectId[],
  remote: string | undefined,
): Promise<Pick<NamedWork, "name" | "tip">> {
  const { context } = repository;
  const { output } = await git(context, ["merge-base", "--independent", ...commits]);
  const ends = commits.filter((commit) => output.includes(commit));
  const prefixes = ["refs/heads/", ...(remote === undefined ? [] : [`${remoteRefs(remote)}/`])];
  const [first, ...others] = await Promise.all(ends.map((end) => listReaching(context, end, prefixes)));
  const shared = others.reduce((all, refs) => {
    const names = new Set(refs.map(({ name }) => name));
    return all.filter(({ name }) => names.has(name));
  }, first ?? []);
  const head = await repository.symbolicRef("HEAD");
  const branch = shared.find(({ name }) => name === head) ?? shared[0];
  if (branch) return { name: branch.name.replace(/^refs\/(?:heads|remotes)\//, ""), tip: branch.oid };
  const [end, ...more] = ends;
  if (end !== undefined && more.length === 0) return { name: abbreviate(end), tip: end };
  const names = ends.map((each) => abbreviate(each)).join(" and ");
  throw unfit(
    `no branch here${remote === undefined ? "" : ` or of ${remote}`} has ${names}; name commits of one branch`,
  );
}
