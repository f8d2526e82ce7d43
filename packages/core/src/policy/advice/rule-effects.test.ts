import { describe, expect, it } from "vitest";
import { DEFAULT_REQUIREMENT } from "../requirement.ts";
import { adviceBy } from "./advice-on.fixture.ts";
import { adviseOnRuleEffects } from "./rule-effects.ts";

const MAIN = "protect: [{ branches: [main] }]\n";

function adviceOn(rules: readonly string[], lines = "", protect = MAIN) {
  return adviceBy(
    adviseOnRuleEffects,
    `${protect}${lines}rules:\n${rules.map((rule) => `  - { ${rule} }\n`).join("")}`,
  );
}

const idle = (at: number, rule: string) => ["RULE_IDLE", `rules[${at}]`, { rule }];
const shadowed = (at: number, rule: string, ...by: readonly string[]) => [
  "RULE_SHADOWED",
  `rules[${at}]`,
  { rule, by },
];

describe("a rule that later ones set again", () => {
  it.each<[what: string, rules: readonly string[], advice: readonly unknown[]]>([
    ["is named with them", ["name: a, cosign: { count: 0 }", "name: b, cosign: { count: 2 }"], [shadowed(0, "a", "b")]],
    [
      "is named with the first of them for each field",
      [
        "name: a, paths: [x], cosign: { count: 0, self: true }",
        "name: b, cosign: { count: 2, proof: hardware }",
        "name: c, cosign: { count: 3, self: true }",
      ],
      [shadowed(0, "a", "b", "c")],
    ],
    [
      "is named once with one that sets all of it again",
      ["name: a, cosign: { count: 0, self: true }", "name: b, cosign: { count: 2, self: true, proof: hardware }"],
      [shadowed(0, "a", "b")],
    ],
    [
      "is not named where a field of it stays",
      ["name: a, cosign: { count: 0, self: true }", "name: b, cosign: { count: 2 }"],
      [],
    ],
    [
      "is not named where they apply to less",
      ["name: a, cosign: { count: 0 }", "name: b, paths: [x], cosign: { count: 2 }"],
      [],
    ],
    [
      "is not named where the other one stands before it",
      ["name: a, cosign: { count: 2 }", "name: b, paths: [x], cosign: { count: 0 }"],
      [],
    ],
    [
      "is not named where the other one refuses",
      ["name: a, agents: [kiro], cosign: { count: 0 }", "name: b, deny: x"],
      [],
    ],
  ])("%s", (_, rules, advice) => {
    expect(adviceOn(rules)).toEqual(advice);
  });
});

describe("a rule that asks for what is asked for without it", () => {
  const TWO = "protect: [{ branches: [main] }, { branches: [x], cosign: { count: 2 } }]\n";

  it.each<[what: string, rules: readonly string[], protect: string, advice: readonly unknown[]]>([
    ["is named", ["name: a, cosign: { count: 1, proof: signed }"], MAIN, [idle(0, "a")]],
    [
      "is named where an earlier rule is about other fields",
      ["name: a, cosign: { self: true }", "name: b, cosign: { count: 1 }"],
      MAIN,
      [idle(1, "b")],
    ],
    [
      "is named where an earlier rule says the same",
      ["name: a, paths: [x], cosign: { count: 1 }", "name: b, paths: [y], cosign: { count: 1 }"],
      MAIN,
      [idle(0, "a"), idle(1, "b")],
    ],
    [
      "is named though a later rule changes it",
      ["name: a, cosign: { count: 1 }", "name: b, paths: [x], cosign: { count: 3 }"],
      MAIN,
      [idle(0, "a")],
    ],
    [
      "is named where an earlier rule refuses",
      ["name: a, agents: [kiro], deny: x", "name: b, cosign: { count: 1 }"],
      MAIN,
      [idle(1, "b")],
    ],
    ["is not named where one field of it is another one", ["name: a, cosign: { count: 1, proof: hardware }"], MAIN, []],
    ["is not named where a branch has another value", ["name: a, cosign: { count: 1 }"], TWO, []],
    ["is not named where it is what another branch has", ["name: a, cosign: { count: 2 }"], TWO, []],
    [
      "is not named where an earlier rule changes it",
      ["name: a, paths: [x], cosign: { count: 0 }", "name: b, paths: [x, y], agents: [kiro], cosign: { count: 1 }"],
      MAIN,
      [],
    ],
    ["is not named where it refuses", ["name: a, deny: x"], MAIN, []],
  ])("%s", (_, rules, protect, advice) => {
    expect(adviceOn(rules, "", protect)).toEqual(advice);
  });

  it("is named by the value that the policy sets for all", () => {
    expect(adviceOn(["name: a, cosign: { count: 3 }"], "cosign: { count: 3 }\n")).toEqual([idle(0, "a")]);
    expect(adviceOn(["name: a, cosign: { count: 1 }"], "cosign: { count: 3 }\n")).toEqual([]);
  });
});

describe("a rule that matches the policy file", () => {
  const easier = (rule: string, file: string, needs: object = {}) => [
    "POLICY_CHANGE_EASIER",
    "rules[0]",
    { rule, file, needs: { ...DEFAULT_REQUIREMENT, ...needs } },
  ];

  it.each<[what: string, rule: string, lines: string, advice: readonly unknown[]]>([
    [
      "asks for more than a change of it needs",
      "name: a, paths: [countersign.config.yml], cosign: { count: 2 }",
      "",
      [easier("a", "countersign.config.yml")],
    ],
    [
      "names it by one of its patterns",
      "name: a, paths: [docs, '.countersign*'], cosign: { count: 2 }",
      "",
      [easier("a", ".countersignrc")],
    ],
    [
      "asks for no more than policyChange",
      "name: a, paths: ['**'], cosign: { count: 2 }",
      "policyChange: { count: 2 }\n",
      [],
    ],
    [
      "asks for more than policyChange",
      "name: a, paths: ['**'], cosign: { count: 3 }",
      "policyChange: { count: 2 }\n",
      [easier("a", "countersign.config.yaml", { count: 2 })],
    ],
    ["asks for less", "name: a, paths: ['**'], cosign: { count: 0 }", "", []],
    ["refuses", "name: a, paths: ['**'], deny: x", "", []],
    ["has no paths", "name: a, cosign: { count: 2 }", "", []],
    ["has other paths", "name: a, paths: ['docs/**'], cosign: { count: 2 }", "", []],
  ])("%s", (_, rule, lines, advice) => {
    expect(adviceOn([rule], lines)).toEqual(advice);
  });

  it("is named once, with the first branch where a change of the policy needs less", () => {
    const protect =
      "protect: [{ branches: [a], cosign: { count: 3 } }, { branches: [b], cosign: { count: 2 } }, { branches: [c] }]\n";
    expect(adviceOn(["name: a, paths: ['**'], cosign: { count: 3 }"], "", protect)).toEqual([
      easier("a", "countersign.config.yaml", { count: 2 }),
    ]);
  });
});
