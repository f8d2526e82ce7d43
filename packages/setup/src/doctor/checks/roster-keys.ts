import type { Policy } from "@countersign/core";
import { type AdviceCode, advisePolicy, explainAdvice } from "@countersign/core/internal";
import { NO_SURROUNDINGS } from "@countersign/git/internal";
import { type CheckResult, fine, found } from "../check-result.ts";

const ABOUT_KEYS: ReadonlySet<AdviceCode> = new Set(["PERSON_WITHOUT_KEY", "KEY_EXPIRED", "KEY_EXPIRES_SOON"]);

/** Whether those who may co-sign have keys, and will have them next month. `now` in seconds since 1970. */
export function checkRoster(policy: Policy, now: number): readonly CheckResult[] {
  const advice = advisePolicy(policy, { ...NO_SURROUNDINGS, now }).filter(({ code }) => ABOUT_KEYS.has(code));
  return advice.length > 0
    ? advice.map((piece) => found(explainAdvice(piece), "advice"))
    : [fine("everyone who can co-sign has a key, and no key expires within 30 days")];
}
