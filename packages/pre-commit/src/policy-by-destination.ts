import { type Policy, readPolicy } from "@countersign/core";
import { findDestination, openRepository, useRepository } from "@countersign/git";
import type { GitContext } from "@countersign/git/internal";

/** The policy where a push from here would go, for a clone that has it elsewhere than most. */
export async function readByDestination({ cwd, env }: GitContext): Promise<Policy | undefined> {
  return useRepository(await openRepository(cwd, env), async (repository) => {
    const { policyPlace } = await findDestination(repository);
    return policyPlace && (await readPolicy(repository, policyPlace))?.policy;
  });
}
