import {
  type ConfiguredRepository,
  CountersignError,
  type Destination,
  type PolicyInForce,
  type RefUpdate,
  readPolicy,
} from "@countersign/core";
import { branchRef, isZeroOid } from "@countersign/core/internal";

/**
 * The policy that a push brings to a server that requires one and has none: by the one commit that who administers the
 * server has named, to the branch that HEAD names, and once.
 * @throws `POLICY_REQUIRED` for any other push, and what reading a damaged policy throws.
 */
export async function readFirstPolicy(
  repository: ConfiguredRepository,
  updates: readonly RefUpdate[],
  { aliases, defaultBranch }: Destination,
  adopt: string | undefined,
): Promise<PolicyInForce> {
  const ref = defaultBranch === undefined ? undefined : branchRef(defaultBranch);
  const update = updates.find((each) => (aliases.get(each.ref) ?? each.ref) === ref);
  const tip = update && !isZeroOid(update.new) ? update.new : undefined;
  const lacks = (gap: "not named" | "not alone" | "used" | "empty"): CountersignError =>
    new CountersignError("POLICY_REQUIRED", { ref, tip, gap });
  if (ref === undefined || !update || tip === undefined || tip !== adopt) throw lacks("not named");
  if (updates.length > 1) throw lacks("not alone");
  if (!isZeroOid(update.old) && (await repository.isAncestor(tip, update.old))) throw lacks("used");
  const policy = await readPolicy(repository, { ref, commit: tip });
  if (!policy) throw lacks("empty");
  return policy;
}
