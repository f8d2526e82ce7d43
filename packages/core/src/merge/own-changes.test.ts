import { describe, expect, it } from "vitest";
import { decodeText, encodeText } from "../bytes.ts";
import { objectId } from "../object/object-digest.ts";
import type { MergeReader } from "./merge-reader.ts";
import { type Files, MergeWorld } from "./merge-world.fixture.ts";
import { findOwnChanges } from "./own-changes.ts";

const ids = new Map<string, string>();

/** What stands for an entry in these tests: the text of a file, or its mode and text, or nothing. */
function name(mode: string, oid: string): string | null {
  if (mode === "000000") return null;
  const text = ids.get(oid) ?? "(another file)";
  return mode === "100644" ? text : `${mode} ${text}`;
}

/** The own changes of a merge of these parents with this result: each path, from what to what. */
async function own(world: MergeWorld, result: Files, ...parents: readonly Files[]) {
  for (const files of [result, ...parents]) {
    for (const file of Object.values(files)) {
      const text = typeof file === "string" ? file : file[1];
      ids.set(objectId("blob", encodeText(text), "sha1"), text);
    }
  }
  const changes = await findOwnChanges(world, world.merge(result, ...parents));
  return changes.map(({ path, oldMode, oldOid, newMode, newOid, isConflict, status }) => [
    `${status} ${decodeText(path)}${isConflict ? " (conflict)" : ""}`,
    name(oldMode, oldOid),
    name(newMode, newOid),
  ]);
}

const BASE = { a: "1\n2\n3\n", b: "b\n" };
const OURS = { a: "one\n2\n3\n", b: "b\n" };
const THEIRS = { a: "1\n2\nthree\n", b: "b\n", c: "c\n" };
const CLEAN = { a: "one\n2\nthree\n", b: "b\n", c: "c\n" };

describe("a merge of two parents", () => {
  it("does nothing itself where it has what a clean merge gives", async () => {
    expect(await own(new MergeWorld(BASE), CLEAN, OURS, THEIRS)).toEqual([]);
    expect(await own(new MergeWorld(BASE), THEIRS, BASE, THEIRS)).toEqual([]);
    expect(await own(new MergeWorld(BASE), OURS, OURS, BASE)).toEqual([]);
    expect(await own(new MergeWorld(BASE), { b: "b\n" }, BASE, { b: "b\n" })).toEqual([]);
  });

  it("changes itself what it has otherwise, from what a clean merge gives", async () => {
    const result = { ...CLEAN, a: "one\n2\nthree\nfour\n", c: "C\n", d: "d\n" };
    ids.set(objectId("blob", encodeText(CLEAN.a), "sha1"), CLEAN.a);
    expect(await own(new MergeWorld(BASE), result, OURS, THEIRS)).toEqual([
      ["M a", CLEAN.a, result.a],
      ["M c", "c\n", "C\n"],
      ["A d", null, "d\n"],
    ]);
  });

  it("changes itself what it takes from one parent alone, where the other changed it", async () => {
    expect(await own(new MergeWorld(BASE), BASE, BASE, { ...BASE, b: "fixed\n" })).toEqual([["M b", "fixed\n", "b\n"]]);
    expect(await own(new MergeWorld(BASE), BASE, BASE, { a: BASE.a })).toEqual([["A b", null, "b\n"]]);
    expect(await own(new MergeWorld(BASE), { a: BASE.a }, BASE, BASE)).toEqual([["D b", "b\n", null]]);
  });

  it("changes itself what conflicts, from what the first parent has, even where that stays", async () => {
    const [left, right] = [{ x: "left\n" }, { x: "right\n" }];
    const world = () => new MergeWorld({ x: "base\n" });
    expect(await own(world(), { x: "both\n" }, left, right)).toEqual([["M x (conflict)", "left\n", "both\n"]]);
    expect(await own(world(), left, left, right)).toEqual([["M x (conflict)", "left\n", "left\n"]]);
    expect(await own(world(), right, left, right)).toEqual([["M x (conflict)", "left\n", "right\n"]]);
    expect(await own(world(), {}, left, {})).toEqual([["D x (conflict)", "left\n", null]]);
    expect(await own(world(), {}, {}, right)).toEqual([["A x (conflict)", null, null]]);
    expect(await own(world(), { x: "same\n" }, { x: "same\n" }, { x: "same\n" })).toEqual([]);
  });

  it("merges modes apart from contents", async () => {
    const script = (text: string) => ["100755", text] as const;
    const world = () => new MergeWorld(BASE);
    expect(await own(world(), { ...CLEAN, a: script(CLEAN.a) }, { ...OURS, a: script(OURS.a) }, THEIRS)).toEqual([]);
    expect(await own(world(), { ...BASE, b: script("b\n") }, BASE, BASE)).toEqual([["M b", "b\n", "100755 b\n"]]);
    expect(await own(world(), { ...OURS, a: script(OURS.a) }, OURS, { ...BASE, a: script(BASE.a) })).toEqual([]);
  });

  it("merges no links, submodules and binary files that both changed", async () => {
    for (const [mode, end] of [
      ["120000", ""],
      ["160000", ""],
      ["100644", "\0"],
    ] as const) {
      const link = (text: string) => ({ l: [mode, text + end] as const });
      const world = () => new MergeWorld(link("1\n2\n3\n"));
      const [left, right, both] = [link("x\n2\n3\n"), link("1\n2\ny\n"), link("x\n2\ny\n")];
      expect((await own(world(), both, left, right))[0]?.[0]).toBe("M l (conflict)");
      expect(await own(world(), right, link("1\n2\n3\n"), right)).toEqual([]);
    }
  });

  it("takes a change of type for what a side changed", async () => {
    const linked = { ...BASE, b: ["120000", "a"] as const };
    expect(await own(new MergeWorld(BASE), linked, BASE, linked)).toEqual([]);
    expect(await own(new MergeWorld(BASE), linked, BASE, BASE)).toEqual([["T b", "b\n", "120000 a"]]);
  });
});

describe("the lines that a merge changes itself", () => {
  it("are counted from what a clean merge gives, where they are asked for", async () => {
    const world = new MergeWorld({ ...BASE, x: "base\n" });
    const count = async (result: Files, ours: Files, theirs: Files) => {
      const changes = await findOwnChanges(world, world.merge(result, ours, theirs), { lines: true });
      return changes.map(({ path, lines }) => [decodeText(path), lines?.added, lines?.deleted]);
    };
    const [ours, theirs] = [
      { ...OURS, x: "left\n" },
      { ...THEIRS, x: "right\nright\n" },
    ];
    const result = { a: `${CLEAN.a}four\n`, c: "c\nc\nc\n", x: "left\n" };
    expect(await count(result, ours, theirs)).toEqual([
      ["a", 1, 0],
      ["b", 0, 1],
      ["c", 2, 0],
      ["x", 0, 0],
    ]);
    expect(await count({ ...result, x: "right\nright\n" }, ours, theirs)).toContainEqual(["x", 2, 1]);
    expect(await count({ ...CLEAN, x: "base\n" }, { ...OURS, x: "base\n" }, { ...THEIRS, x: "base\n" })).toEqual([]);
  });

  it("are all of them where the merge turned a file into a binary one", async () => {
    const world = new MergeWorld(BASE);
    const merge = world.merge({ ...CLEAN, a: "1\n\0" }, OURS, THEIRS);
    expect(await findOwnChanges(world, merge, { lines: true })).toMatchObject([{ lines: { added: 2, deleted: 3 } }]);
  });
});

describe("a merge with several merge bases", () => {
  const [left, right] = [{ a: "x\n" }, { a: "y\n" }];

  it("does nothing itself where each of them gives what it has", async () => {
    expect(await own(new MergeWorld(BASE, BASE), CLEAN, OURS, THEIRS)).toEqual([]);
    const other = { ...BASE, b: "older\n" };
    expect(await own(new MergeWorld(BASE, other), CLEAN, OURS, THEIRS)).toEqual([]);
  });

  it("conflicts where they give one thing and another, or one gives none", async () => {
    expect(await own(new MergeWorld(left, right), right, left, right)).toEqual([["M a (conflict)", "x\n", "y\n"]]);
    expect(await own(new MergeWorld(left, { a: "z\n" }), right, left, right)).toEqual([
      ["M a (conflict)", "x\n", "y\n"],
    ]);
    expect(await own(new MergeWorld(left), right, left, right)).toEqual([]);
  });

  it("conflicts wherever the parents differ, where there are more than eight", async () => {
    const bases = Array<Files>(9).fill(BASE);
    expect(await own(new MergeWorld(...bases), CLEAN, OURS, THEIRS)).toHaveLength(2);
    expect(await own(new MergeWorld(...bases.slice(1)), CLEAN, OURS, THEIRS)).toEqual([]);
  });
});

describe("a merge without a merge base", () => {
  it("takes each file that one parent has, and conflicts where both have another", async () => {
    expect(await own(new MergeWorld(), { a: "a\n", b: "b\n" }, { a: "a\n" }, { b: "b\n" })).toEqual([]);
    expect(await own(new MergeWorld(), { a: "a\n" }, { a: "a\n" }, { a: "b\n" })).toEqual([
      ["M a (conflict)", "a\n", "a\n"],
    ]);
    expect(await own(new MergeWorld(), { a: "a\n" }, { a: "a\n" }, { a: "a\n" })).toEqual([]);
  });
});

describe("a merge of three parents", () => {
  const world = () => new MergeWorld(BASE);

  it("takes what those have that changed a path, if they have it alike", async () => {
    const result = { ...BASE, b: "B\n", c: "c\n" };
    expect(await own(world(), result, BASE, { ...BASE, b: "B\n" }, { ...BASE, c: "c\n" })).toEqual([]);
    expect(await own(world(), result, result, BASE, { ...BASE, b: "B\n" })).toEqual([]);
  });

  it("conflicts where they do not, if line by line they would merge", async () => {
    expect(await own(world(), CLEAN, BASE, OURS, THEIRS)).toEqual([["M a (conflict)", BASE.a, CLEAN.a]]);
  });

  it("changes itself what it has otherwise", async () => {
    expect(await own(world(), BASE, BASE, BASE, { ...BASE, b: "B\n" })).toEqual([["M b", "B\n", "b\n"]]);
    expect(await own(world(), { ...BASE, d: "d\n" }, BASE, BASE, BASE)).toEqual([["A d", null, "d\n"]]);
  });

  it("conflicts wherever the parents differ, where there are more than a hundred", async () => {
    const many = (count: number): readonly Files[] => [THEIRS, ...Array<Files>(count - 1).fill(BASE)];
    expect(await own(world(), THEIRS, ...many(100))).toEqual([]);
    expect(await own(world(), THEIRS, ...many(101))).toHaveLength(2);
  });
});

describe("paths", () => {
  it("come in git's order, by their bytes", async () => {
    const result = { ä: "4\n", a0: "3\n", "a/b": "2\n", "a.b": "1\n" };
    const changes = await own(new MergeWorld({}), result, {}, {});
    expect(changes.map(([path]) => path)).toEqual(["A a.b", "A a/b", "A a0", "A ä"]);
  });

  it("conflict where a forged tree has them twice", async () => {
    const world = new MergeWorld(BASE);
    const twice: MergeReader = {
      format: world.format,
      mergeBases: () => world.mergeBases(),
      isAncestor: () => world.isAncestor(),
      blob: (oid) => world.blob(oid),
      async *changes(pairs) {
        const evil = await world.merge({ b: "evil\n" }, {});
        const [added] = await collect(world.changes([evil]));
        for await (const { commit, changes } of world.changes(pairs)) {
          yield { commit, changes: [...changes, ...(added?.changes ?? [])] };
        }
      },
    };
    const result = { ...BASE, b: "B\n" };
    const [change, ...others] = await findOwnChanges(twice, world.merge(result, BASE, result));
    expect(change).toMatchObject({ path: encodeText("b"), isConflict: true });
    expect(others).toEqual([]);
    expect(await findOwnChanges(world, world.merge(result, BASE, result))).toEqual([]);
  });
});

async function collect<Item>(items: AsyncIterable<Item>): Promise<readonly Item[]> {
  const all: Item[] = [];
  for await (const item of items) all.push(item);
  return all;
}
