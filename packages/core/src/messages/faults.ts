import { commandFaults } from "./command.ts";
import { commitFaults } from "./commit.ts";
import { destinationFaults } from "./destination.ts";
import type { DataOf } from "./message.ts";
import { policyFaults } from "./policy.ts";
import { pushFaults } from "./push.ts";
import { repositoryFaults } from "./repository.ts";
import { setupFaults } from "./setup.ts";
import { signingFaults } from "./signing.ts";

/** Every way in which no decision is reached, or nothing is done. Loaded by every hook, so without the violations. */
export const faultMessages = {
  ...repositoryFaults,
  ...destinationFaults,
  ...policyFaults,
  ...pushFaults,
  ...commitFaults,
  ...commandFaults,
  ...signingFaults,
  ...setupFaults,
} as const;

export type FaultCode = keyof typeof faultMessages;

/** What the message of a fault is made from. */
export type FaultData<Code extends FaultCode> = DataOf<typeof faultMessages, Code>;
