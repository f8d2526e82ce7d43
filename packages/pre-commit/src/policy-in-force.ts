import { isCountersignError, type Policy, readPolicy } from "@countersign/core";
import { findDestination, type GitContext, openRepository, useRepository } from "@countersign/git";

/**
 * The policy that a push from here would be judged by, as far as this clone knows. Undefined where there is none, and
 * where it cannot be read: the commit hooks advise, and the push tells what is wrong with it.
 */
export async function readPolicyInForce(context: GitContext): Promise<Policy | undefined> {
  try {
    return await useRepository(await openRepository(context.cwd, context.env), async (repository) => {
      const { policyPlace } = await findDestination(repository);
      return policyPlace && (await readPolicy(repository, policyPlace))?.policy;
    });
  } catch (error) {
    if (isCountersignError(error)) return undefined;
    throw error;
  }
}
