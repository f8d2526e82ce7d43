import * as v from "valibot";
import { describe, expect, it } from "vitest";
import { encodeText } from "../../bytes.ts";
import type { Change } from "../../object/change.ts";
import { GITLINK, LINK } from "../../object/mode.ts";
import { zeroOid } from "../../object/oid.ts";
import * as FieldTypes from "../file/field-types.ts";
import { DEFAULT_LEVELS, rankLevels } from "../levels.ts";
import type { CommitFacts } from "./condition.ts";
import { CONDITION_NAMES, CONDITIONS, type ConditionName, conditionsIn, type WrittenConditions } from "./index.ts";
import {
  conditionsCountLines,
  conditionsHold,
  conditionsNarrow,
  normaliseConditions,
  pathFilterOf,
} from "./rule-conditions.ts";

const LEVELS = rankLevels(DEFAULT_LEVELS);

function changed(path: string, fields: Partial<Change> = {}): Change {
  const oid = zeroOid("sha1");
  return {
    path: encodeText(path),
    status: "M",
    oldMode: "100644",
    newMode: "100644",
    oldOid: oid,
    newOid: oid,
    ...fields,
  };
}

const lines = (added: number, deleted: number): Partial<Change> => ({ lines: { added, deleted } });

function holds(written: WrittenConditions, facts: Partial<CommitFacts>): boolean {
  return conditionsHold(
    normaliseConditions(written),
    { changes: [], agents: [], authorLevel: undefined, ...facts },
    LEVELS,
  );
}

function narrows(written: WrittenConditions, wider: WrittenConditions): boolean {
  return conditionsNarrow(normaliseConditions(written), normaliseConditions(wider), LEVELS);
}

describe("a rule applies", () => {
  const [one, two, three] = [[changed("a")], [changed("a"), changed("b")], [changed("a"), changed("b"), changed("c")]];

  it.each<[what: string, written: WrittenConditions, facts: Partial<CommitFacts>, expected: boolean]>([
    ["where it has no condition", {}, {}, true],
    [
      "not where a condition does not hold that stands beside one that does",
      { agents: ["kiro"], paths: ["a"] },
      { agents: ["kiro"] },
      false,
    ],

    ["where one of its agents took part", { agents: ["kiro", "jules"] }, { agents: ["aider", "jules"] }, true],
    ["not where another agent took part", { agents: ["kiro"] }, { agents: ["aider"] }, false],
    ["not by its agents where none took part", { agents: ["kiro"] }, {}, false],

    ["to authors of its level", { authors: { level: "senior" } }, { authorLevel: 2 }, true],
    ["to authors of a higher one", { authors: { level: "senior" } }, { authorLevel: 3 }, true],
    ["not to authors of a lower one", { authors: { level: "senior" } }, { authorLevel: 1 }, false],
    ["to authors of the lowest level", { authors: { level: "junior" } }, { authorLevel: 0 }, true],
    [
      "not to strangers, even for the lowest level",
      { authors: { level: "junior" } },
      { authorLevel: undefined },
      false,
    ],
    ["not to strangers among authors", { authors: { level: "junior" } }, { authorLevel: -1 }, false],
    ["to nobody by a level that is not there", { authors: { level: "chief" } }, { authorLevel: 3 }, false],
    ["to no stranger by a level that is not there", { authors: { level: "chief" } }, {}, false],

    ["not to as many files as it allows", { changes: { files: 2 } }, { changes: two }, false],
    ["to one file more than it allows", { changes: { files: 2 } }, { changes: three }, true],
    ["not to as many lines as it allows", { changes: { lines: 7 } }, { changes: [changed("a", lines(3, 4))] }, false],
    ["to one line more, added", { changes: { lines: 7 } }, { changes: [changed("a", lines(4, 4))] }, true],
    ["to one line more, deleted", { changes: { lines: 7 } }, { changes: [changed("a", lines(3, 5))] }, true],
    [
      "to lines of several files",
      { changes: { lines: 7 } },
      { changes: [changed("a", lines(4, 0)), changed("b", lines(0, 4))] },
      true,
    ],
    [
      "not to many files with few lines, where it limits both",
      { changes: { files: 1, lines: 7 } },
      { changes: [changed("a", lines(1, 0)), changed("b", lines(1, 0))] },
      false,
    ],
    [
      "not to few files with many lines, where it limits both",
      { changes: { files: 1, lines: 7 } },
      { changes: [changed("a", lines(9, 0))] },
      false,
    ],
    [
      "to many files with many lines, where it limits both",
      { changes: { files: 1, lines: 7 } },
      { changes: [changed("a", lines(9, 0)), changed("b", lines(1, 0))] },
      true,
    ],
    ["to files, whose lines it need not know", { changes: { files: 0 } }, { changes: one }, true],
    ["to no file at all by no limit of files", { changes: { files: 0 } }, {}, false],

    [
      "not to as many deletions as it allows",
      { deletes: { files: 1 } },
      { changes: [changed("a", { status: "D" })] },
      false,
    ],
    [
      "to one deletion more",
      { deletes: { files: 1 } },
      { changes: [changed("a", { status: "D" }), changed("b", { status: "D" })] },
      true,
    ],
    [
      "not to files that are added or changed",
      { deletes: { files: 0 } },
      { changes: [changed("a"), changed("b", { status: "A" })] },
      false,
    ],

    ["where one of the paths is one of its own", { paths: ["x", "b"] }, { changes: two }, true],
    ["not where none is", { paths: ["x", "y"] }, { changes: two }, false],
    ["not by its paths where nothing is changed", { paths: ["**"] }, {}, false],
  ])("%s", (_, written, facts, expected) => {
    expect(holds(written, facts)).toBe(expected);
  });

  it("to no commit whose lines were not counted, though it counts them", () => {
    expect(() => holds({ changes: { lines: 3 } }, { changes: one })).toThrow(
      new TypeError("a rule counts lines, but the changes were read without them"),
    );
  });
});

describe("of the paths of a commit a rule takes", () => {
  const taken = (written: WrittenConditions, ...paths: readonly string[]) => {
    const takesPath = pathFilterOf(normaliseConditions(written));
    return takesPath && paths.filter((path) => takesPath(changed(path)));
  };

  it("those that match one of its patterns", () => {
    expect(taken({ paths: ["a", "b/*"] }, "a", "b", "b/c", "b/c/d")).toEqual(["a", "b/c"]);
    expect(taken({ paths: ["a"], agents: ["kiro"] }, "a", "b")).toEqual(["a"]);
  });

  it("a link or a submodule where one of its patterns means all that is below", () => {
    const takesPath = pathFilterOf(normaliseConditions({ paths: ["docs/*.md", "infra/**"] }));
    expect(takesPath?.(changed("infra", { newMode: LINK }))).toBe(true);
    expect(takesPath?.(changed("docs", { newMode: GITLINK }))).toBe(false);
  });

  it("all, where it does not choose", () => {
    expect(taken({ agents: ["kiro"], deletes: { files: 1 } })).toBeUndefined();
    expect(taken({})).toBeUndefined();
  });
});

describe("lines are counted", () => {
  it.each<[what: string, written: WrittenConditions, expected: boolean]>([
    ["for a limit of lines", { changes: { lines: 0 } }, true],
    ["for limits of both", { paths: ["a"], changes: { files: 3, lines: 5 } }, true],
    ["not for a limit of files", { changes: { files: 3 } }, false],
    ["not for other conditions", { paths: ["a"], deletes: { files: 1 } }, false],
    ["not for none", {}, false],
  ])("%s", (_, written, expected) => {
    expect(conditionsCountLines(normaliseConditions(written))).toBe(expected);
  });
});

describe("a rule is narrower than another one", () => {
  it.each<[written: WrittenConditions, wider: WrittenConditions, back: boolean]>([
    [{ agents: ["kiro"] }, { agents: ["kiro", "jules"] }, false],
    [{ agents: ["jules", "kiro"] }, { agents: ["kiro", "jules"] }, true],
    [{ authors: { level: "senior" } }, { authors: { level: "mid" } }, false],
    [{ changes: { files: 3 } }, { changes: { files: 2 } }, false],
    [{ changes: { lines: 3 } }, { changes: { lines: 2 } }, false],
    [{ changes: { files: 2, lines: 3 } }, { changes: { files: 2 } }, false],
    [{ changes: { files: 2, lines: 3 } }, { changes: { lines: 3 } }, false],
    [{ deletes: { files: 3 } }, { deletes: { files: 2 } }, false],
    [{ paths: ["src/a.ts"] }, { paths: ["docs/**", "src/**"] }, false],
    [{ paths: ["src/a.ts", "docs/b"] }, { paths: ["docs/**", "src/**"] }, false],
    [{ paths: ["a"], agents: ["kiro"] }, { agents: ["kiro"] }, false],
    [{ authors: { level: "chief" } }, { authors: { level: "senior" } }, false],
  ])("%j than %j", (written, wider, back) => {
    expect(narrows(written, wider)).toBe(true);
    expect(narrows(wider, written)).toBe(back);
  });

  it.each<[one: WrittenConditions, other: WrittenConditions]>([
    [{ agents: ["kiro"] }, { agents: ["jules"] }],
    [{ agents: ["kiro", "aider"] }, { agents: ["kiro", "jules"] }],
    [{ changes: { files: 3 } }, { changes: { lines: 1 } }],
    [{ changes: { files: 3, lines: 1 } }, { changes: { files: 2, lines: 2 } }],
    [{ paths: ["a", "x"] }, { paths: ["a", "b"] }],
    [{ paths: ["a"] }, { agents: ["kiro"] }],
  ])("neither %j nor %j", (one, other) => {
    expect(narrows(one, other)).toBe(false);
    expect(narrows(other, one)).toBe(false);
  });
});

describe("the field of a condition", () => {
  const VALUES: {
    readonly [Name in ConditionName]: { readonly taken: readonly unknown[]; readonly refused: readonly unknown[] };
  } = {
    paths: { taken: [["a"], ["a", "b/**"]], refused: [[], "a", ["/a"], [1]] },
    deletes: {
      taken: [{ files: 0 }, { files: 1_000_000 }],
      refused: [{}, { files: -1 }, { files: 1_000_001 }, { lines: 1 }],
    },
    changes: {
      taken: [{ files: 1 }, { lines: 1 }, { files: 1, lines: 1 }, {}],
      refused: [[], { files: "1" }, { lines: -1 }, { bytes: 1 }],
    },
    authors: { taken: [{ level: "senior" }], refused: [{}, { level: "" }, { level: 2 }, "senior"] },
    agents: { taken: [["kiro"]], refused: [[], ["Kiro"], "kiro"] },
  };

  it.each(CONDITION_NAMES)("%s takes what it means and nothing else", (name) => {
    const schema = CONDITIONS[name].field(FieldTypes);
    const { taken, refused } = VALUES[name];
    expect(taken.filter((value) => !v.is(schema, value))).toEqual([]);
    expect(refused.filter((value) => v.is(schema, value))).toEqual([]);
  });

  it.each<[name: ConditionName, what: string]>([
    ["paths", "is empty; name a path, or leave the field out"],
    ["agents", "is empty; name an agent, or leave the field out"],
  ])("%s says what to name in an empty list", (name, text) => {
    expect(v.safeParse(CONDITIONS[name].field(FieldTypes), []).issues?.[0].message).toBe(text);
  });

  it.each(CONDITION_NAMES)("%s is described in one sentence", (name) => {
    expect(CONDITIONS[name].description).toMatch(/^Applies (?:to|where) [^.]+\.$/);
  });
});

describe("of what a rule of a file sets", () => {
  const problems = (written: WrittenConditions) =>
    conditionsIn(written).flatMap(({ name, condition, value }) => {
      const flaw = condition.flawOf?.(value);
      return flaw === undefined ? [] : [`${name} ${flaw}`];
    });

  it("limits without a limit make no sense", () => {
    const text = "changes sets no limit; give it files or lines";
    expect(problems({ changes: {} })).toEqual([text]);
    expect(problems({ changes: { files: undefined, lines: undefined } })).toEqual([text]);
    expect(problems({ changes: { files: 0 } })).toEqual([]);
    expect(problems({ changes: { lines: 0 }, paths: ["a"] })).toEqual([]);
  });

  it("the level of authors is one of the policy's, and authors are whoever the commit says", () => {
    const written = { paths: ["a"], authors: { level: "mid" }, changes: undefined };
    expect(conditionsIn(written).map(({ name }) => name)).toEqual(["paths", "authors"]);
    expect(conditionsIn(written).map(({ condition, value }) => condition.levelOf?.(value))).toEqual([undefined, "mid"]);
    expect(conditionsIn(written).map(({ condition }) => condition.forgeable)).toEqual([
      undefined,
      "anyone can claim to be the author",
    ]);
  });
});
