import {
  type CodedMessage,
  type DoctorCode,
  type DoctorData,
  doctorMessages,
  type Message,
  messageOf,
  type Severity,
} from "@countersign/core/internal";

/** What was found by one check. */
export type CheckResult =
  | { readonly state: "ok"; readonly what: string }
  | ({ readonly state: Severity } & CodedMessage);

export function fine(what: string): CheckResult {
  return { state: "ok", what };
}

export function problem<Code extends DoctorCode>(code: Code, data: DoctorData<Code>): CheckResult {
  const describe = doctorMessages[code] as (data: DoctorData<Code>) => Message & { readonly state: Severity };
  return { code, ...describe(data) };
}

/** A fault, or advice on the policy, that is itself what was found. */
export function found(message: CodedMessage, state: Severity): CheckResult {
  return { state, code: message.code, ...messageOf(message) };
}
