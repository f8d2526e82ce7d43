import type { Policy } from "@countersign/core";
import { advisePolicy, explainAdvice } from "@countersign/core/internal";
import { NO_SURROUNDINGS } from "@countersign/git/internal";
import { type Finding, fine, problem } from "./finding.ts";

/** Whether those who may co-sign have keys, and will have them next month. `now` in seconds since 1970. */
export function checkRoster(policy: Policy, now: number): readonly Finding[] {
  const advice = advisePolicy(policy, { ...NO_SURROUNDINGS, now });
  const findings = advice.flatMap((found): readonly Finding[] =>
    found.code === "KEY_EXPIRED" || found.code === "KEY_EXPIRES_SOON"
      ? [{ state: "advice", ...explainAdvice(found) }]
      : [],
  );
  const names = advice.flatMap(({ code, data }) => (code === "PERSON_WITHOUT_KEY" ? [data.name] : []));
  if (names.length > 0) findings.push(problem("PERSON_WITHOUT_KEY", { names }));
  return findings.length > 0 ? findings : [fine("whoever has to sign has a key, and none expires within 30 days")];
}
