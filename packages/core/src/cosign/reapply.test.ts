import { describe, expect, it } from "vitest";
import { CountersignError } from "../error.ts";
import { type Files, MergeWorld } from "../merge/merge-world.fixture.ts";
import type { Change } from "../object/change.ts";
import type { ObjectId } from "../object/oid.ts";
import { findReapplied } from "./reapply.ts";

/** What a change does: the files before it, and after. */
type Pair = readonly [before: Files, after: Files];

const FILE = "one\ntwo\nthree\nfour\nfive\nsix\n";
const FIXED = FILE.replace("five", "FIVE");
/** The same with a paragraph on top. */
const above = (text: string): string => `zero\n\n${text}`;

async function changeOf(world: MergeWorld, [before, after]: Pair): Promise<readonly Change[]> {
  const { oid, parents } = world.merge(after, before);
  for await (const { changes } of world.changes([{ oid, parents }])) return changes;
  return [];
}

/** The paths that moved on where what was approved lands as something else; undefined where it is not the approved. */
async function reapplied(
  approved: Pair,
  landing: Pair,
  world = new MergeWorld(),
): Promise<readonly string[] | undefined> {
  const moved = await findReapplied(world, await changeOf(world, approved), await changeOf(world, landing));
  return moved?.map((path) => Buffer.from(path).toString());
}

describe("a change that lands as it was approved", () => {
  it("moved nowhere", async () => {
    const pair: Pair = [
      { a: FILE, b: "x\n" },
      { a: FIXED, c: "y\n" },
    ];
    expect(await reapplied(pair, pair)).toEqual([]);
    expect(await reapplied([{}, {}], [{}, {}])).toEqual([]);
  });

  it.each<[what: string, pair: Pair]>([
    ["a symbolic link", [{ a: ["120000", "x"] }, { a: ["120000", "y"] }]],
    ["a submodule", [{ a: ["160000", "x"] }, { a: ["160000", "y"] }]],
    ["a binary file", [{ a: "x\0" }, { a: "y\0" }]],
    ["the policy", [{ "countersign.config.yml": "version: 1\n" }, { "countersign.config.yml": "version: 1 # x\n" }]],
  ])("may be of %s", async (_, pair) => {
    expect(await reapplied(pair, pair)).toEqual([]);
  });
});

describe("a change to a file that has moved on", () => {
  it("is the approved one where it is the clean merge of it, and only its paths are named", async () => {
    expect(
      await reapplied(
        [
          { a: FILE, b: FILE, c: FILE },
          { a: FIXED, b: FIXED, c: FIXED },
        ],
        [
          { a: above(FILE), b: FILE, c: above(FILE) },
          { a: above(FIXED), b: FIXED, c: above(FIXED) },
        ],
      ),
    ).toEqual(["a", "c"]);
  });

  it("may be of an executable file", async () => {
    const executable = (contents: string): Files => ({ a: ["100755", contents] });
    expect(
      await reapplied([executable(FILE), executable(FIXED)], [executable(above(FILE)), executable(above(FIXED))]),
    ).toEqual(["a"]);
  });

  it.each<[what: string, approved: Pair, landing: Pair]>([
    ["does something more there", [{ a: FILE }, { a: FIXED }], [{ a: above(FILE) }, { a: `${above(FIXED)}more\n` }]],
    ["does nothing of it", [{ a: FILE }, { a: FIXED }], [{ a: above(FILE) }, { a: above(FILE).replace("two", "TWO") }]],
    [
      "meets another change of the same line",
      [{ a: FILE }, { a: FIXED }],
      [{ a: FILE.replace("five", "5") }, { a: FIXED }],
    ],
    [
      "makes the file executable as well",
      [{ a: FILE }, { a: FIXED }],
      [{ a: above(FILE) }, { a: ["100755", above(FIXED)] }],
    ],
    [
      "was approved for a file that was executable",
      [{ a: ["100755", FILE] }, { a: FIXED }],
      [{ a: above(FILE) }, { a: above(FIXED) }],
    ],
    ["is of another path", [{ a: FILE }, { a: FIXED }], [{ b: FILE }, { b: FIXED }]],
    [
      "is of a path more",
      [{ a: FILE }, { a: FIXED }],
      [
        { a: FILE, b: FILE },
        { a: FIXED, b: FIXED },
      ],
    ],
    [
      "is of a path fewer",
      [
        { a: FILE, b: FILE },
        { a: FIXED, b: FIXED },
      ],
      [{ a: FILE }, { a: FIXED }],
    ],
    ["is of nothing at all", [{ a: FILE }, { a: FIXED }], [{}, {}]],
    ["adds another file", [{}, { a: FILE }], [{}, { a: above(FILE) }]],
    ["deletes another file", [{ a: FILE }, {}], [{ a: above(FILE) }, {}]],
    [
      "is of a symbolic link",
      [{ a: ["120000", FILE] }, { a: ["120000", FIXED] }],
      [{ a: ["120000", above(FILE)] }, { a: ["120000", above(FIXED)] }],
    ],
    [
      "makes a link of the file",
      [{ a: FILE }, { a: ["120000", FIXED] }],
      [{ a: above(FILE) }, { a: ["120000", above(FIXED)] }],
    ],
    [
      "makes a file of the link",
      [{ a: ["120000", FILE] }, { a: FIXED }],
      [{ a: ["120000", above(FILE)] }, { a: above(FIXED) }],
    ],
    [
      "is of the policy",
      [{ ".countersignrc": FILE }, { ".countersignrc": FIXED }],
      [{ ".countersignrc": above(FILE) }, { ".countersignrc": above(FIXED) }],
    ],
    [
      "is of a binary file",
      [{ a: `${FILE}\0` }, { a: `${FIXED}\0` }],
      [{ a: above(`${FILE}\0`) }, { a: above(`${FIXED}\0`) }],
    ],
  ])("is not the approved one where it %s", async (_, approved, landing) => {
    expect(await reapplied(approved, landing)).toBeUndefined();
  });

  it("is not the approved one where its lines come into another function of the same shape", async () => {
    const functions = (...lines: readonly string[]): string =>
      ["one", "two"]
        .map((name, at) => `def ${name}():\n  a()\n  b()\n  c()\n${lines[at] ?? ""}  d()\n  e()\n  f()\n\n`)
        .join("");
    const [before, after] = [functions(), functions("", "  run()\n")];
    // The function that the line was approved for is gone, and another one stands in its place.
    const other = (text: string): string => text.replace("two", "three");
    expect(await reapplied([{ a: before }, { a: after }], [{ a: other(before) }, { a: other(after) }])).toBeUndefined();
    expect(await reapplied([{ a: before }, { a: after }], [{ a: above(before) }, { a: above(after) }])).toEqual(["a"]);
  });

  it("is not the approved one where a file is too large to be merged", async () => {
    class Large extends MergeWorld {
      override async blob(oid: ObjectId): Promise<Uint8Array> {
        throw new CountersignError("BLOB_TOO_LARGE", { oid, size: 2, limit: 1 });
      }
    }
    expect(
      await reapplied([{ a: FILE }, { a: FIXED }], [{ a: above(FILE) }, { a: above(FIXED) }], new Large()),
    ).toBeUndefined();
  });
});
