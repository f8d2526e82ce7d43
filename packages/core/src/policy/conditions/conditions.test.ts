import { describe, expect, it } from "vitest";
import { encodeText } from "../../bytes.ts";
import type { Change } from "../../object/change.ts";
import { parseObjectId, zeroOid } from "../../object/oid.ts";
import { DEFAULT_LEVELS, rankLevels } from "../levels.ts";
import type { CommitFacts } from "./condition.ts";
import { CONDITION_NAMES, type ConditionName, type WrittenConditions } from "./index.ts";
import { conditionsHold, conditionsNarrow, normaliseConditions, pathFilterOf } from "./rule-conditions.ts";

const LEVELS = rankLevels(DEFAULT_LEVELS);

/** Of each condition some values, from which every pair is compared. */
const VALUES: { readonly [Name in ConditionName]: readonly WrittenConditions[Name][] } = {
  paths: [["**"], ["docs/**"], ["**/*.md"], ["docs/a.md"], ["docs/**", "src/*.ts"], ["src/*"]],
  deletes: [{ files: 0 }, { files: 1 }, { files: 2 }],
  changes: [{ files: 0 }, { files: 2 }, { lines: 0 }, { lines: 9 }, { files: 0, lines: 9 }, { files: 2, lines: 0 }],
  authors: DEFAULT_LEVELS.map((level) => ({ level })),
  agents: [["jules"], ["kiro"], ["jules", "kiro"]],
};

function changed(path: string, status: Change["status"] = "M"): Change {
  const oid = zeroOid("sha1");
  const sides = { oldMode: "100644", newMode: "100644", oldOid: oid, newOid: oid };
  return { path: encodeText(path), status, ...sides, lines: { added: 3, deleted: 2 } };
}

const COMMITS: readonly CommitFacts[] = [
  [],
  [changed("docs/a.md")],
  [changed("src/a.ts"), changed("docs/b/c.md", "D")],
  [changed("a", "D"), changed("docs/d.txt", "D"), changed("src/e.ts", "D")],
].flatMap((changes) =>
  [undefined, 0, 1, 2, 3].flatMap((authorLevel) =>
    [[], ["jules"], ["kiro"], ["claude-code", "kiro"]].map((agents) => ({ changes, authorLevel, agents })),
  ),
);

/** Every commit that a rule with these conditions applies to, and every path of it that it applies to. */
function appliesTo(written: WrittenConditions): ReadonlySet<string> {
  const when = normaliseConditions(written);
  const takesPath = pathFilterOf(when);
  const found = COMMITS.flatMap((commit, index) => {
    if (!conditionsHold(when, commit, LEVELS)) return [];
    const paths = commit.changes.filter((change) => takesPath?.(change) ?? true);
    return [`${index}`, ...paths.map(({ path }) => `${index}: ${path}`)];
  });
  return new Set(found);
}

describe.each(CONDITION_NAMES)("a rule with %s", (name) => {
  const rules: readonly WrittenConditions[] = VALUES[name].map((value) => ({ [name]: value }));

  it("applies to some commits and not to others", () => {
    const applying = rules.map((rule) => appliesTo(rule).size);
    expect(Math.min(...applying)).toBeLessThan(appliesTo({}).size);
    expect(Math.max(...applying)).toBeGreaterThan(0);
  });

  it("is called narrower than another one only if it applies to nothing that the other one leaves out", () => {
    const each = [...rules, {}].map((rule) => ({ when: normaliseConditions(rule), applying: appliesTo(rule) }));
    for (const { when, applying } of each) {
      for (const wider of each.filter((other) => conditionsNarrow(when, other.when, LEVELS))) {
        expect([...applying].filter((where) => !wider.applying.has(where))).toEqual([]);
      }
    }
  });

  it("is narrower than itself and than a rule without conditions, which is not narrower than it", () => {
    for (const rule of rules.map(normaliseConditions)) {
      expect(conditionsNarrow(rule, rule, LEVELS)).toBe(true);
      expect(conditionsNarrow(rule, {}, LEVELS)).toBe(true);
      expect(conditionsNarrow({}, rule, LEVELS)).toBe(false);
    }
  });
});

it("a rule with several conditions applies where all of them hold", () => {
  const both = appliesTo({ agents: ["kiro"], paths: ["docs/**"] });
  const [agents, paths] = [appliesTo({ agents: ["kiro"] }), appliesTo({ paths: ["docs/**"] })];
  expect([...both]).toEqual([...agents].filter((where) => paths.has(where)));
  expect(both.size).toBeGreaterThan(0);
});

describe("a path of a rule", () => {
  const FILE = "100644";
  const DOORS: readonly (readonly [what: string, oldMode: string, newMode: string])[] = [
    ["a submodule", "000000", "160000"],
    ["a link in place of the folder", "000000", "120000"],
    ["a submodule that goes", "160000", "000000"],
    ["a link that becomes a file", "120000", FILE],
  ];
  const applies = (pattern: string, path: string, oldMode: string, newMode: string): boolean => {
    const change = { ...changed(path), oldMode, newMode };
    const when = normaliseConditions({ paths: [pattern] });
    const facts = { changes: [change], agents: [], authorLevel: undefined };
    const [holds, takes] = [conditionsHold(when, facts, LEVELS), pathFilterOf(when)?.(change)];
    expect(takes).toBe(holds);
    return holds;
  };

  it.each(DOORS)("that means all of a folder means %s of its name too", (_, oldMode, newMode) => {
    expect(applies("infra/**", "infra", oldMode, newMode)).toBe(true);
    expect(applies("**/infra/**", "live/infra", oldMode, newMode)).toBe(true);
    expect(applies("infra/**", "infrastructure", oldMode, newMode)).toBe(false);
    expect(applies("infra/**/*.tf", "infra", oldMode, newMode)).toBe(false);
  });

  it("does not mean a file of that name", () => {
    expect(applies("infra/**", "infra", FILE, FILE)).toBe(false);
    expect(applies("infra/**", "infra", "000000", FILE)).toBe(false);
  });
});

describe("a rule for deletions", () => {
  const [ONE, TWO] = [parseObjectId("1".repeat(40)), parseObjectId("2".repeat(40))];
  const added = (path: string, newOid = ONE): Change => ({ ...changed(path, "A"), newOid });
  const deleted = (path: string, oldOid = ONE): Change => ({ ...changed(path, "D"), oldOid });
  const applies = (...changes: readonly Change[]): boolean =>
    conditionsHold(
      normaliseConditions({ deletes: { files: 0 } }),
      { changes, agents: [], authorLevel: undefined },
      LEVELS,
    );

  it("does not count files that are moved as they are", () => {
    expect(applies(deleted("a"), added("b"))).toBe(false);
    expect(applies(deleted("a"), deleted("b"), added("c"), added("d"))).toBe(false);
  });

  it("counts what is left of them, and what is changed on the way", () => {
    expect(applies(deleted("a"), deleted("b"), added("c"))).toBe(true);
    expect(applies(deleted("a"), added("b", TWO))).toBe(true);
    expect(applies(deleted("a"), { ...changed("b"), newOid: ONE })).toBe(true);
  });
});
