import type { CodedMessage } from "../messages/codes.ts";
import type { Message } from "../messages/message.ts";
import type { AblePeople } from "../messages/phrases.ts";
import { type ViolationCode, type ViolationData, violationMessages } from "../messages/violations.ts";
import type { ObjectId } from "../object/oid.ts";

/** A broken rule, as data: what `explainViolation` turns into words. */
export type Violation = {
  readonly [Code in ViolationCode]: {
    readonly code: Code;
    readonly data: ViolationData<Code>;
    /** Absent if the update itself is at fault. */
    readonly commit?: ObjectId;
    /** The names of the policy's rules that asked for it. */
    readonly rules: readonly string[];
    /** Who could give what is missing; absent if a co-sign would not help. */
    readonly able?: AblePeople;
  };
}[ViolationCode];

interface Place {
  readonly commit?: ObjectId;
  readonly rules?: readonly string[];
  readonly able?: AblePeople;
}

export function violation<Code extends ViolationCode>(
  code: Code,
  data: ViolationData<Code>,
  place: Place = {},
): Violation {
  return { code, data, rules: [], ...place } as Violation;
}

/** What, why and fix of a violation: unescaped. */
export function explainViolation({ code, data, able }: Pick<Violation, "code" | "data" | "able">): CodedMessage {
  const describe = violationMessages[code] as (data: unknown) => Message;
  return { code, ...describe(able ? { ...data, able } : data) };
}
