import { cosignViolations } from "./cosign.ts";
import type { DataOf } from "./message.ts";
import { policyViolations } from "./policy.ts";
import { pushViolations } from "./push.ts";

/**
 * Every way in which a push breaks the policy. No message holds a co-sign line that could be pasted: an agent that reads
 * it would paste it.
 */
export const violationMessages = {
  ...cosignViolations,
  ...policyViolations,
  ...pushViolations,
} as const;

export type ViolationCode = keyof typeof violationMessages;

/** What the message of a violation is made from. */
export type ViolationData<Code extends ViolationCode> = DataOf<typeof violationMessages, Code>;
