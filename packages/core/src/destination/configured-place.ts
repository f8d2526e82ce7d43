import { CountersignError } from "../error.ts";
import type { PolicyPlace } from "../policy/in-force.ts";
import type { ConfiguredRepository } from "../repository.ts";

/** The ref that git's setting `countersign.policyRef` names, where the policy in force is found in no other way. */
export async function findConfiguredPlace(repository: ConfiguredRepository): Promise<PolicyPlace | undefined> {
  const ref = (await repository.setting("countersign.policyRef"))?.trim();
  if (ref === undefined) return undefined;
  const tip = (await repository.refs(ref)).find(({ name }) => name === ref);
  const commit = tip && (await repository.peelToCommit(tip.oid));
  if (!commit) throw new CountersignError("REVISION_UNKNOWN", { revision: ref });
  return { commit, ref };
}
