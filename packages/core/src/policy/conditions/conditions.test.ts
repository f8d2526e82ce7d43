import { describe, expect, it } from "vitest";
import { encodeText } from "../../bytes.ts";
import type { Change } from "../../object/change.ts";
import { zeroOid } from "../../object/oid.ts";
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
    const paths = commit.changes.filter(({ path }) => takesPath?.(path) ?? true);
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
    for (const rule of rules) {
      for (const wider of [...rules, {}]) {
        if (!conditionsNarrow(normaliseConditions(rule), normaliseConditions(wider), LEVELS)) continue;
        expect([...appliesTo(rule)].filter((where) => !appliesTo(wider).has(where))).toEqual([]);
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
