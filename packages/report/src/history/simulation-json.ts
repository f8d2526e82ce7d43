import type { PolicyInForce } from "@countersign/core";
import { formatTime, type Simulation } from "@countersign/core/internal";
import { violationToJson } from "../decision/decision-json.ts";
import { policyPlaceToJson } from "../policy/policy-place.ts";

/** The JSON of a simulation, version 1, as plain data. Text in it is lossless and unescaped: it is for programs. */
export function simulationToJson(
  { branch, protection, tally, requests, needed, merges }: Simulation,
  policy: PolicyInForce,
) {
  return {
    version: 1,
    policy: policyPlaceToJson(policy),
    branch,
    mode: protection?.mode ?? null,
    from: timeOrNull(tally.first),
    to: timeOrNull(tally.last),
    days: tally.days.size,
    commits: tally.commits,
    assisted: tally.assisted,
    refused: tally.refused,
    merges: merges ?? null,
    codes: Object.fromEntries(tally.codes),
    rules: [...tally.rules].map(([rule = null, commits]) => ({ rule, commits })),
    agents: [...tally.agents].map(([agent, counts]) => ({ agent, ...counts })),
    missing: needed.map(({ requirement, commits, cosigns, able }) => ({
      ...requirement,
      commits,
      cosigns,
      able: able.map(({ emails }) => emails[0]),
    })),
    requests: requests.count,
    asked: requests.asked.map(({ person, most, shared }) => ({ person: person.emails[0], most, shared })),
    newest: tally.newest.map(({ verdict, landed }) => ({
      commit: verdict.commit,
      subject: verdict.subject,
      landed: formatTime(landed),
      agents: verdict.provenance.agents,
      violations: verdict.violations.map(violationToJson),
    })),
  };
}

/** No commits have no first or last time. */
function timeOrNull(seconds: number): string | null {
  return Number.isFinite(seconds) ? formatTime(seconds) : null;
}
