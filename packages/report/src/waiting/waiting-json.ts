import { formatTime } from "@countersign/core/internal";
import { policyPlaceToJson } from "../policy/policy-place.ts";
import type { WaitingList } from "./waiting.ts";
import type { WaitingJson } from "./waiting-schema.ts";

/** The JSON of what waits for a person, version 1, as plain data. Text in it is lossless and unescaped: it is for programs. */
export function waitingToJson(list: WaitingList): WaitingJson {
  const { policy, remote, person, targets, looked, branches, undecided } = list;
  return {
    version: 1,
    policy: policyPlaceToJson(policy),
    remote: remote ?? null,
    person: { name: person.name, email: person.email },
    targets,
    looked,
    branches: branches.map(({ updated, authors, size, needs, signed, ...branch }) => ({
      ...branch,
      updated: formatTime(updated),
      authors: authors.map(({ name, email }) => ({ name, email })),
      size: size ?? null,
      needs: needs.map(({ requirement: { count, level, proof, maxAge, coverage, reapply, self }, missing }) => {
        return { count, level, proof, maxAge, coverage, reapply, self, missing };
      }),
      signed: signed.map(({ email, proof }) => ({ email, proof })),
    })),
    undecided: undecided.map(({ ref, target, fault: { code, what } }) => ({ ref, target, code, what })),
  };
}
