import { describe, expect, it } from "vitest";
import type { Person } from "../../policy/policy.ts";
import type { Ask } from "../gather/case.ts";
import { violation } from "../violation.ts";
import {
  ADA,
  approving,
  ask,
  COMMIT,
  claim,
  codesOf,
  DAY,
  GRACE,
  INVALID,
  JIM,
  signed,
  verdictOn,
} from "./case.fixture.ts";

const AUTHOR = new Map([["ada@acme.example", "author"]] as const);
const EVE = claim("eve@evil.example", [], 9);
const DISPUTE = {
  reason: "a formatter",
  line: 3,
  ask: { ...ask({ self: true }, ["disputes"]), why: "dispute" as const },
};

describe("what is reported of a co-sign", () => {
  it.each([
    [{ claims: [EVE] }, { email: "eve@evil.example", line: 9 }],
    [{ claims: [claim(ADA)] }, { email: "ada@acme.example", line: 4, needs: ask().requirement }],
    [
      { authors: AUTHOR, claims: [claim(ADA)] },
      { email: "ada@acme.example", role: "author" },
    ],
    [
      { claims: [claim(ADA, [approving({ authors: ["ada@home.example"] })])] },
      { email: "ada@acme.example", role: "author" },
    ],
  ])("says whose it is and where: %#", (of, data) => {
    expect(verdictOn(of).violations[0]).toMatchObject({ commit: COMMIT, data });
  });

  it("is what was signed, where that is known", () => {
    const { requirements } = verdictOn({ claims: [claim(ADA, [approving({})])] });
    expect(requirements[0]?.by[0]).toMatchObject({ signed: { block: 1 } });
    const plain = verdictOn({ claims: [claim(ADA, [signed("a")])] }).requirements[0]?.by[0];
    expect(Object.keys(plain ?? {}).sort()).toEqual(["email", "proof", "time", "where"]);
  });

  it("that could not be read is its line and its problem, as soon as one ask is not met", () => {
    const asks = [ask(), ask({ level: "principal" }, ["infra"])];
    const { violations } = verdictOn({ asks, claims: [claim(ADA, [signed("a")])], refused: [INVALID] });
    expect(violations.at(-1)).toMatchObject({
      code: "COSIGN_INVALID",
      commit: COMMIT,
      data: { line: 7, problem: "it is not valid UTF-8" },
    });
  });
});

describe("a review of another change", () => {
  const mismatch = { email: "ada@acme.example", reason: "it has moved on" };
  const mismatches = [
    { ...mismatch, forge: "github", review: "7" },
    { ...mismatch, record: "a".repeat(64), block: 1 },
  ] as const;

  it.each([
    ["declared", 2],
    ["reviewed", 2],
    ["signed", 1],
  ] as const)("is reported where reviews count: of proof %s, %i of two", (proof, count) => {
    const { violations } = verdictOn({ asks: [ask({ proof })], mismatches });
    const found = violations.filter(({ code }) => code === "COSIGN_MISMATCH");
    expect(found.map(({ data }) => data)).toEqual(mismatches.slice(2 - count));
  });
});

describe("a dispute", () => {
  it("is reported as unproven beside a denial alone, with what its co-signs lack", () => {
    const denials = [
      violation("DENIED_BY_RULE", { reason: "no", agents: ["kiro"] }, { commit: COMMIT, rules: ["no"] }),
    ];
    const { violations } = verdictOn({ asks: [], denials, dispute: DISPUTE, claims: [claim(JIM, [signed("a")])] });
    expect(violations.map(({ code }) => code)).toEqual(["DENIED_BY_RULE", "DISPUTE_UNPROVEN"]);
    expect(violations[1]).toMatchObject({
      commit: COMMIT,
      rules: ["disputes"],
      data: {
        reason: "a formatter",
        line: 3,
        needs: DISPUTE.ask.requirement,
        problems: [expect.stringContaining("jim")],
      },
    });
  });

  it("that is proven says of the other co-signs what keeps them from proving it", () => {
    const claims = [claim(ADA, [signed("a")]), claim(JIM, [signed("b")], 5)];
    const { violations, cosigns } = verdictOn({ dispute: DISPUTE, claims });
    expect(violations).toEqual([]);
    expect(cosigns).toMatchObject([{ email: "ada@acme.example" }, { refused: { code: "COSIGN_LEVEL" } }]);
  });
});

describe("an emergency", () => {
  const asked = ask({ count: 2 });
  const instead: Ask = {
    requirement: { ...asked.requirement, count: 1, level: "principal" },
    rules: ["emergency"],
    why: "emergency",
  };
  const around = { policy: { emergency: { level: "principal", reviewWithin: 3 * DAY } } };
  const urgent = (who: Person) => {
    const { key, result } = signed("a");
    return claim(who, [{ key, result: { ...result, emergency: "uploads fail" } }]);
  };
  const of = (...claims: readonly ReturnType<typeof claim>[]) => ({
    asks: [asked],
    claims,
    emergency: { reason: "uploads fail", line: 4, instead: new Map([[asked, instead]]) },
  });

  it("that is not proven says what it needs, and what its signatures lack", () => {
    const { violations, emergency, cosigns } = verdictOn(of(urgent(ADA)), around);
    expect(violations.find(({ code }) => code === "EMERGENCY_UNPROVEN")).toMatchObject({
      commit: COMMIT,
      rules: ["emergency"],
      data: { reason: "uploads fail", line: 4, needs: instead.requirement, problems: [expect.stringContaining("ada")] },
    });
    expect(emergency).toMatchObject({ reason: "uploads fail", line: 4, requirement: { met: false } });
    expect(emergency).not.toHaveProperty("review");
    expect(cosigns).toMatchObject([{ email: "ada@acme.example", emergency: true, refused: { code: "COSIGN_LEVEL" } }]);
  });

  it("that is proven shows the signature for it", () => {
    const { cosigns, emergency } = verdictOn(of(urgent(GRACE)), around);
    expect(cosigns).toEqual([
      { email: "grace@acme.example", proof: "signed", where: { carrier: "trailer", line: 4 }, emergency: true },
    ]);
    expect(emergency).toMatchObject({ reason: "uploads fail", line: 4, requirement: { met: true } });
  });

  it("that changes nothing says why, as soon as something is refused", () => {
    const emergency = { reason: "uploads fail", line: 4, idle: "not foreseen" } as const;
    expect(verdictOn({ asks: [asked], emergency }).violations).toMatchObject([
      { code: "COSIGN_MISSING" },
      { code: "EMERGENCY_IDLE", commit: COMMIT, data: { reason: "uploads fail", line: 4, idle: "not foreseen" } },
    ]);
    expect(codesOf({ asks: [ask()], emergency, claims: [claim(ADA, [signed("a")])] })).toEqual([]);
  });

  it("does nothing where not all that is missing can be asked otherwise", () => {
    const other = ask({ count: 3 }, ["infra"]);
    expect(codesOf({ ...of(urgent(GRACE)), asks: [asked, other] }, around)).toContain("COSIGN_MISSING");
  });
});

describe("who could give what is missing", () => {
  const people = ["a", "b", "c", "d", "e"].map((name) => ({ ...ADA, name, emails: [`${name}@x`] }));

  it("is three by name, and how many others", () => {
    const { violations } = verdictOn({ asks: [ask({ proof: "declared" })] }, { policy: { people } });
    expect(violations[0]?.able).toEqual({ names: ["a", "b", "c"], others: 2 });
  });

  it("is said to be by review where that is enough", () => {
    const { violations } = verdictOn({ asks: [ask({ proof: "reviewed" })] });
    expect(violations[0]?.able).toEqual({ names: [], others: 0, byReview: true });
  });

  it("is found again for each kind of requirement", () => {
    const asks = [ask({ proof: "declared", level: "principal" }), ask({ proof: "declared" }), ask({ proof: "signed" })];
    const { violations } = verdictOn({ asks });
    expect(violations.map(({ able }) => able?.names)).toEqual([["grace"], ["ada", "grace"], []]);
  });
});
