import { describe, expect, it } from "vitest";
import { encodeText } from "../bytes.ts";
import type { Change } from "../object/change.ts";
import { zeroOid } from "../object/oid.ts";
import {
  asksForMerges,
  countsLines,
  disputeRequirement,
  emergencyRequirement,
  lineRequirement,
  policyChangeRequirement,
  requirementsOf,
} from "./commit-requirements.ts";
import type { CommitFacts } from "./conditions/condition.ts";
import { parsePolicy } from "./file/parse-policy.ts";
import type { Policy, Protection } from "./policy.ts";
import { PROOFS, type Proof, type Requirement } from "./requirement.ts";

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
    ["stands beside rules that ask", { agents: ["jules"], changes: [change("prod/a.md")], authorLevel: 2 }, [denial]],
    ["is none that asks", { changes: [change("infra/a.md"), change("a")], authorLevel: 2 }, []],
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

describe("a merge that hides the line of its branch", () => {
  it.each<[string, string, number, number]>([
    ["needs the policy's own co-signs", "cosign: { count: 2 }", 0, 2],
    ["needs those of the protect entry", "", 1, 3],
    ["needs one where nothing else is needed", "cosign: { count: 0 }", 0, 1],
  ])("%s", (_name, text, branch, count) => {
    const policy = policyOf(text);
    const protection = policy.protect[branch] as Protection;
    expect(lineRequirement(policy, protection)).toEqual({ ...policy.cosign, ...protection.cosign, count });
  });
});

describe("a dispute of marks of AI", () => {
  const asked = (text: string, branch: number, ...proofs: readonly Proof[]) => {
    const policy = policyOf(text);
    const waived = proofs.map((proof) => ({ ...policy.cosign, proof }));
    const requirement = disputeRequirement(policy, policy.protect[branch] as Protection, waived);
    return requirement && differing(requirement, policy.cosign);
  };

  it("is nobody's where the policy names no level", () => {
    expect(asked("", 0, "signed")).toBeUndefined();
  });

  it("needs one person of the policy's level, even the author, whatever else the branch asks", () => {
    const text = "cosign: { count: 2, maxAge: 1d }\ndisputes: { level: mid }\n";
    expect(asked(text, 0, "signed")).toEqual({ count: 1, level: "mid", self: true });
    expect(asked(text, 1, "signed")).toEqual({ count: 1, level: "mid", self: true });
  });

  it.each<[base: Proof, waived: readonly Proof[], proof: Proof]>([
    ["declared", [], "signed"],
    ["declared", ["declared"], "signed"],
    ["declared", ["reviewed"], "signed"],
    ["reviewed", ["declared", "reviewed"], "signed"],
    ["signed", ["declared"], "signed"],
    ["declared", ["declared", "hardware"], "hardware"],
    ["declared", ["hardware", "declared"], "hardware"],
    ["hardware", ["declared"], "hardware"],
    ["hardware", [], "hardware"],
  ])("where the policy asks for %s and what is waived for %j needs %s", (base, waived, proof) => {
    const found = asked(`cosign: { proof: ${base} }\ndisputes: { level: senior }\n`, 0, ...waived);
    expect(found?.proof ?? base).toBe(proof);
  });
});

describe("an emergency", () => {
  const terms = "emergency: { level: principal, reviewWithin: 3d }\n";

  it("is nobody's to declare where the policy has no terms for it", () => {
    const { cosign } = POLICY;
    expect(emergencyRequirement(POLICY, cosign)).toBeUndefined();
  });

  it("needs one signer of the policy's level, even the author, instead of all that was asked", () => {
    const policy = policyOf(terms);
    const asked: Requirement = { ...policy.cosign, count: 4, level: "mid", maxAge: 60, coverage: "merge" };
    expect(emergencyRequirement(policy, asked)).toEqual({
      ...asked,
      count: 1,
      level: "principal",
      coverage: "commit",
      self: true,
    });
  });

  it("needs a signature at the least, and a touch where one was asked for", () => {
    const policy = policyOf(terms);
    const proofOf = (proof: Proof) => emergencyRequirement(policy, { ...policy.cosign, proof })?.proof;
    expect(PROOFS.map(proofOf)).toEqual(["signed", "signed", "signed", "hardware"]);
  });
});

describe("a merge can vouch for what it brings", () => {
  const without = (lines: string) => parsePolicy(encodeText(`version: 1\n${lines}\n`), "test");
  const main = "protect: [{ branches: [main] }]\n";

  it.each([
    ["where cosign lets it", `${main}cosign: { coverage: merge }`, true],
    [
      "where a protect entry lets it",
      "protect: [{ branches: [main] }, { branches: [x], cosign: { coverage: merge } }]",
      true,
    ],
    ["where a rule lets it", `${main}rules: [{ name: a, deny: x }, { name: b, cosign: { coverage: merge } }]`, true],
    ["nowhere by default", `${main}rules: [{ name: b, cosign: { count: 2 } }]`, false],
    [
      "nowhere where every part says so",
      "protect: [{ branches: [main], cosign: { coverage: commit } }]\ncosign: { coverage: commit }\npolicyChange: { coverage: commit }",
      false,
    ],
  ])("%s", (_name, lines, expected) => {
    expect(asksForMerges(without(lines))).toBe(expected);
  });
});
