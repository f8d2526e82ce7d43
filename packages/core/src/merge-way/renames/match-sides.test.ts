import { describe, expect, it } from "vitest";
import { decodeText, encodeText } from "../../bytes.ts";
import { type Change, NO_MODE, statusOf } from "../../object/change.ts";
import { objectId } from "../../object/object-digest.ts";
import { matchSides } from "./match-sides.ts";

/** The text of a file before and after; an empty one is there, `null` is none. */
type Edits = Readonly<Record<string, readonly [before: string | null, after: string | null]>>;

const names = new Map<string, string | null>();

function changesOf(edits: Edits, mode = "100644"): readonly Change[] {
  const read = (text: string | null) => {
    const oid = objectId("blob", encodeText(text ?? "(nothing)"), "sha1");
    names.set(oid, text);
    return { mode: text === null ? NO_MODE : mode, oid };
  };
  return Object.entries(edits).map(([path, [before, after]]) => {
    const [old, now] = [read(before), read(after)];
    const ends = { oldMode: old.mode, oldOid: old.oid, newMode: now.mode, newOid: now.oid };
    return { path: encodeText(path), ...ends, status: statusOf(old.mode, now.mode) };
  });
}

function match(ours: Edits, theirs: Edits, mode?: string) {
  const { files, doubtful } = matchSides(changesOf(ours, mode), changesOf(theirs, mode), "sha1");
  return {
    files: files.map(({ path, ourPath, base, ...sides }) => [
      `${ourPath ? `${decodeText(ourPath)} > ` : ""}${decodeText(path)}`,
      ...[base, sides.ours, sides.theirs].map(({ oid }) => names.get(oid)),
    ]),
    doubtful: doubtful.map(decodeText),
  };
}

const EDITED = { a: ["1", "2"] } as const;
const MOVED = { a: ["1", null], b: [null, "1"] } as const;

describe("a file that one side changed", () => {
  it("is followed to where ours moved it", () => {
    expect(match(MOVED, EDITED)).toEqual({ files: [["b", "1", "1", "2"]], doubtful: [] });
  });

  it("is taken along to where theirs moved it", () => {
    expect(match(EDITED, MOVED)).toEqual({ files: [["a > b", "1", "2", "1"]], doubtful: [] });
  });

  it.each<[why: string, mover: Edits]>([
    ["that changed it as well", { a: ["1", null], b: [null, "1!"] }],
    ["that has its contents twice", { ...MOVED, c: [null, "1"] }],
    ["that moved another file with the same contents", { ...MOVED, c: ["1", null] }],
  ])("is doubtful for a mover %s", (_, mover) => {
    expect(match(mover, EDITED).doubtful).toEqual(["a"]);
    expect(match(EDITED, mover).doubtful).toEqual(["a"]);
  });

  it("is doubtful where it has a file of its own in the new place", () => {
    expect(match(MOVED, { ...EDITED, b: [null, "mine"] }).doubtful).toEqual(["a"]);
    expect(match({ ...EDITED, b: [null, "mine"] }, MOVED).doubtful).toEqual(["a"]);
  });

  it("is doubtful where it is a link, or was empty", () => {
    expect(match(MOVED, EDITED, "120000").doubtful).toEqual(["a"]);
    expect(match({ a: ["", null], b: [null, ""] }, { a: ["", "2"] }).doubtful).toEqual(["a"]);
  });

  it("is a plain conflict where the other one left it and added nothing", () => {
    const left = { a: ["1", null] } as const;
    expect(match(left, EDITED)).toEqual({ files: [["a", "1", null, "2"]], doubtful: [] });
    expect(match(EDITED, left)).toEqual({ files: [["a", "1", "2", null]], doubtful: [] });
  });
});

describe("a file that both sides left", () => {
  const left = { a: ["1", null] } as const;

  it("is doubtful where one of them may have moved it", () => {
    expect(match(left, MOVED).doubtful).toEqual(["a"]);
    expect(match(MOVED, left).doubtful).toEqual(["a"]);
    expect(match(MOVED, { ...left, c: [null, "1"] }).doubtful).toEqual(["a"]);
  });

  it("is gone where they added nothing, or the same", () => {
    expect(match(left, left)).toEqual({ files: [["a", "1", null, null]], doubtful: [] });
    expect(match(MOVED, MOVED).doubtful).toEqual([]);
  });
});
