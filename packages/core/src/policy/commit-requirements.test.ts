import { describe, expect, it } from "vitest";
import { encodeText } from "../bytes.ts";
import type { Change } from "../object/change.ts";
import { zeroOid } from "../object/oid.ts";
import { countsLines, policyChangeRequirement, requirementsOf } from "./commit-requirements.ts";
import type { CommitFacts } from "./conditions/condition.ts";
import { parsePolicy } from "./file/parse-policy.ts";
import type { Policy, Protection } from "./policy.ts";
import type { Requirement } from "./requirement.ts";

const POLICY = policyOf(`
cosign: { count: 1, maxAge: 10d }
rules:
  - { name: infra, paths: ["infra/**"], cosign: { count: 2, level: principal } }
  - { name: docs, paths: ["docs/**", "**/*.md"], cosign: { count: 0 } }
  - { name: own work, authors: { level: senior }, cosign: { self: true } }
  - { name: deletions, deletes: { files: 2 }, cosign: { proof: hardware } }
  - { name: production, agents: [kiro, jules], paths: ["prod/**"], deny: Not by an agent. }
`);

function policyOf(text: string): Policy {
  const head =
    "version: 1\nprotect:\n  - branches: [main]\n  - { branches: [release], cosign: { count: 3, coverage: merge } }\n";
  return parsePolicy(encodeText(head + text), "test");
}

function change(path: string, status: Change["status"] = "M", lines?: Change["lines"]): Change {
  const oid = zeroOid("sha1");
  const modes = { oldMode: "100644", newMode: "100644", oldOid: oid, newOid: oid };
  return { path: encodeText(path), status, ...modes, ...(lines && { lines }) };
}

/** The requirements of a commit with these facts, each as the fields in which it differs from the policy's own. */
function asked(policy: Policy, facts: Partial<CommitFacts>, branch = 0) {
  const all = { changes: [], agents: [], authorLevel: undefined, ...facts };
  const { requirements, denials } = requirementsOf(policy, policy.protect[branch] as Protection, all);
  return {
    requirements: requirements.map(({ requirement, rules }) => [differing(requirement, policy.cosign), rules]),
    denials,
  };
}

function differing(requirement: Requirement, base: Requirement): Partial<Requirement> {
  return Object.fromEntries(
    Object.entries(requirement).filter(([field, value]) => value !== base[field as keyof Requirement]),
  );
}

describe("the requirements of a commit", () => {
  it.each<[string, Partial<CommitFacts>, unknown]>([
    ["no path: the policy's own", {}, [[{}, []]]],
    ["a path without a rule: the policy's own", { changes: [change("a")] }, [[{}, []]]],
    ["a path with a rule", { changes: [change("infra/a")] }, [[{ count: 2, level: "principal" }, ["infra"]]]],
    [
      "a path with two rules: later fields win",
      { changes: [change("infra/a.md")] },
      [[{ count: 0, level: "principal" }, ["infra", "docs"]]],
    ],
    ["docs alone: free", { changes: [change("docs/a"), change("b.md")] }, [[{ count: 0 }, ["docs"]]]],
    [
      "docs beside code: both",
      { changes: [change("a"), change("docs/a")] },
      [
        [{}, []],
        [{ count: 0 }, ["docs"]],
      ],
    ],
    ["a senior author", { changes: [change("a")], authorLevel: 2 }, [[{ self: true }, ["own work"]]]],
    ["a principal author and no path", { authorLevel: 3 }, [[{ self: true }, ["own work"]]]],
    ["a junior author", { changes: [change("a")], authorLevel: 0 }, [[{}, []]]],
    ["two deletions", { changes: [change("a", "D"), change("b", "D"), change("c")] }, [[{}, []]]],
    [
      "three deletions: every path",
      { changes: [change("a", "D"), change("b", "D"), change("docs/c", "D")] },
      [
        [{ proof: "hardware" }, ["deletions"]],
        [{ count: 0, proof: "hardware" }, ["docs", "deletions"]],
      ],
    ],
  ])("%s", (_name, facts, expected) => {
    expect(asked(POLICY, facts).requirements).toEqual(expected);
  });

  it("begin with what the protect entry sets", () => {
    expect(asked(POLICY, { changes: [change("a"), change("infra/a")] }, 1).requirements).toEqual([
      [{ count: 3, coverage: "merge" }, []],
      [{ count: 2, level: "principal", coverage: "merge" }, ["infra"]],
    ]);
  });

  it("name only rules whose fields are still in force", () => {
    const policy = policyOf(`
rules:
  - { name: overruled, cosign: { count: 4 } }
  - { name: without change, cosign: { count: 1 } }
`);
    expect(asked(policy, {}).requirements).toEqual([[{}, ["without change"]]]);
  });

  it("are one where different rules ask for the same", () => {
    const policy = policyOf(`
rules:
  - { name: a, paths: [a], cosign: { count: 2 } }
  - { name: b, paths: [b], cosign: { count: 2 } }
`);
    expect(asked(policy, { changes: [change("b"), change("a")] }).requirements).toEqual([[{ count: 2 }, ["a", "b"]]]);
  });

  it("are looked up for 100,000 paths and 50 rules", () => {
    const rules = Array.from(
      { length: 50 },
      (_, n) => `  - { name: r${n}, paths: ["a${n}/**", "**/*.x${n}"], cosign: { count: ${n} } }`,
    );
    const policy = policyOf(`rules:\n${rules.join("\n")}\n`);
    const changes = Array.from({ length: 100_000 }, (_, n) => change(`a${n % 60}/b/c/file${n}.x${n % 70}`));
    expect(asked(policy, { changes }).requirements.length).toBeLessThanOrEqual(51);
  });
});

describe("conditions on the size of a commit", () => {
  const policy = policyOf(`
rules:
  - { name: files, changes: { files: 2 }, cosign: { count: 2 } }
  - { name: lines, changes: { lines: 10 }, cosign: { level: principal } }
  - { name: both, changes: { files: 1, lines: 20 }, cosign: { self: true } }
`);
  const lines = (added: number, deleted: number) => ({ added, deleted });

  it.each<[string, Change[], Partial<Requirement>]>([
    ["as many as allowed", [change("a", "M", lines(5, 5)), change("b", "M", lines(0, 0))], {}],
    [
      "too many files",
      [change("a", "A", lines(0, 0)), change("b", "D", lines(0, 0)), change("c", "M", lines(0, 0))],
      { count: 2 },
    ],
    ["too many lines", [change("a", "M", lines(1, 10))], { level: "principal" }],
    ["one condition of two", [change("a", "M", lines(0, 21))], { level: "principal" }],
    [
      "two conditions of two",
      [change("a", "M", lines(20, 0)), change("b", "M", lines(0, 1))],
      { level: "principal", self: true },
    ],
  ])("%s", (_name, changes, expected) => {
    expect(asked(policy, { changes }).requirements.map(([fields]) => fields)).toEqual([expected]);
  });

  it("tell that lines must be counted, and refuse to guess them", () => {
    expect(countsLines(policy)).toBe(true);
    expect(countsLines(POLICY)).toBe(false);
    expect(() => asked(policy, { changes: [change("a")] })).toThrow("without them");
  });
});

describe("a rule that denies", () => {
  const denial = { rule: "production", reason: "Not by an agent." };

  it.each<[string, Partial<CommitFacts>, unknown[]]>([
    ["meets agent and path", { agents: ["claude", "jules"], changes: [change("a"), change("prod/a")] }, [denial]],
    ["misses the agent", { agents: ["claude"], changes: [change("prod/a")] }, []],
    ["misses the path", { agents: ["kiro"], changes: [change("a")] }, []],
    ["needs a path and finds none", { agents: ["kiro"] }, []],
    ["is not met by a property of objects", { agents: ["toString", "constructor"], changes: [change("prod/a")] }, []],
  ])("%s", (_name, facts, denials) => {
    expect(asked(POLICY, facts).denials).toEqual(denials);
  });

  it("leaves the requirement as it is", () => {
    expect(asked(POLICY, { agents: ["kiro"], changes: [change("prod/a")] }).requirements).toEqual([[{}, []]]);
  });
});

describe("a change of the policy", () => {
  it.each<[string, string, number, Partial<Requirement>]>([
    ["needs the policy's own requirement", "", 0, {}],
    ["needs what the protect entry sets", "", 1, { count: 3, coverage: "merge" }],
    ["needs a co-sign where nothing else does", "cosign: { count: 0 }", 0, { count: 1 }],
    [
      "needs what policyChange tightens",
      "policyChange: { count: 2, proof: hardware, maxAge: 1h }",
      0,
      { count: 2, proof: "hardware", maxAge: 3600 },
    ],
    [
      "keeps what the protect entry asks beyond policyChange",
      "policyChange: { count: 2, coverage: commit }",
      1,
      { count: 3 },
    ],
  ])("%s", (_name, text, branch, expected) => {
    const policy = policyOf(text);
    const requirement = policyChangeRequirement(policy, policy.protect[branch] as Protection);
    expect(differing(requirement, policy.cosign)).toEqual(expected);
  });
});
