import type { ObjectId } from "@countersign/core";
import { branchName, branchRef } from "@countersign/core/internal";
import { git } from "../process/git.ts";
import type { GitRepository } from "../repository/git-repository.ts";
import { type KnownDestination, readRemote } from "./remote-destination.ts";

/**
 * The repository that work done here is bound for: the remote `origin`, or the only other one there is; a bare
 * repository, and one without a remote, is itself where work lands.
 */
export async function findDestination(repository: GitRepository): Promise<KnownDestination> {
  const bare = await isBare(repository);
  const remotes = (await git(repository.context, ["remote"])).output.split("\n").filter((name) => name !== "");
  const remote = remotes.includes("origin") ? "origin" : remotes.length === 1 ? remotes[0] : undefined;
  if (!bare && remote !== undefined) return readRemote(repository, remote, []);
  return readOwn(repository, bare);
}

/** Whether a repository has no work tree, as those have that people push to. */
export async function isBare({ context }: GitRepository): Promise<boolean> {
  return (await git(context, ["rev-parse", "--is-bare-repository"])).output.trim() === "true";
}

/** This repository as a destination. In a bare one HEAD names the default branch; elsewhere only what is checked out. */
async function readOwn(repository: GitRepository, bare: boolean): Promise<KnownDestination> {
  const branches = new Map<string, ObjectId>();
  const aliases = new Map<string, string>();
  for (const { name, oid, target } of await repository.refs("refs/heads")) {
    branches.set(branchName(name) ?? name, oid);
    if (target !== undefined) aliases.set(name, target);
  }
  const head = await repository.symbolicRef("HEAD");
  const checkedOut = head === undefined ? undefined : branchName(head);
  const usual = bare ? undefined : ["main", "master"].find((branch) => branches.has(branch));
  const defaultBranch = usual ?? checkedOut;
  const tip = defaultBranch === undefined ? undefined : branches.get(defaultBranch);
  const commit = tip && (await repository.peelToCommit(tip));
  const policyPlace = commit && defaultBranch !== undefined ? { commit, ref: branchRef(defaultBranch) } : undefined;
  return { destination: { branches, defaultBranch, aliases }, policyPlace };
}
