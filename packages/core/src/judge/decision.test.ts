import { describe, expect, it } from "vitest";
import { CountersignError } from "../error.ts";
import { parseObjectId, zeroOid } from "../object/oid.ts";
import type { CommitVerdict } from "./decide/verdict.ts";
import { conclude, type Outcome, type UpdateVerdict, violationsOf } from "./decision.ts";
import { violation } from "./violation.ts";

const OID = parseObjectId("1f".repeat(20));
const FAULT = new CountersignError("TIP_UNKNOWN", { ref: "refs/heads/main", old: OID });
const BREACH = violation("BRANCH_DELETED", {});

function update(parts: Partial<UpdateVerdict> = {}): UpdateVerdict {
  return {
    update: { ref: "refs/heads/main", old: zeroOid("sha1"), new: OID },
    branch: "main",
    mode: "enforce",
    commits: 1,
    assisted: 0,
    judged: [],
    violations: [],
    faults: [],
    ...parts,
  };
}

const BAD_COMMIT: CommitVerdict = {
  commit: OID,
  subject: "Retry uploads",
  provenance: { state: "assisted", class: "authored", agents: ["claude-code"], evidence: [] },
  requirements: [],
  cosigns: [],
  violations: [
    violation("COSIGN_MISSING", {
      have: 0,
      needs: { count: 1, level: "senior", proof: "declared", self: false },
      rules: [],
    }),
  ],
};

describe("the outcome of a push", () => {
  it.each<[what: string, updates: readonly UpdateVerdict[], outcome: Outcome]>([
    ["without updates", [], "allow"],
    ["with sound updates", [update(), update()], "allow"],
    ["with a breach of the update", [update({ violations: [BREACH] })], "deny"],
    ["with a breach of a commit", [update({ judged: [BAD_COMMIT] })], "deny"],
    ["with a fault", [update({ faults: [FAULT] })], "undecided"],
    ["with a breach and a fault", [update({ violations: [BREACH], faults: [FAULT] })], "deny"],
    [
      "with a fault first and a breach elsewhere",
      [update({ faults: [FAULT] }), update({ violations: [BREACH] })],
      "deny",
    ],
    [
      "with a breach first and a fault elsewhere",
      [update({ violations: [BREACH] }), update({ faults: [FAULT] })],
      "deny",
    ],
    ["with a bad update among good ones", [update(), update({ judged: [BAD_COMMIT] }), update()], "deny"],
    ["with a breach that is only told", [update({ mode: "warn", violations: [BREACH] })], "allow"],
    ["with a fault where breaches are only told", [update({ mode: "warn", faults: [FAULT] })], "allow"],
    [
      "with a told breach and a fault elsewhere",
      [update({ mode: "warn", violations: [BREACH] }), update({ faults: [FAULT] })],
      "undecided",
    ],
    [
      "with a told breach and another elsewhere",
      [update({ mode: "warn", violations: [BREACH] }), update({ violations: [BREACH] })],
      "deny",
    ],
  ])("%s", (_, updates, outcome) => {
    expect(conclude(undefined, updates)).toEqual({ outcome, policy: undefined, updates });
  });
});

it("collects the update's own violations before its commits'", () => {
  const verdict = update({ violations: [BREACH], judged: [BAD_COMMIT, BAD_COMMIT] });
  expect(violationsOf(verdict).map(({ code }) => code)).toEqual(["BRANCH_DELETED", "COSIGN_MISSING", "COSIGN_MISSING"]);
});
