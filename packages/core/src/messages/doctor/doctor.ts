import type { DataOf } from "../message.ts";
import { hookFindings } from "./hooks.ts";
import { ledgerFindings } from "./ledger.ts";
import { surroundingFindings } from "./surroundings.ts";

/** Everything that doctor can find not to be as it should. */
export const doctorMessages = { ...hookFindings, ...ledgerFindings, ...surroundingFindings } as const;

export type DoctorCode = keyof typeof doctorMessages;

/** What the message of a finding is made from. */
export type DoctorData<Code extends DoctorCode> = DataOf<typeof doctorMessages, Code>;
