import { decodeText } from "../../bytes.ts";
import type { Change } from "../../object/change.ts";
import { isRegularFile } from "../../object/mode.ts";
import type { ObjectId } from "../../object/oid.ts";
import {
  disputeRequirement,
  emergencyRequirement,
  policyChangeRequirement,
  requirementsOf,
} from "../../policy/commit-requirements.ts";
import type { CommitFacts } from "../../policy/conditions/condition.ts";
import type { Policy, Protection } from "../../policy/policy.ts";
import { violation } from "../violation.ts";
import type { Ask, Case } from "./case.ts";

/** The names under which requirements that come from no rule appear among the rules. */
const POLICY_CHANGE = "policyChange";
const DISPUTES = "disputes";
const EMERGENCY = "emergency";

/** What a policy requires of assisted work, and which of its rules refuse it. */
export function askOfAssisted(
  policy: Policy,
  protection: Protection,
  facts: CommitFacts,
  commit?: ObjectId,
): Pick<Case, "asks" | "denials"> {
  const { requirements, denials } = requirementsOf(policy, protection, facts);
  return {
    asks: requirements.map((applied) => ({ ...applied, why: "assisted" })),
    denials: denials.map(({ rule, reason }) =>
      violation("DENIED_BY_RULE", { reason, agents: facts.agents }, { ...(commit ? { commit } : {}), rules: [rule] }),
    ),
  };
}

/** What a policy requires for these changes of its own files, whoever makes them. */
export function askOfPolicyChange(policy: Policy, protection: Protection, changes: readonly Change[]): Ask {
  const requirement = policyChangeRequirement(policy, protection);
  const paths = changes.map(({ path }) => decodeText(path));
  const removal = !changes.some(({ newMode }) => isRegularFile(newMode));
  return { requirement, rules: [POLICY_CHANGE], why: "policy change", paths, removal };
}

/** What proves a commit's word that its marks of AI are wrong, instead of what is required; undefined if the policy accepts that from nobody. */
export function askOfDispute(policy: Policy, protection: Protection, waived: readonly Ask[]): Ask | undefined {
  const requirement = disputeRequirement(
    policy,
    protection,
    waived.map((ask) => ask.requirement),
  );
  return requirement && { requirement, rules: [DISPUTES], why: "dispute" };
}

/** What is enough in an emergency instead of what is required; undefined if nothing is, or the policy allows no emergency. */
export function askOfEmergency(policy: Policy, { requirement: asked }: Ask): Ask | undefined {
  const requirement = asked.count === 0 ? undefined : emergencyRequirement(policy, asked);
  return requirement && { requirement, rules: [EMERGENCY], why: "emergency" };
}
