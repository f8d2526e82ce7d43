import type { Decision } from "@countersign/core";
import { decisionToGitlab } from "@countersign/report";
import { describe, expect, it } from "vitest";
import {
  ALLOWED,
  commit,
  decision,
  missing,
  NO_COSIGN,
  REFUSED,
  SECOND,
  UNDECIDED,
  UNJUDGED,
  update,
  WARNED,
} from "./sample-decision.ts";

describe("a Code Quality report", () => {
  it("has the fields that GitLab reads", () => {
    expect(decisionToGitlab(REFUSED)).toEqual([
      {
        description: expect.stringMatching(
          new RegExp(`^1f1f1f1f1f1f "Retry uploads": ${NO_COSIGN} \\(ask a person .+\\)$`),
        ),
        check_name: "COSIGN_MISSING",
        fingerprint: expect.stringMatching(/^[0-9a-f]{64}$/),
        severity: "critical",
        location: { path: "src/upload.ts", lines: { begin: 1 } },
      },
    ]);
  });

  it("is an empty list where nothing is wrong", () => {
    expect(decisionToGitlab(ALLOWED)).toEqual([]);
  });

  it.each<[what: string, decided: Decision, severity: string]>([
    ["a broken rule", REFUSED, "critical"],
    ["what could not be judged", UNDECIDED, "blocker"],
    ["what kept all from being judged", UNJUDGED, "blocker"],
    ["what only warns", WARNED, "minor"],
  ])("weighs %s", (_, decided, severity) => {
    expect(decisionToGitlab(decided).map((issue) => issue.severity)).toEqual([severity]);
  });

  it("has no fingerprint twice", () => {
    const judged = [commit(), commit({ commit: SECOND, violations: [missing(SECOND), missing(SECOND)] })];
    const issues = decisionToGitlab(decision("deny", update({ judged })));
    expect(new Set(issues.map(({ fingerprint }) => fingerprint)).size).toBe(3);
  });
});
