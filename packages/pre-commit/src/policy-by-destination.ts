import { type Policy, readPolicy } from "@countersign/core";
import { findDestination } from "@countersign/core/internal";
import { type GitContext, withRepository } from "@countersign/git/internal";

/** The policy where a push from here would go, for a clone that has it elsewhere than most. */
export async function readByDestination({ cwd, env }: GitContext): Promise<Policy | undefined> {
  return withRepository({ cwd, env }, async (repository) => {
    const { policyPlace } = await findDestination(repository);
    return policyPlace && (await readPolicy(repository, policyPlace))?.policy;
  });
}
