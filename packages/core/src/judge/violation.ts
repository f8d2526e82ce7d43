import { type ViolationCode, type ViolationFacts, violationWords } from "../messages/violations.ts";
import type { Words } from "../messages/words.ts";
import type { ObjectId } from "../object/oid.ts";

/** A broken rule, as data: what `explainViolation` turns into words. */
export type Violation = {
  readonly [Code in ViolationCode]: {
    readonly code: Code;
    readonly facts: ViolationFacts<Code>;
    /** Absent where the update itself is at fault. */
    readonly commit?: ObjectId;
    /** The names of the policy's rules that asked for it. */
    readonly rules: readonly string[];
  };
}[ViolationCode];

interface Place {
  readonly commit?: ObjectId;
  readonly rules?: readonly string[];
}

export function violation<Code extends ViolationCode>(
  code: Code,
  facts: ViolationFacts<Code>,
  place: Place = {},
): Violation {
  return { code, facts, rules: [], ...place } as Violation;
}

export function explainViolation(violation: Violation): Words {
  const describe = violationWords[violation.code] as (facts: unknown) => Words;
  return describe(violation.facts);
}
