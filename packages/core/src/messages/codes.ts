import type { adviceMessages } from "./advice.ts";
import { commandFaults } from "./command.ts";
import { commitFaults } from "./commit.ts";
import { cosignViolations } from "./cosign.ts";
import type { doctorMessages } from "./doctor.ts";
import type { DataOf, Message } from "./message.ts";
import { policyFaults, policyViolations } from "./policy.ts";
import { pushFaults, pushViolations } from "./push.ts";
import { repositoryFaults } from "./repository.ts";
import { setupFaults } from "./setup.ts";
import { signingFaults } from "./signing.ts";

/**
 * Every way in which a push breaks the policy. No message holds a co-sign line that could be pasted: an agent that reads
 * it would paste it.
 */
export const violationMessages = { ...cosignViolations, ...policyViolations, ...pushViolations } as const;

/** Every way in which no decision is reached, or nothing is done. */
export const faultMessages = {
  ...repositoryFaults,
  ...policyFaults,
  ...pushFaults,
  ...commitFaults,
  ...commandFaults,
  ...signingFaults,
  ...setupFaults,
} as const;

export type ViolationCode = keyof typeof violationMessages;
export type FaultCode = keyof typeof faultMessages;
export type AdviceCode = keyof typeof adviceMessages;
export type DoctorCode = keyof typeof doctorMessages;

/** Every code that people can be shown. */
export type Code = ViolationCode | FaultCode | AdviceCode | DoctorCode;

export type ViolationData<Code extends ViolationCode> = DataOf<typeof violationMessages, Code>;
export type FaultData<Code extends FaultCode> = DataOf<typeof faultMessages, Code>;
export type AdviceData<Code extends AdviceCode> = DataOf<typeof adviceMessages, Code>;
export type DoctorData<Code extends DoctorCode> = DataOf<typeof doctorMessages, Code>;

/** A message under the code that people look it up by. */
export interface CodedMessage extends Message {
  readonly code: Code;
}
