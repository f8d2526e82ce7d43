import type { Policy } from "@countersign/core";
import { findDestination, readInForce } from "@countersign/core/internal";
import { type GitContext, withRepository } from "@countersign/git/internal";

/** The policy where a push from here would go, for a clone that has it elsewhere than most. */
export async function readByDestination({ cwd, env }: GitContext): Promise<Policy | undefined> {
  return withRepository({ cwd, env }, async (repository) => {
    const { policy, doubt } = await readInForce(repository, await findDestination(repository), []);
    if (doubt) throw doubt.fault;
    return policy?.policy;
  });
}
