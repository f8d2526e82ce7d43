import { describe, expect, it } from "vitest";
import { encodeText } from "../bytes.ts";
import type { Change } from "../object/change.ts";
import { zeroOid } from "../object/oid.ts";
import { applyRules } from "./apply-rules.ts";
import { normaliseConditions } from "./conditions/rule-conditions.ts";
import { DEFAULT_LEVELS, rankLevels } from "./levels.ts";
import type { Rule } from "./policy.ts";
import { DEFAULT_REQUIREMENT, type Requirement, type RequirementOverride } from "./requirement.ts";

const LEVELS = rankLevels(DEFAULT_LEVELS);

type Conditions = Parameters<typeof normaliseConditions>[0];

function rule(name: string, cosign: RequirementOverride, conditions: Conditions = {}): Rule {
  return { name, when: normaliseConditions(conditions), cosign, deny: undefined };
}

function changed(path: string): Change {
  const oid = zeroOid("sha1");
  return { path: encodeText(path), status: "M", oldMode: "100644", newMode: "100644", oldOid: oid, newOid: oid };
}

function apply(rules: readonly Rule[], paths: readonly string[] = [], base: Partial<Requirement> = {}) {
  return applyRules({ ...DEFAULT_REQUIREMENT, ...base }, rules, paths.map(changed), LEVELS);
}

describe("rules", () => {
  it("change the fields that they set and no other", () => {
    expect(apply([rule("a", { count: 3 }), rule("b", { level: "mid", maxAge: 60 })])).toEqual([
      { requirement: { ...DEFAULT_REQUIREMENT, count: 3, level: "mid", maxAge: 60 }, rules: ["a", "b"] },
    ]);
  });

  it.each<[what: string, cosigns: readonly RequirementOverride[], names: readonly string[]]>([
    ["as the policy has them", [{ count: 2 }, { level: "mid" }], ["r0", "r1"]],
    [
      "as the policy has them, though a later one sets the first field again",
      [{ count: 2 }, { level: "mid" }, { count: 3 }],
      ["r1", "r2"],
    ],
    ["but for one whose every field is set again", [{ count: 2 }, { count: 3 }], ["r1"]],
    ["but for one that sets nothing", [{}, { count: 3 }], ["r1"]],
  ])("are named %s", (_, cosigns, names) => {
    const [applied] = apply(cosigns.map((cosign, index) => rule(`r${index}`, cosign)));
    expect(applied?.rules).toEqual(names);
  });

  it("are named in their order where several paths ask for the same by different ones", () => {
    const rules = ["a", "b", "c"].map((name) => rule(name, { count: 2 }, { paths: [name] }));
    expect(apply(rules, ["c", "a", "b"]).map(({ rules }) => rules)).toEqual([["a", "b", "c"]]);
  });

  it("ask for each thing once, in the order of the paths", () => {
    const rules = [rule("docs", { count: 0 }, { paths: ["*.md"] }), rule("infra", { count: 2 }, { paths: ["*.tf"] })];
    const counts = (...paths: readonly string[]) => apply(rules, paths).map(({ requirement }) => requirement.count);
    expect(counts("a.tf", "b.md", "c.tf", "d", "e.md")).toEqual([2, 0, 1]);
    expect(counts("a.md")).toEqual([0]);
    expect(counts()).toEqual([2]);
  });

  it.each<[field: keyof Requirement, one: RequirementOverride, other: RequirementOverride]>([
    ["count", { count: 2 }, { count: 3 }],
    ["level", { level: "mid" }, { level: "junior" }],
    ["proof", { proof: "hardware" }, { proof: "reviewed" }],
    ["maxAge", { maxAge: 1 }, { maxAge: 2 }],
    ["coverage", { coverage: "merge" }, { coverage: "commit" }],
    ["reapply", { reapply: "never" }, { reapply: "clean" }],
    ["self", { self: true }, { self: false }],
  ])("that set %s differently on two paths ask for both", (field, one, other) => {
    const found = apply([rule("one", one, { paths: ["a"] }), rule("other", other, { paths: ["b"] })], ["a", "b"]);
    expect(found.map(({ requirement }) => requirement[field])).toEqual([one[field], other[field]]);
  });
});

describe("from which rank on authors may sign their own work", () => {
  const own = (level: string, self = true): Rule => rule(level, { self }, { authors: { level } });
  const all = (self: boolean): Rule => rule("all", { self });

  it.each<[what: string, rules: readonly Rule[], base: Partial<Requirement>, from: number | undefined, self: boolean]>([
    ["nobody may, where no rule says so", [], {}, undefined, false],
    ["anyone may, where the policy says so", [], { self: true }, undefined, true],
    ["anyone may, where a rule says so that is not about authors", [all(true)], {}, undefined, true],
    ["the level of a rule about authors", [own("senior")], {}, 2, true],
    ["the lowest level", [own("junior")], {}, 0, true],
    ["the lower of two levels, the lower one first", [own("mid"), own("principal")], {}, 1, true],
    ["the lower of two levels, the higher one first", [own("principal"), own("mid")], {}, 1, true],
    ["anyone may, where the policy says so already", [own("senior")], { self: true }, undefined, true],
    ["anyone may, where a later rule says so", [own("senior"), all(true)], {}, undefined, true],
    ["anyone may, where an earlier rule says so", [all(true), own("senior")], {}, undefined, true],
    ["nobody may, where a later rule says so", [own("senior"), all(false)], {}, undefined, false],
    ["nobody may, where a rule about authors says so", [own("senior"), own("junior", false)], {}, undefined, false],
    ["the level of the rule that gives it back", [all(false), own("senior")], { self: true }, 2, true],
    ["the level of the rule that gives it back to fewer", [own("junior"), all(false), own("senior")], {}, 2, true],
    [
      "the level, where a later rule is about something else",
      [own("senior"), rule("count", { count: 2 })],
      {},
      2,
      true,
    ],
    ["no rank that anybody has, of a level that is not there", [own("chief")], {}, Number.POSITIVE_INFINITY, true],
  ])("%s", (_, rules, base, from, self) => {
    const [applied, ...more] = apply(rules, [], base);
    expect(more).toEqual([]);
    expect(applied?.selfFrom).toBe(from);
    expect(applied && "selfFrom" in applied).toBe(from !== undefined);
    expect(applied?.requirement.self).toBe(self);
  });

  it("is told apart on paths that differ in nothing else", () => {
    const rules = ["mid", "principal"].map((level) =>
      rule(level, { self: true }, { authors: { level }, paths: [`${level}/**`] }),
    );
    expect(apply(rules, ["mid/a", "principal/a"]).map(({ selfFrom, rules }) => [selfFrom, rules])).toEqual([
      [1, ["mid"]],
      [3, ["principal"]],
    ]);
  });
});
