import { describe, expect, it } from "vitest";
import { encodeText } from "../../bytes.ts";
import type { PolicySurroundings } from "./advice.ts";
import { adviceBy } from "./advice-on.fixture.ts";
import { adviseOnRules } from "./rule-advice.ts";

const adviceOn = (lines: string, surroundings: Partial<PolicySurroundings> = {}) =>
  adviceBy(adviseOnRules, `protect: [{ branches: [main] }]\n${lines}`, surroundings);

describe("the paths of a rule", () => {
  const files = ["README.md", "src/a.ts"].map(encodeText);
  const rule = (paths: string) =>
    `rules:\n  - { name: first, deny: x }\n  - { name: docs, paths: [${paths}], deny: x }\n`;

  it("that match no file are named, each by itself", () => {
    expect(adviceOn(rule("'*.md', 'lib/**', 'src/*.js'"), { files })).toEqual([
      ["PATH_PATTERN_UNMATCHED", "rules[1].paths[1]", { rule: "docs", pattern: "lib/**", only: false }],
      ["PATH_PATTERN_UNMATCHED", "rules[1].paths[2]", { rule: "docs", pattern: "src/*.js", only: false }],
    ]);
  });

  it("that match no file at all leave the rule without any", () => {
    expect(adviceOn(rule("'*.txt'"), { files })).toEqual([
      ["PATH_PATTERN_UNMATCHED", "rules[1].paths[0]", { rule: "docs", pattern: "*.txt", only: true }],
    ]);
  });

  it("that match a file are sound, and so are all where nothing is known of files", () => {
    expect(adviceOn(rule("'*.md', 'src/**'"), { files })).toEqual([]);
    expect(adviceOn(rule("'*.txt'"), { files: undefined })).toEqual([]);
    expect(adviceOn("rules: [{ name: a, deny: x }]\n", { files: [] })).toEqual([]);
  });
});

describe("the agents of a rule", () => {
  const rule = (agents: string) => `rules: [{ name: prod, agents: [${agents}], deny: x }]\n`;
  const own = "agents: [{ id: ours, emails: [bot@acme.example] }]\n";

  it.each<[what: string, lines: string, advice: readonly unknown[]]>([
    ["are known from the catalogue", rule("kiro, claude-code"), []],
    ["are known from the policy", `${own}${rule("ours")}`, []],
    [
      "are named where they are misspelled, with what was meant",
      `${own}${rule("kiro, kyro, oars")}`,
      [
        ["RULE_AGENT_UNKNOWN", "rules[0].agents[1]", { rule: "prod", agent: "kyro", meant: "kiro" }],
        ["RULE_AGENT_UNKNOWN", "rules[0].agents[2]", { rule: "prod", agent: "oars", meant: "ours" }],
      ],
    ],
    [
      "are named where they are cut short, with the whole name",
      rule("claude"),
      [["RULE_AGENT_UNKNOWN", "rules[0].agents[0]", { rule: "prod", agent: "claude", meant: "claude-code" }]],
    ],
    [
      "are named where nothing like them is known",
      rule("zzzzzzzz"),
      [["RULE_AGENT_UNKNOWN", "rules[0].agents[0]", { rule: "prod", agent: "zzzzzzzz", meant: undefined }]],
    ],
  ])("%s", (_, lines, advice) => {
    expect(adviceOn(lines)).toEqual(advice);
  });
});

describe("the authors of a rule", () => {
  const people =
    "people:\n  - { name: A, emails: [a@x], level: junior }\n  - { name: B, emails: [b@x], level: senior }\n";
  const rule = (level: string) =>
    `rules:\n  - { name: first, deny: x }\n  - { name: own, authors: { level: ${level} }, deny: x }\n`;

  it.each<[what: string, lines: string, advice: readonly unknown[]]>([
    ["are there at that level", `${people}${rule("senior")}`, []],
    ["are there at a higher level", `${people}${rule("mid")}`, []],
    [
      "are not there",
      `${people}${rule("principal")}`,
      [["RULE_WITHOUT_AUTHOR", "rules[1].authors", { rule: "own", level: "principal" }]],
    ],
    [
      "are not there where there is nobody",
      rule("junior"),
      [["RULE_WITHOUT_AUTHOR", "rules[1].authors", { rule: "own", level: "junior" }]],
    ],
  ])("%s", (_, lines, advice) => {
    expect(adviceOn(lines)).toEqual(advice);
  });
});
