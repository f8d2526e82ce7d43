import { describe, expect, it } from "vitest";
import type { PolicySurroundings } from "./advice.ts";
import { adviceBy } from "./advice-on.fixture.ts";
import { adviseOnBranches } from "./branch-advice.ts";

const adviceOn = (lines: string, surroundings: Partial<PolicySurroundings> = {}) =>
  adviceBy(adviseOnBranches, lines, surroundings);

const BASELINE = "1f".repeat(20);

describe("the default branch", () => {
  const TWO = "protect:\n  - branches: [a, b]\n  - branches: [c]\n";

  it("that no entry protects is named, with every pattern", () => {
    expect(adviceOn(TWO, { defaultBranch: "trunk", branches: [] })).toEqual([
      ["DEFAULT_BRANCH_UNPROTECTED", "protect", { branch: "trunk", patterns: ["a", "b", "c"] }],
    ]);
  });

  it.each<[what: string, surroundings: Partial<PolicySurroundings>]>([
    ["that a later entry protects", { defaultBranch: "c" }],
    ["that is not known", { defaultBranch: undefined }],
    ["that is not known, of which nothing is in force", { defaultBranch: undefined, inForce: false }],
    ["of which it is not known whether it has a policy", { defaultBranch: "c", inForce: undefined }],
  ])("%s needs no word", (_, surroundings) => {
    expect(adviceOn(TWO, { branches: [], ...surroundings })).toEqual([]);
  });

  it("that has no policy has none in force", () => {
    expect(adviceOn(TWO, { defaultBranch: "c", inForce: false, branches: [] })).toEqual([
      ["POLICY_NOT_IN_FORCE", "", { branch: "c" }],
    ]);
  });
});

describe("a baseline", () => {
  const MAIN = "protect: [{ branches: [main] }]\n";

  it.each<[what: string, lines: string, known: boolean | undefined, advice: readonly unknown[]]>([
    [
      "that is not here is named",
      `baseline: ${BASELINE}\n${MAIN}`,
      false,
      [["BASELINE_UNKNOWN", "baseline", { baseline: BASELINE }]],
    ],
    ["that is here is sound", `baseline: ${BASELINE}\n${MAIN}`, true, []],
    ["is not doubted where there is no repository", `baseline: ${BASELINE}\n${MAIN}`, undefined, []],
    ["that is not set is not missed", MAIN, false, []],
  ])("%s", (_, lines, baselineKnown, advice) => {
    expect(adviceOn(lines, { baselineKnown })).toEqual(advice);
  });
});

const protect = (...lists: readonly string[]) =>
  `protect:\n${lists.map((list) => `  - branches: [${list}]\n`).join("")}`;

describe("a pattern", () => {
  it.each<[what: string, lists: readonly string[], branches: readonly string[], advice: readonly unknown[]]>([
    ["that matches a branch is sound", ["main, 'release/*'"], ["main", "release/1"], []],
    [
      "that no branch matches is named with the branch that was meant",
      ["main", "main2, mastre"],
      ["main", "main2", "master"],
      [["BRANCH_PATTERN_UNMATCHED", "protect[1].branches[1]", { pattern: "mastre", meant: "master" }]],
    ],
    [
      "that no branch matches is named, though none was meant",
      ["main, hotfix"],
      ["main"],
      [["BRANCH_PATTERN_UNMATCHED", "protect[0].branches[1]", { pattern: "hotfix", meant: undefined }]],
    ],
    [
      "of several branches was meant as it stands",
      ["main, 'mai?'"],
      ["main2"],
      [
        ["BRANCH_PATTERN_UNMATCHED", "protect[0].branches[0]", { pattern: "main", meant: "main2" }],
        ["BRANCH_PATTERN_UNMATCHED", "protect[0].branches[1]", { pattern: "mai?", meant: undefined }],
      ],
    ],
    ["is not held against branches where none is known", ["main, hotfix, 'release/*'"], [], []],
    [
      "of one folder alone is named with a branch below it that nothing protects",
      ["main, 'release/*'"],
      ["main", "release/1", "release/2/1"],
      [
        [
          "BRANCH_PATTERN_SHALLOW",
          "protect[0].branches[1]",
          { pattern: "release/*", branch: "release/2/1", wider: "release/**" },
        ],
      ],
    ],
    [
      "of the root alone is named with a branch below it",
      ["'*'"],
      ["main", "a/b"],
      [["BRANCH_PATTERN_SHALLOW", "protect[0].branches[0]", { pattern: "*", branch: "a/b", wider: "**" }]],
    ],
    ["of one folder alone is sound where another entry protects what is below", ["'*'", "'a/**'"], ["main", "a/b"], []],
    [
      "with a star in its middle is not taken for one of a folder alone",
      ["'release/*/x'"],
      ["release/1/x", "release/1/xy"],
      [],
    ],
    ["with a star in a name is not taken for one of a folder alone", ["'v*'"], ["v1", "v/1", "vx/1"], []],
  ])("%s", (_, lists, branches, advice) => {
    expect(adviceOn(protect(...lists), { branches, defaultBranch: undefined })).toEqual(advice);
  });

  it.each<[what: string, lists: readonly string[], advice: readonly unknown[]]>([
    [
      "that an earlier entry takes away is named, with the first that does",
      ["main, 'release/*', 'release/**'", "hotfix, release/1"],
      [["BRANCH_PATTERN_SHADOWED", "protect[1].branches[1]", { pattern: "release/1", by: "release/*" }]],
    ],
    ["that its own entry has twice is no matter of order", ["'release/**', release/1"], []],
    ["that a later entry takes wider is sound", ["release/1", "'release/**'"], []],
  ])("%s", (_, lists, advice) => {
    expect(adviceOn(protect(...lists), { branches: [], defaultBranch: undefined })).toEqual(advice);
  });
});

describe("what is accepted", () => {
  it("is named where no entry protects all of it", () => {
    const lines =
      "protect:\n  - { branches: [main], accepts: [stable, develop] }\n  - { branches: [stable], accepts: [main, 'release/*'] }\n";
    expect(adviceOn(lines, { branches: [] })).toEqual([
      ["ACCEPTS_UNPROTECTED", "protect[0].accepts[1]", { pattern: "develop" }],
      ["ACCEPTS_UNPROTECTED", "protect[1].accepts[1]", { pattern: "release/*" }],
    ]);
  });
});

describe("a branch", () => {
  const lists = ["main", "hotfix, 'Release/*'"];

  it("that differs in case alone from a protected one is named with the pattern", () => {
    const branches = ["main", "HotFix", "hotfix", "RELEASE/1", "Release/2", "releases/3"];
    expect(adviceOn(protect(...lists), { branches })).toEqual([
      ["BRANCH_CASE", "protect[1].branches[0]", { branch: "HotFix", pattern: "hotfix" }],
      ["BRANCH_CASE", "protect[1].branches[1]", { branch: "RELEASE/1", pattern: "Release/*" }],
    ]);
  });

  it.each([
    ["'**'", "countersign/ledger"],
    ["'*'", "countersign/ledger"],
    ["'Countersign/*', main", "countersign/ledger"],
    ["'*'", "ledger"],
  ])("that is the ledger is meant by no pattern, %s as little as others", (list, ledger) => {
    const lines = `${protect(list)}ledger: ${ledger}\n`;
    const found = adviceOn(lines, { branches: ["main", "Countersign/a", ledger] });
    expect(found.filter(([, , data]) => JSON.stringify(data).includes(ledger))).toEqual([]);
  });

  it("that is the ledger is not the branch that a pattern was waiting for", () => {
    const lines = `${protect("main", "'countersign/*'")}ledger: countersign/ledger\n`;
    expect(adviceOn(lines, { branches: ["main", "countersign/ledger"] })).toEqual([
      ["BRANCH_PATTERN_UNMATCHED", "protect[1].branches[0]", { pattern: "countersign/*", meant: undefined }],
    ]);
  });
});
