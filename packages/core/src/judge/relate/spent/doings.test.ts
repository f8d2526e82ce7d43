import { describe, expect, it } from "vitest";
import { parseCommit } from "../../../object/commit.ts";
import type { ObjectId } from "../../../object/oid.ts";
import { History } from "../../history.fixture.ts";
import { readDoings } from "./doings.ts";

/** Two lines, and merges of them. */
const history = new History();
const start = history.make("Start\n", { files: { a: "1", b: "1" } });
const main = history.make("Main\n", { parents: [start], files: { a: "2" } });
const topic = history.make("Topic\n", { parents: [start], files: { a: "3", b: null } });
const other = history.make("Other\n", { parents: [start], files: { c: "1" } });

/** What the commits do at the paths, with the texts that stood there. */
async function doingsOf(paths: readonly string[], ...oids: readonly ObjectId[]) {
  const commits = await Promise.all(oids.map(async (oid) => parseCommit(await history.commit(oid))));
  const text = ({ mode, oid }: { readonly mode: string; readonly oid: ObjectId }) =>
    mode === "000000" ? null : Buffer.from(history.objects.get(oid)?.bytes ?? []).toString();
  return Object.fromEntries(
    [...(await readDoings(history, commits, new Set(paths)))].map(([path, doings]) => [
      path,
      doings.map(({ commit, before, after }) => [oids.indexOf(commit), before.map(text), text(after)]),
    ]),
  );
}

describe("what commits do at a path", () => {
  it("is told in their order, from what stood there to what they leave", async () => {
    expect(await doingsOf(["a", "b"], start, main, topic)).toEqual({
      a: [
        [0, [null], "1"],
        [1, ["1"], "2"],
        [2, ["1"], "3"],
      ],
      b: [
        [0, [null], "1"],
        [2, ["1"], null],
      ],
    });
    expect(await doingsOf(["b"], main, topic)).toEqual({ b: [[1, ["1"], null]] });
    expect(await doingsOf(["x"], start, main)).toEqual({});
  });

  it("is nothing for a merge that does nothing itself", async () => {
    const plain = history.make("Merge\n", { parents: [main, other], files: { c: "1" } });
    expect(await doingsOf(["a", "b", "c"], plain)).toEqual({});
  });

  it("is what a merge does itself, at those paths alone", async () => {
    const evil = history.make("Merge\n", { parents: [main, other], files: { c: "2", d: "1", b: "2" } });
    expect(await doingsOf(["b", "c"], evil)).toEqual({ b: [[0, ["1"], "2"]], c: [[0, ["1"], "2"]] });
    expect(await doingsOf(["a"], evil)).toEqual({});
  });

  it("is against each parent where those do not merge cleanly", async () => {
    const settled = history.make("Merge\n", { parents: [main, topic], files: { a: "4", b: null } });
    expect(await doingsOf(["a", "b"], settled)).toEqual({ a: [[0, ["2", "3"], "4"]] });
    const ours = history.make("Merge\n", { parents: [main, topic], files: { b: null } });
    expect(await doingsOf(["a"], ours)).toEqual({ a: [[0, ["3"], "2"]] });
  });

  it("is told of merges in their place among the others", async () => {
    const settled = history.make("Merge\n", { parents: [main, topic], files: { a: "4", b: null } });
    const after = history.make("After\n", { parents: [settled], files: { a: "5" } });
    expect((await doingsOf(["a"], main, settled, after))["a"]).toEqual([
      [0, ["1"], "2"],
      [1, ["2", "3"], "4"],
      [2, ["4"], "5"],
    ]);
  });
});
