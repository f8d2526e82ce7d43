import { CountersignError, type ObjectId } from "@countersign/core";
import { branchName, remoteRefs, resolveCommit } from "@countersign/core/internal";
import { git } from "../process/git.ts";
import type { GitRepository } from "../repository/git-repository.ts";
import { fetchRequest, type RequestHead, readRequestNumber } from "./fetch-request.ts";

/** Work that is to land, as a person names it. */
export interface NamedWork {
  /** For people: the short name of the branch, or what was typed. */
  readonly name: string;
  /** What was typed, word by word. */
  readonly typed: readonly string[];
  readonly tip: ObjectId;
  /** Where the work begins, if that was said. */
  readonly from: ObjectId | undefined;
  /** What the remote has of a local branch, where that has commits which the branch lacks. */
  readonly ahead: { readonly ref: string; readonly tip: ObjectId } | undefined;
  /** Those of its commits that are asked for; undefined if all are. */
  readonly only?: ReadonlySet<ObjectId> | undefined;
}

/** Where work is looked for that is not here. */
export interface WorkPlace {
  /** Undefined if the work lands in this repository itself. */
  readonly remote: string | undefined;
  /** Whether the remote may be asked. */
  readonly fetch: boolean;
}

/**
 * Reads `A..BRANCH` or `BRANCH`. A branch that is not here is taken as the remote has it, without a checkout; a number, where
 * no branch has that name, is that of a pull or merge request.
 * @throws `REQUEST_UNKNOWN`, `REQUEST_MOVED`, `FETCH_FAILED`, and what a revision can be wrong by.
 */
export async function resolveWork(
  repository: GitRepository,
  range: string,
  { remote, fetch }: WorkPlace,
): Promise<NamedWork> {
  const dots = range.indexOf("..");
  const [start, end] = dots < 0 ? [undefined, range] : [range.slice(0, dots), range.slice(dots + 2)];
  const from = start === undefined ? undefined : await resolveCommit(repository, start || "HEAD");
  const request = await findRequest(repository, end, { remote, fetch });
  if (request) return { ...request, typed: [range], from, ahead: undefined };
  const revision = await findRevision(repository, end || "HEAD", remote);
  const tip = await resolveCommit(repository, revision);
  const ref = await readFullName(repository, revision);
  const branch = branchName(ref);
  const shown = branch ?? /^refs\/remotes\/(.+)$/.exec(ref)?.[1] ?? (end || "HEAD");
  const ahead =
    branch === undefined || remote === undefined ? undefined : await findAhead(repository, branch, remote, tip);
  return { name: shown, typed: [range], tip, from, ahead };
}

/** The head of the pull or merge request that a number names, unless a branch is named so. */
async function findRequest(
  repository: GitRepository,
  name: string,
  { remote, fetch }: WorkPlace,
): Promise<RequestHead | undefined> {
  const request = readRequestNumber(name);
  if (!request || remote === undefined) return undefined;
  for (const ref of [`refs/heads/${name}`, `${remoteRefs(remote)}/${name}`]) {
    if (await hasRef(repository, ref)) return undefined;
  }
  const head = fetch ? await fetchRequest(repository, remote, request) : undefined;
  // A tag and the short id of a commit can be all digits as well.
  if (!head && (await repository.resolve(name)) === undefined) {
    throw new CountersignError("REQUEST_UNKNOWN", { ...request, remote, asked: fetch });
  }
  return head;
}

async function hasRef(repository: GitRepository, ref: string): Promise<boolean> {
  return (await repository.refs(ref)).some(({ name }) => name === ref);
}

/** The remote's branch where that is the only one of the name. */
async function findRevision(repository: GitRepository, name: string, remote: string | undefined): Promise<string> {
  if (remote === undefined || (await repository.resolve(name)) !== undefined) return name;
  const ref = `${remoteRefs(remote)}/${name}`;
  return (await hasRef(repository, ref)) ? ref : name;
}

/** For HEAD the branch that is checked out; empty if the revision is not the name of a ref. */
async function readFullName(repository: GitRepository, revision: string): Promise<string> {
  const args = ["rev-parse", "--verify", "--quiet", "--symbolic-full-name", "--end-of-options", revision];
  return (await git(repository.context, args, [0, 1, 128])).output.trim();
}

async function findAhead(
  repository: GitRepository,
  branch: string,
  remote: string,
  tip: ObjectId,
): Promise<NamedWork["ahead"]> {
  const ref = `${remoteRefs(remote)}/${branch}`;
  const there = (await repository.refs(ref)).find(({ name }) => name === ref)?.oid;
  return there === undefined || (await repository.isAncestor(there, tip)) ? undefined : { ref, tip: there };
}
