import type { AdviceCode } from "./advice.ts";
import type { NoticeCode } from "./cosign.ts";
import type { DoctorCode } from "./doctor/doctor.ts";
import type { FaultCode } from "./faults.ts";
import type { Message } from "./message.ts";
import type { ViolationCode } from "./violations.ts";

/** Every code that people can be shown. */
export type Code = ViolationCode | NoticeCode | FaultCode | AdviceCode | DoctorCode;

/** A message under the code that people look it up by. */
export interface CodedMessage extends Message {
  readonly code: Code;
}
