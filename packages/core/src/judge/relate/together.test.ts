import { describe, expect, it } from "vitest";
import type { ApprovedPart } from "../../cosign/approve.ts";
import type { ObjectId } from "../../object/oid.ts";
import { AI, History, headFor, LEDGER, ledgerOf, type Made } from "../history.fixture.ts";
import { readClaims } from "./read-claims.ts";
import { signedClaims } from "./signed-claim.ts";
import { readSince } from "./since.ts";
import { findIncomplete } from "./together.ts";

const MERGE = "Merge\n\nAssisted-by: Kiro:x\n";
const LINES = "one() {\n  1\n}\n\ntwo() {\n  2\n}\n";
const NEW = LINES.replace("  2\n", "  2\n  new\n");
const MOVED = LINES.replace("  1\n", "  11\n");

/** A branch of two commits that was approved as one change; the second is made of what is given. */
async function approved(
  second: Made | ((history: History, one: ObjectId, start: ObjectId) => Made) = { files: { b: "1\n" } },
) {
  const history = new History();
  const policy = history.policy(`ledger: ${LEDGER}\n`);
  const start = history.make("Start\n", { files: { z: LINES, gone: "1\n" } });
  const one = history.make(AI, { parents: [start], files: { a: "1\n" } });
  const made = typeof second === "function" ? second(history, one, start) : second;
  const two = history.make(made.parents ? MERGE : AI, { parents: [one], ...made });
  const sum = history.make(AI, { parents: [start], filesOf: two });
  const parts = await Promise.all([one, two].map((oid) => history.part(oid, policy)));
  const { changes, block } = await history.part(sum, policy);
  const record: readonly ApprovedPart[] = [...parts, { changes, block: { ...block, commits: 2 } }];
  history.addParts(record, { head: headFor(start) });
  return { history, policy, start, one, two };
}

type World = Awaited<ReturnType<typeof approved>>;

/** The paths that are missing where the first commit of the branch lands with a tip, each once. */
async function missingAt({ history, policy, start, one }: World, tip: ObjectId, of = one) {
  const ledger = ledgerOf(history, policy);
  const signed = signedClaims(await readClaims(history, policy, { branch: "main", ledger }, of));
  expect(signed.length).toBeGreaterThan(0);
  const since = await readSince(history, { tips: [tip], exclude: [start] });
  const found = await findIncomplete(history, { tips: [tip], since, ledger }, signed);
  return [...found.values()];
}

describe("of a branch that was approved as one change nothing is missing", () => {
  it("where all of its commits land", async () => {
    const world = await approved();
    expect(await missingAt(world, world.two)).toEqual([]);
  });

  it("where all of them landed, whatever became of it since", async () => {
    const world = await approved();
    const undone = world.history.make("Undo\n", { parents: [world.two], files: { b: null } });
    expect(await missingAt(world, undone)).toEqual([]);

    const moving = await approved({ files: { z: NEW } });
    const { history, start } = moving;
    const moved = history.make("Move on\n", { parents: [start], files: { z: MOVED } });
    const again = history.make(AI, { parents: [moved], files: { z: NEW.replace("  1\n", "  11\n") } });
    const one = history.make(AI, { parents: [again], files: { a: "1\n" } });
    const gone = history.make("Undo\n", { parents: [one], files: { z: null } });
    expect(await missingAt({ ...moving, one }, gone)).toEqual([]);

    const merging = await approved((history, one, start) => {
      const side = history.make("Side\n", { parents: [start], files: { s: "1\n" } });
      return { parents: [one, side], files: { s: "2\n" } };
    });
    const last = merging.history.make("Undo\n", { parents: [merging.two], files: { s: null } });
    expect(await missingAt(merging, last)).toEqual([]);
  });

  it("where they land in another order, or on files that have moved on", async () => {
    const world = await approved({ files: { z: NEW } });
    const { history, start } = world;
    const moved = history.make("Move on\n", { parents: [start], files: { z: MOVED } });
    const two = history.make(AI, { parents: [moved], files: { z: NEW.replace("  1\n", "  11\n") } });
    const one = history.make(AI, { parents: [two], files: { a: "1\n" } });
    expect(await missingAt({ ...world, one }, one)).toEqual([]);
  });

  it.each<[what: string, second: Made, tip: Made]>([
    ["a file that was added", { files: { b: "1\n" } }, { files: { b: "1\n" } }],
    ["one in a folder", { files: { "x/y/b": "1\n" } }, { files: { "x/y/b": "1\n" } }],
    ["a file that was deleted", { files: { gone: null } }, { files: { gone: null } }],
    ["a change of a file that has moved on", { files: { z: NEW } }, { files: { z: NEW.replace("  1\n", "  11\n") } }],
  ])("where the new tip has the rest already: %s", async (_, second, tip) => {
    const world = await approved(second);
    const { history, start } = world;
    const there = history.make("There\n", { parents: [start], files: { ...tip.files, q: "1" } });
    const one = history.make(AI, { parents: [there], files: { a: "1\n" } });
    expect(await missingAt({ ...world, one }, one)).toEqual([]);
  });

  it("where a merge of it lands that does the same itself", async () => {
    const world = await approved((history, one, start) => {
      const side = history.make("Side\n", { parents: [start], files: { s: "1\n" } });
      return { parents: [one, side], files: { s: "2\n" } };
    });
    expect(await missingAt(world, world.two)).toEqual([]);
  });
});

describe("of a branch that was approved as one change", () => {
  it.each<[what: string, second: Made, tip: Made, paths: readonly string[]]>([
    [
      "all paths are named of the first commit that is missing",
      { files: { b: "1\n", "c/d": "1\n" } },
      {},
      ["b", "c/d"],
    ],
    ["a file is missing that is another one", { files: { b: "1\n" } }, { files: { b: "2\n", q: "1" } }, ["b"]],
    [
      "a part of the paths is not enough",
      { files: { b: "1\n", c: "1\n" } },
      { files: { b: "1\n", q: "1" } },
      ["b", "c"],
    ],
    ["a deletion is missing", { files: { gone: null } }, {}, ["gone"]],
    [
      "a name that is no UTF-8 is never there",
      { files: { "b\xff": "1\n" } },
      { files: { "b\xff": "1\n", q: "1" } },
      ["b\ufffd"],
    ],
    [
      "a name that looks like that is never there",
      { files: { "b\xef\xbf\xbd": "1\n" } },
      { files: { "b\xef\xbf\xbd": "1\n", q: "1" } },
      ["b\ufffd"],
    ],
  ])("%s", async (_, second, tip, paths) => {
    const world = await approved(second);
    const { history, start } = world;
    const there = history.make("There\n", { parents: [start], files: { q: "0", ...tip.files } });
    const one = history.make(AI, { parents: [there], files: { a: "1\n" } });
    expect(await missingAt({ ...world, one }, one)).toEqual([paths]);
  });

  it("a plain commit is missing where a merge does the same, and a merge where a plain commit does", async () => {
    const plain = await approved();
    const side = plain.history.make("Side\n", { parents: [plain.start], files: { s: "1" } });
    const merge = plain.history.make(MERGE, { parents: [plain.one, side], files: { b: "1\n" } });
    expect(await missingAt(plain, merge)).toEqual([]);
    const undone = plain.history.make("Undo\n", { parents: [merge], files: { b: null } });
    expect(await missingAt(plain, undone)).toEqual([["b"]]);

    const merged = await approved((history, one, start) => {
      const other = history.make("Side\n", { parents: [start], files: { s: "1\n" } });
      return { parents: [one, other], files: { s: "2\n" } };
    });
    const flat = merged.history.make(AI, { parents: [merged.one], files: { s: "2\n" } });
    const after = merged.history.make("Undo\n", { parents: [flat], files: { s: null } });
    expect(await missingAt(merged, after)).toEqual([["s"]]);
  });

  it("a merge is missing where another one lands, of another branch or with something else of its own", async () => {
    const sides = (history: History, start: ObjectId) =>
      ["s", "t"].map((name) => history.make("Side\n", { parents: [start], files: { s: "1\n", [name]: `${name}\n` } }));
    const merged = await approved((history, one, start) => ({
      parents: [one, ...sides(history, start).slice(1)],
      files: { s: "2\n", t: "t\n" },
    }));
    const { history, start, one } = merged;
    const [, side] = sides(history, start);
    const other = history.make("Other\n", { parents: [start], files: { s: "1\n", t: "t\n", q: "1" } });
    if (!side) throw new Error("there are two");
    const foreign = history.make(MERGE, { parents: [one, other], files: { s: "2\n", t: "t\n" } });
    const undone = history.make("Undo\n", { parents: [foreign], files: { s: null } });
    expect(await missingAt(merged, undone)).toEqual([["s", "t"]]);
  });

  it("a block is named that the ledger does not hold", async () => {
    const world = await approved();
    const { history, policy, two } = world;
    const { block } = await history.part(two, policy);
    for (const path of history.files.keys())
      if (path.includes(block.paths.slice(2)) && path.includes("-2/")) history.files.delete(path);
    const there = history.make("There\n", { parents: [world.start], files: { b: "1\n", q: "1" } });
    const one = history.make(AI, { parents: [there], files: { a: "1\n" } });
    expect(await missingAt({ ...world, one }, one)).toEqual([["block 2, which is not in the ledger"]]);
  });

  it("nothing is asked of co-signs that were given to commits by themselves, or where there is no ledger", async () => {
    const world = await approved();
    const { history, policy, start, one } = world;
    const ledger = ledgerOf(history, policy);
    const signed = signedClaims(await readClaims(history, policy, { branch: "main", ledger }, one));
    const since = await readSince(history, { tips: [one], exclude: [start] });
    expect((await findIncomplete(history, { tips: [one], since }, signed)).size).toBe(0);
    history.restore(new Map());
    history.addParts(await Promise.all([one, world.two].map((oid) => history.part(oid, policy))), {
      head: headFor(start),
    });
    expect(await missingAt(world, one)).toEqual([]);
  });
});
