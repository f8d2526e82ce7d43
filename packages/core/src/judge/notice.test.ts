import { describe, expect, it } from "vitest";
import { CountersignError } from "../error.ts";
import { zeroOid } from "../object/oid.ts";
import { ask, COMMIT, verdictOn } from "./decide/case.fixture.ts";
import type { CommitVerdict } from "./decide/verdict.ts";
import type { UpdateVerdict } from "./decision.ts";
import { explainNotice, noticesOf, noticesOn } from "./notice.ts";
import { explainViolation, violation } from "./violation.ts";

const ABLE = { names: ["Grace"], others: 0 };
const by = ["ada@acme.example", "grace@acme.example"].map((email) => ({
  email,
  proof: "signed" as const,
  where: { carrier: "trailer" as const, line: 4 },
}));
const plain: CommitVerdict = { ...verdictOn({ asks: [] }), violations: [] };
const urgent = (review = true): CommitVerdict => ({
  ...plain,
  emergency: {
    reason: "uploads fail",
    line: 4,
    requirement: { requirement: ask().requirement, rules: ["emergency"], met: review, by },
    ...(review && { review: { until: 1_800_000_000, requirements: [], able: ABLE } }),
  },
});
const update = (parts: Partial<UpdateVerdict>): UpdateVerdict => ({
  update: { ref: "refs/heads/main", old: zeroOid("sha1"), new: COMMIT },
  branch: "main",
  mode: "enforce",
  commits: 1,
  assisted: 1,
  judged: [urgent(), plain],
  violations: [],
  faults: [],
  ...parts,
});

const NOTICE = {
  code: "EMERGENCY_LANDING",
  data: { reason: "uploads fail", by: "ada@acme.example and grace@acme.example", until: 1_800_000_000, able: ABLE },
  commit: COMMIT,
} as const;

describe("a review is due", () => {
  it("of a commit that lands in an emergency", () => {
    expect(noticesOn(urgent())).toEqual([NOTICE]);
    expect(noticesOn(urgent(false))).toEqual([]);
    expect(noticesOn(plain)).toEqual([]);
  });

  it("of what lands, and of nothing that does not", () => {
    const breach = violation("BRANCH_DELETED", {});
    const fault = new CountersignError("TIP_UNKNOWN", { ref: "refs/heads/main", old: COMMIT });
    expect(noticesOf(update({}))).toEqual([NOTICE]);
    expect(noticesOf(update({ violations: [breach] }))).toEqual([]);
    expect(noticesOf(update({ faults: [fault] }))).toEqual([]);
    expect(noticesOf(update({ mode: "warn", violations: [breach], faults: [fault] }))).toEqual([NOTICE]);
  });

  it("and the notice says of whom, and why", () => {
    const { code, what, why, fix } = explainNotice(NOTICE);
    expect(code).toBe("EMERGENCY_LANDING");
    expect(`${what} ${why} ${fix}`).toContain("uploads fail");
    expect(`${what} ${why} ${fix}`).toContain("Grace");
  });
});

describe("a violation", () => {
  it("is of a commit, by rules, where that is said", () => {
    expect(violation("BRANCH_DELETED", {})).toEqual({ code: "BRANCH_DELETED", data: {}, rules: [] });
    expect(violation("BRANCH_DELETED", {}, { commit: COMMIT, rules: ["r"], able: ABLE })).toEqual({
      code: "BRANCH_DELETED",
      data: {},
      commit: COMMIT,
      rules: ["r"],
      able: ABLE,
    });
  });

  it("says who could give what is missing, where that is known", () => {
    const data = { have: 0, needs: ask().requirement, rules: [] };
    const said = (able?: typeof ABLE) => {
      const { code, what, why, fix } = explainViolation({ code: "COSIGN_MISSING", data, ...(able && { able }) });
      expect(code).toBe("COSIGN_MISSING");
      return `${what} ${why} ${fix}`;
    };
    expect(said(ABLE)).toContain("Grace");
    expect(said()).not.toContain("Grace");
  });
});
