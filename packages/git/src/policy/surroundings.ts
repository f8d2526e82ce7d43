import { isCountersignError, type Policy } from "@countersign/core";
import {
  branchName,
  findDestination,
  POLICY_FILES,
  type PolicyLocation,
  type PolicySurroundings,
  resolveCommit,
} from "@countersign/core/internal";
import type { GitRepository } from "../repository/git-repository.ts";
import { listFiles } from "../repository/list-files.ts";

/** Where there is no repository, nothing can be held against one. */
export const NO_SURROUNDINGS: Omit<PolicySurroundings, "now"> = {
  branches: [],
  defaultBranch: undefined,
  inForce: undefined,
  files: undefined,
  baselineKnown: undefined,
};

/** What a policy is held against: the branches here and on the remote, the files of HEAD, the policy in force. */
export async function readSurroundings(
  repository: GitRepository,
  { baseline }: Policy,
  now: number,
): Promise<PolicySurroundings> {
  const { destination, location } = await findDestination(repository);
  const local = (await repository.refs("refs/heads")).map(({ name }) => branchName(name) ?? name);
  const head = await findHead(repository);
  return {
    branches: [...new Set([...destination.branches.keys(), ...local])],
    defaultBranch: destination.defaultBranch,
    inForce: await isInForce(repository, location),
    files: head && (await listFiles(repository, head)),
    baselineKnown: baseline && (await repository.peelToCommit(baseline)) !== undefined,
    now,
  };
}

/** Undefined if it is not known, or nothing has landed yet. */
async function isInForce(repository: GitRepository, location: PolicyLocation): Promise<boolean | undefined> {
  if (location.known !== "place") return undefined;
  return (await repository.rootEntries(location.place.commit, POLICY_FILES)).length > 0;
}

async function findHead(repository: GitRepository): ReturnType<GitRepository["peelToCommit"]> {
  return resolveCommit(repository, "HEAD").catch((error: unknown) => {
    if (isCountersignError(error) && ["BRANCH_UNBORN", "REVISION_UNKNOWN"].includes(error.code)) return undefined;
    throw error;
  });
}
