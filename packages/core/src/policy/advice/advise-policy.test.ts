import { describe, expect, it } from "vitest";
import { encodeText } from "../../bytes.ts";
import { readPolicyFile } from "../file/parse-policy.ts";
import type { PolicySurroundings } from "./advice.ts";
import { advisePolicy } from "./advise-policy.ts";

const KEY = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIK0Ad1w0CxymZmfqC6YuE9UgKo51MoSl4GnXxqHvr5WU";
const OTHER_KEY = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIF05diVxrs9ulYTcUWUtISpn7N/HhIARtqKqo0ntnzdS";
const NOW = Date.parse("2026-06-01T00:00:00Z") / 1000;

const SURROUNDINGS: PolicySurroundings = {
  branches: ["main", "release/1"],
  defaultBranch: "main",
  inForce: true,
  files: ["README.md", "src/a.ts", "infra/a.tf"].map(encodeText),
  baselineKnown: undefined,
  now: NOW,
};

const PEOPLE = `people:
  - { name: Ada, emails: [a@x], level: senior, keys: [${KEY}] }
  - { name: Grace, emails: [g@x], level: principal, keys: [${OTHER_KEY}] }
`;
const KEPT = `ledger: countersign/ledger\nwitnesses: [{ name: gate, keys: ["ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIP9tXnjDuxLBpVdXzYHCuLdCEmROGIBYZmzhmw3Mx+Bk"] }]\n`;
const MAIN = "protect: [{ branches: [main] }]\n";

/** The advice on a policy, each with its line. */
function adviceOn(lines: string, surroundings: Partial<PolicySurroundings> = {}): readonly string[] {
  const { policy, problems, lineOf } = readPolicyFile(encodeText(`version: 1\n${lines}`));
  if (!policy) throw new Error(JSON.stringify(problems));
  return advisePolicy(policy, { ...SURROUNDINGS, ...surroundings }).map(({ code, path }) => `${lineOf(path)} ${code}`);
}

it("is none on a policy that does what it says", () => {
  const rules = `rules:
  - { name: docs, paths: ["**/*.md"], cosign: { count: 0 } }
  - { name: infra, paths: ["infra/**"], cosign: { level: principal, self: true } }
  - { name: size, changes: { lines: 500 }, cosign: { count: 2, self: true } }
  - { name: own, authors: { level: senior }, cosign: { self: true } }
  - { name: prod, agents: [kiro, claude-code], deny: no }
`;
  expect(adviceOn(`${PEOPLE}protect: [{ branches: [main, "release/*"] }]\n${rules}`)).toEqual([]);
});

describe("advice on emergencies", () => {
  it.each<[what: string, lines: string, codes: readonly string[]]>([
    [
      "nothing, where somebody may sign them and a ledger takes the reviews",
      `emergency: { level: principal, reviewWithin: 3d }\n${KEPT}`,
      [],
    ],
    ["the lack of a ledger", "emergency: { level: principal, reviewWithin: 3d }\n", ["EMERGENCIES_NOT_REVIEWED"]],
    [
      "a level that nobody has",
      `levels: [senior, principal, boss]\nemergency: { level: boss, reviewWithin: 3d }\n${KEPT}`,
      ["TOO_FEW_PEOPLE"],
    ],
  ])("is for %s", (_, lines, codes) => {
    const found = adviceOn(`${PEOPLE}protect: [{ branches: [main, "release/*"] }]\n${lines}`);
    expect(found.map((line) => line.split(" ")[1])).toEqual(codes);
  });
});

describe("advice on branches", () => {
  it.each<[what: string, patterns: string, surroundings: Partial<PolicySurroundings>, codes: readonly string[]]>([
    ["a misspelled default branch", "[mian]", {}, ["DEFAULT_BRANCH_UNPROTECTED", "BRANCH_PATTERN_UNMATCHED"]],
    ["a renamed default branch", "[main]", { defaultBranch: "trunk" }, ["DEFAULT_BRANCH_UNPROTECTED"]],
    ["an unknown default branch", "[main]", { defaultBranch: undefined }, []],
    ["a default branch without a policy", "[main]", { inForce: false }, ["POLICY_NOT_IN_FORCE"]],
    ["a pattern without a branch", '[main, "hotfix/**"]', {}, ["BRANCH_PATTERN_UNMATCHED"]],
    ["a repository without a branch", '[main, "hotfix/**"]', { branches: [] }, []],
    [
      "deeper branches",
      '[main, "release/*"]',
      { branches: ["main", "release/1", "release/2/1"] },
      ["BRANCH_PATTERN_SHALLOW"],
    ],
    [
      "deeper branches that are protected",
      '[main, "release/*", "release/2/*"]',
      { branches: ["main", "release/1", "release/2/1"] },
      [],
    ],
  ])("is for %s", (_, patterns, surroundings, codes) => {
    const found = adviceOn(`${PEOPLE}protect: [{ branches: ${patterns} }]\n`, surroundings);
    expect(found.map((line) => line.split(" ")[1])).toEqual(codes);
  });

  it("is for a pattern that an earlier entry takes away from its own", () => {
    const entries =
      'protect:\n  - branches: [main, "release/**"]\n  - branches: ["release/1", main2]\n    cosign: { count: 2 }\n';
    expect(adviceOn(`${PEOPLE}${entries}`, { branches: ["main", "main2", "release/1"] })).toEqual([
      "7 BRANCH_PATTERN_SHADOWED",
      "8 NOBODY_TO_SPARE",
    ]);
  });

  it.each<[what: string, entry: string, codes: readonly string[]]>([
    ["a branch of another entry", "{ branches: [main], accepts: [stable] }, { branches: [stable] }", []],
    ["branches that a wider pattern guards", '{ branches: [main, "release/**"], accepts: ["release/*"] }', []],
    ["a branch that nothing guards", "{ branches: [main], accepts: [develop] }", ["ACCEPTS_UNPROTECTED"]],
    [
      "branches of which only some are guarded",
      '{ branches: [main, "release/1"], accepts: ["release/*"] }',
      ["ACCEPTS_UNPROTECTED"],
    ],
  ])("asks whether accepts takes for judged what nothing judges: %s", (_, entries, codes) => {
    const found = adviceOn(`${PEOPLE}protect: [${entries}]\n`, { branches: ["main", "stable", "release/1"] });
    expect(found.map((line) => line.split(" ")[1])).toEqual(codes);
  });

  it.each<[what: string, branches: readonly string[], codes: readonly string[]]>([
    ["a branch like a protected one but for its case", ["main", "release/1", "Main"], ["BRANCH_CASE"]],
    ["one below a pattern in another case", ["main", "release/1", "Release/2"], ["BRANCH_CASE"]],
    ["branches that differ in more", ["main", "release/1", "Mains", "RELEASES"], []],
  ])("is for %s", (_, branches, codes) => {
    const found = adviceOn(`${PEOPLE}protect: [{ branches: [main, "release/*"] }]\n`, { branches });
    expect(found.map((line) => line.split(" ")[1])).toEqual(codes);
  });

  it("is for a baseline that is not here", () => {
    const baseline = `baseline: ${"1f".repeat(20)}\n`;
    expect(adviceOn(`${baseline}${PEOPLE}${MAIN}`, { baselineKnown: false })).toEqual(["2 BASELINE_UNKNOWN"]);
    expect(adviceOn(`${baseline}${PEOPLE}${MAIN}`, { baselineKnown: true })).toEqual([]);
  });
});

describe("advice on the policy file itself", () => {
  const rule = (paths: string, cosign: string): string =>
    `${PEOPLE}${MAIN}rules: [{ name: all, paths: [${paths}], cosign: { ${cosign}, self: true } }]\n`;
  const CHANGE = "policyChange: { count: 2 }\n";

  it.each<[what: string, lines: string, codes: readonly string[]]>([
    ["a rule that names it and asks for more", rule("countersign.config.yaml", "count: 2"), ["POLICY_CHANGE_EASIER"]],
    ["a rule that takes it with others", rule('"**/*.yml"', "level: principal"), ["POLICY_CHANGE_EASIER"]],
    ["a rule that asks for no more than policyChange", `${rule('"**"', "count: 2")}${CHANGE}`, []],
    ["a rule that asks for less", rule('"**"', "count: 0"), []],
    ["a rule for other files", rule('"infra/**"', "count: 2"), []],
  ])("is for %s", (_, lines, codes) => {
    const found = adviceOn(lines).map((line) => line.split(" ")[1]);
    expect(found.filter((code) => code === "POLICY_CHANGE_EASIER")).toEqual(codes);
  });
});

describe("advice on people", () => {
  const roster = (...people: readonly string[]): string =>
    `people:\n${people.map((person) => `  - { ${person} }\n`).join("")}${MAIN}`;
  const ada = `name: Ada, emails: [a@x], level: senior, keys: [${KEY}]`;
  const until = (key: string, time: string): string => `keys: [{ key: ${key}, validUntil: "${time}" }]`;

  it.each<[what: string, lines: string, advice: readonly string[]]>([
    ["nobody", MAIN, ["2 TOO_FEW_PEOPLE"]],
    ["one who can co-sign everybody's work but their own", roster(ada), ["4 NOBODY_TO_SPARE"]],
    ["one who may co-sign their own", `${roster(ada)}cosign: { self: true }\n`, []],
    [
      "a senior without a key",
      roster(ada, "name: Bob, emails: [b@x], level: senior"),
      ["4 PERSON_WITHOUT_KEY", "5 NOBODY_TO_SPARE"],
    ],
    [
      "seniors without a key where a line is enough",
      `${roster("name: Bob, emails: [b@x], level: senior", "name: Cy, emails: [c@x], level: senior")}cosign: { proof: declared }\n`,
      [],
    ],
    [
      "a junior without a key",
      roster(
        ada,
        `name: Eve, emails: [e@x], level: senior, keys: [${OTHER_KEY}]`,
        "name: Bob, emails: [b@x], level: junior",
      ),
      [],
    ],
    [
      "seniors with logins where an approval is enough, which is kept",
      `people:\n  - { name: Bob, emails: [b@x], level: senior, github: bob }\n  - { name: Cy, emails: [c@x], level: senior, gitlab: cy }\n${MAIN}${KEPT}cosign: { proof: reviewed }\n`,
      [],
    ],
    [
      "approvals that nobody may keep",
      `${roster("name: Bob, emails: [b@x], level: senior, github: bob", "name: Cy, emails: [c@x], level: senior, github: cy")}cosign: { proof: reviewed }\n`,
      ["5 REVIEWS_NOT_KEPT"],
    ],
    [
      "approvals where nobody has a login",
      `${PEOPLE}${MAIN}${KEPT}cosign: { proof: reviewed }\n`,
      ["5 REVIEWERS_UNKNOWN"],
    ],
    [
      "a senior without a key or a login, where an approval is enough",
      `${roster(`${ada}, github: ada`, "name: Cy, emails: [c@x], level: senior, github: cy", "name: Bob, emails: [b@x], level: senior")}${KEPT}cosign: { proof: reviewed }\n`,
      ["5 PERSON_WITHOUT_KEY"],
    ],
    ["too few for a count", `${PEOPLE}${MAIN}cosign: { count: 3 }\n`, ["5 TOO_FEW_PEOPLE"]],
    [
      "too few for a rule",
      `${PEOPLE}${MAIN}rules:\n  - { name: a, cosign: { level: principal, count: 2 } }\n`,
      ["7 TOO_FEW_PEOPLE"],
    ],
    ["nobody with a key that wants a touch", `${PEOPLE}${MAIN}cosign: { proof: hardware }\n`, ["5 TOO_FEW_PEOPLE"]],
    [
      "a key that has ended",
      roster(ada, `name: Eve, emails: [e@x], level: senior, ${until(OTHER_KEY, "2026-05-31T00:00:00Z")}`),
      ["4 KEY_EXPIRED", "5 NOBODY_TO_SPARE"],
    ],
    [
      "a key that ends soon",
      roster(ada, `name: Eve, emails: [e@x], level: senior, ${until(OTHER_KEY, "2026-06-30T00:00:00Z")}`),
      ["4 KEY_EXPIRES_SOON"],
    ],
    [
      "a key that ends later",
      roster(ada, `name: Eve, emails: [e@x], level: senior, ${until(OTHER_KEY, "2026-08-01T00:00:00Z")}`),
      [],
    ],
  ])("is for %s", (_, lines, advice) => {
    expect(adviceOn(lines)).toEqual(advice);
  });
});

describe("advice on rules", () => {
  it.each<[what: string, rule: string, codes: readonly string[]]>([
    ["paths of no file", '{ name: a, paths: ["src/*.tf", "src/**"], deny: x }', ["PATH_PATTERN_UNMATCHED"]],
    ["an agent that is not known", "{ name: a, agents: [claude, kiro], deny: x }", ["RULE_AGENT_UNKNOWN"]],
    ["authors and the roster has none", "{ name: a, authors: { level: boss }, deny: x }", ["RULE_WITHOUT_AUTHOR"]],
    ["what holds without it", "{ name: a, cosign: { count: 1, proof: signed } }", ["RULE_IDLE"]],
    [
      "nothing, where it restores what an earlier one changed",
      '{ name: a, paths: ["src/**"], cosign: { count: 0 } }, { name: b, agents: [kiro], cosign: { count: 1 } }',
      [],
    ],
    [
      "a rule that a later one sets again",
      '{ name: a, paths: ["src/**"], cosign: { count: 0 } }, { name: b, cosign: { count: 1 } }',
      ["RULE_SHADOWED"],
    ],
    [
      "a rule that later ones set again together",
      "{ name: a, agents: [kiro], cosign: { count: 0, self: true } }, { name: b, cosign: { count: 1 } }, { name: c, agents: [kiro, aider], cosign: { self: true } }",
      ["RULE_SHADOWED"],
    ],
    [
      "nothing, where a field of it stays",
      "{ name: a, cosign: { count: 0, self: true } }, { name: b, cosign: { count: 1 } }",
      [],
    ],
    [
      "nothing, where the later one is for fewer paths",
      '{ name: a, cosign: { count: 0 } }, { name: b, paths: ["src/**"], cosign: { count: 1 } }',
      [],
    ],
    [
      "nothing, where the later one is for fewer agents",
      "{ name: a, cosign: { count: 0 } }, { name: b, agents: [kiro], cosign: { count: 1 } }",
      [],
    ],
    [
      "nothing, where the later one is for larger commits",
      "{ name: a, changes: { files: 3 }, cosign: { count: 0 } }, { name: b, changes: { files: 4 }, cosign: { count: 1 } }",
      [],
    ],
    [
      "a rule for larger commits than a later one",
      "{ name: a, changes: { files: 5 }, cosign: { count: 0 } }, { name: b, changes: { files: 4 }, cosign: { count: 1 } }",
      ["RULE_SHADOWED"],
    ],
    [
      "nothing, where a refusal stands before",
      "{ name: a, agents: [kiro], deny: x }, { name: b, cosign: { maxAge: 1d } }",
      [],
    ],
  ])("is for %s", (_, rules, codes) => {
    const levels = "levels: [junior, senior, principal, boss]\n";
    const found = adviceOn(`${levels}${PEOPLE}${MAIN}rules: [${rules}]\n`);
    expect(found.map((line) => line.split(" ")[1])).toEqual(codes);
  });

  it("says nothing of paths where there is no commit", () => {
    expect(adviceOn(`${PEOPLE}${MAIN}rules: [{ name: a, paths: [x], deny: y }]\n`, { files: undefined })).toEqual([]);
  });
});
