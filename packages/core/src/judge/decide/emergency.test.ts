import { describe, expect, it } from "vitest";
import type { CheckedSignature } from "../../cosign/verify.ts";
import type { Person } from "../../policy/policy.ts";
import type { Ask, Case } from "../gather/case.ts";
import { ADA, type Around, ask, claim, codesOf, DAY, GRACE, JIM, key, NOW, signed, verdictOn } from "./case.fixture.ts";

const REASON = "uploads fail";
const AROUND: Around = { policy: { emergency: { level: "principal", reviewWithin: 3 * DAY } } };
const ASKED = ask({ count: 2 });
const INSTEAD: Ask = {
  requirement: { ...ASKED.requirement, count: 1, level: "principal", self: true },
  rules: ["emergency"],
  why: "emergency",
};
const EMERGENCY = { reason: REASON, line: 4, instead: new Map([[ASKED, INSTEAD]]) };

/** A signature over the reason. */
function urgent(id: string, options: Parameters<typeof signed>[1] = {}): CheckedSignature {
  const { key: by, result } = signed(id, options);
  return { key: by, result: { ...result, emergency: REASON } };
}

function claiming(...claims: readonly (readonly [Person, ...CheckedSignature[]])[]): Partial<Case> {
  return { asks: [ASKED], emergency: EMERGENCY, claims: claims.map(([who, ...signatures]) => claim(who, signatures)) };
}

const UNPROVEN = ["COSIGN_MISSING", "EMERGENCY_UNPROVEN"];

describe("of a commit that claims an emergency is decided", () => {
  it.each<readonly [what: string, of: Partial<Case>, codes: readonly string[]]>([
    ["nothing by the claim alone", claiming(), UNPROVEN],
    ["that it lands by one signature of the level", claiming([GRACE, urgent("a")]), []],
    [
      "that it lands by the author's",
      { ...claiming([GRACE, urgent("a")]), authors: new Map([["grace@acme.example", "author"]]) },
      [],
    ],
    ["nothing by a signature below the level", claiming([ADA, urgent("a")]), UNPROVEN],
    ["nothing by one too old", claiming([GRACE, urgent("a", { age: 31 * DAY })]), UNPROVEN],
    ["nothing by a key that has expired", claiming([GRACE, urgent("a", { by: key("old", { until: NOW }) })]), UNPROVEN],
    ["nothing by a key that is revoked", claiming([GRACE, urgent("a", { by: key("revoked") })]), UNPROVEN],
    ["nothing by a typed line", claiming([GRACE]), ["COSIGN_DECLARED_ONLY", ...UNPROVEN]],
    ["nothing by a signature that does not say so", claiming([GRACE, signed("a")]), UNPROVEN],
    ["that two reviews are enough as ever", claiming([GRACE, signed("a")], [ADA, signed("b")]), []],
    [
      "nothing where one of two reviews is the emergency's",
      claiming([GRACE, signed("a")], [ADA, urgent("b")]),
      UNPROVEN,
    ],
    ["that who signed for both counts for both", claiming([GRACE, signed("a"), urgent("b")], [JIM, signed("c")]), []],
  ])("%s", (_, of, codes) => {
    expect([...codesOf(of, AROUND)].sort()).toEqual([...codes].sort());
  });

  it("until when its review is due: from the first signature on that counts", () => {
    const of = claiming([GRACE, urgent("b", { age: 60 })], [JIM, urgent("c", { age: 5 * DAY })], [GRACE, urgent("a")]);
    expect(verdictOn(of, AROUND).emergency?.review).toMatchObject({ until: NOW - DAY + 3 * DAY });
  });

  it("what is due: all that it was not asked for", () => {
    const verdict = verdictOn(claiming([GRACE, urgent("a")]), AROUND);
    expect(verdict.requirements).toMatchObject([
      { rules: ["emergency"], met: true, by: [{ email: "grace@acme.example" }] },
    ]);
    expect(verdict.emergency?.review?.requirements).toMatchObject([{ requirement: { count: 2 }, met: false }]);
  });

  it("nothing of the emergency once it is reviewed", () => {
    const verdict = verdictOn(claiming([GRACE, urgent("a"), signed("b")], [ADA, signed("c")]), AROUND);
    expect(verdict).toMatchObject({ violations: [], requirements: [{ requirement: { count: 2 }, met: true }] });
    expect(verdict.emergency).toBeUndefined();
  });

  it("nothing else than a denial where a rule denies it", () => {
    const denials = [{ code: "DENIED_BY_RULE", data: { reason: "no", agents: ["kiro"] }, rules: ["no"] }] as const;
    expect(codesOf({ ...claiming([GRACE, urgent("a")]), denials }, AROUND)).toEqual(["DENIED_BY_RULE"]);
  });

  it("that what another rule asks for and has stays, beside what is asked instead", () => {
    const other = ask({ level: "senior" }, ["infra"]);
    const of = claiming([GRACE, urgent("a")], [ADA, signed("b")]);
    const verdict = verdictOn({ ...of, asks: [other, ASKED] }, AROUND);
    expect(verdict.violations).toEqual([]);
    expect(verdict.requirements.map(({ rules }) => rules)).toEqual([["infra"], ["emergency"]]);
  });
});

describe("of a typed line", () => {
  it("is reported once what it is worth: it is no word on an emergency", () => {
    expect(verdictOn(claiming([GRACE]), AROUND).cosigns).toMatchObject([
      { email: "grace@acme.example", proof: "declared", refused: { code: "COSIGN_DECLARED_ONLY" } },
    ]);
    expect(verdictOn(claiming([GRACE]), AROUND).cosigns).toHaveLength(1);
  });
});

it("an emergency that changes the policy takes the place of nothing", () => {
  const emergency = { reason: REASON, line: 4, idle: "policy change" } as const;
  expect(codesOf({ asks: [ASKED], emergency }, AROUND)).toEqual(["COSIGN_MISSING", "EMERGENCY_IDLE"]);
});

describe("where an emergency asks for different people in place of what is asked", () => {
  const OTHER = ask({ count: 3 }, ["infra"]);
  const SENIOR: Ask = { ...INSTEAD, requirement: { ...INSTEAD.requirement, level: "senior" } };
  const emergency = {
    reason: REASON,
    line: 4,
    instead: new Map([
      [ASKED, SENIOR],
      [OTHER, INSTEAD],
    ]),
  };
  const verdict = (...claims: readonly (readonly [Person, ...CheckedSignature[]])[]) =>
    verdictOn({ ...claiming(...claims), asks: [ASKED, OTHER], emergency }, AROUND);

  it("all of them are to sign, and the first signature that counts says until when the review is due", () => {
    const {
      violations,
      requirements,
      emergency: judged,
    } = verdict([ADA, urgent("a", { age: 60 })], [GRACE, urgent("b", { age: 30 })]);
    expect(violations).toEqual([]);
    expect(requirements.map(({ requirement }) => requirement.level)).toEqual(["senior", "principal"]);
    expect(judged).toMatchObject({ requirement: { met: true }, review: { until: NOW - 60 + 3 * DAY } });
  });

  it("the first that is not met is said, and no other", () => {
    const half = verdict([ADA, urgent("a")]);
    expect(half.emergency).toMatchObject({ requirement: { met: false, requirement: { level: "principal" } } });
    const unproven = half.violations.filter(({ code }) => code === "EMERGENCY_UNPROVEN");
    expect(unproven).toMatchObject([{ data: { needs: { level: "principal" } } }]);
    const none = verdict().violations.filter(({ code }) => code === "EMERGENCY_UNPROVEN");
    expect(none).toMatchObject([{ data: { needs: { level: "senior" } } }]);
  });
});
