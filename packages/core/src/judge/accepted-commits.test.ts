import { describe, expect, it } from "vitest";
import { parseCommit } from "../object/commit.ts";
import type { ObjectId } from "../object/oid.ts";
import { findAcceptedCommits } from "./accepted-commits.ts";
import { History } from "./history.fixture.ts";

/** A history of which the parents are known. */
class Grown extends History {
  readonly parents = new Map<ObjectId, readonly ObjectId[]>();

  grow(...parents: readonly ObjectId[]): ObjectId {
    const oid = this.make(`${this.parents.size}\n`, { parents });
    this.parents.set(oid, parents);
    return oid;
  }

  reach(...tips: readonly ObjectId[]): ReadonlySet<ObjectId> {
    const reached = new Set(tips);
    for (const oid of reached) for (const parent of this.parents.get(oid) ?? []) reached.add(parent);
    return reached;
  }

  /** What of a tip neither the judged commits have nor, by its own line, any of the branches. */
  open(tip: ObjectId, judged: readonly ObjectId[], branches: readonly ObjectId[]): readonly ObjectId[] {
    const of = this.reach(tip);
    const newest = branches.flatMap((branch) => {
      let at: ObjectId | undefined = branch;
      while (at && !of.has(at)) at = this.parents.get(at)?.[0];
      return at ? [at] : [];
    });
    const known = this.reach(...judged, ...newest);
    return [...of].filter((oid) => !known.has(oid)).sort();
  }

  /** The same by what is found. */
  async left(
    tip: ObjectId,
    judged: readonly ObjectId[],
    branches: readonly ObjectId[],
    ofNone?: ReadonlySet<ObjectId>,
  ) {
    const found = await findAcceptedCommits(this, tip, judged, new Set(branches), ofNone);
    const known = this.reach(...judged, ...found);
    return [...this.reach(tip)].filter((oid) => !known.has(oid)).sort();
  }
}

describe("of a tip stays to be judged what neither judged commits have nor, by its own line, a branch", () => {
  it.each([
    ["a few commits", 0],
    ["more than are walked back", 55],
  ])("in any history of %s", async (_, row) => {
    let state = 1 + row;
    const below = (limit: number): number => {
      state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0;
      return (state >>> 8) % limit;
    };
    for (let round = 0; round < (row > 0 ? 15 : 150); round += 1) {
      const history = new Grown();
      const all: ObjectId[] = [history.grow()];
      const drawn = (): ObjectId => all[below(all.length)] as ObjectId;
      for (let at = 0; at < 3 + below(10); at += 1)
        all.push(history.grow(...new Set([drawn(), drawn()].slice(below(2)))));
      const judged = [drawn(), drawn()].slice(below(2));
      const branches = [drawn(), drawn(), drawn()];
      let tip = drawn();
      for (let at = 0; at < row; at += 1) tip = history.grow(tip);
      const expected = history.open(tip, judged, branches);
      expect(await history.left(tip, judged, branches)).toEqual(expected);
      const had = history.reach(...branches);
      const ofNone = new Set([...history.reach(tip)].filter((oid) => !had.has(oid)));
      expect(await history.left(tip, judged, branches, ofNone)).toEqual(expected);
    }
  });
});

describe("of a branch counts", () => {
  const history = new Grown();
  const root = history.grow();
  const one = history.grow(root);
  const two = history.grow(one);
  const tip = history.grow(one);
  const find = async (...branches: readonly ObjectId[]) => findAcceptedCommits(history, tip, [root], new Set(branches));

  it("the newest commit of its line that the tip reaches", async () => {
    expect(await find(two)).toEqual([one]);
    expect(await find(one)).toEqual([one]);
    expect(await find(tip, two)).toEqual([tip]);
  });

  it("nothing where it has nothing of the tip, or is judged anyway", async () => {
    expect(await find()).toEqual([]);
    expect(await find(root)).toEqual([]);
    expect(await find(history.grow(root))).toEqual([]);
    expect(await find(history.grow())).toEqual([]);
  });

  it("not what it has by a merge alone", async () => {
    const other = history.grow(root);
    expect(await find(history.grow(other, one))).toEqual([]);
    expect(await find(history.grow(one, other))).toEqual([one]);
  });

  it("nothing where history is missing, and another fault is thrown", async () => {
    const lost = history.grow(root);
    const beside = history.grow(lost);
    history.objects.delete(lost);
    expect(await find(beside)).toEqual([]);
    const failing = Object.assign(new Grown(), {
      objects: history.objects,
      mergeBases: async () => Promise.reject(new Error("a defect")),
    });
    await expect(findAcceptedCommits(failing, tip, [root], new Set([two]))).rejects.toThrow("a defect");
  });

  it("nothing behind a malformed commit", async () => {
    const malformed = history.make("X\n", { parents: [one], headers: "author Eve <e@x> 1 +0000\n" });
    expect(parseCommit(await history.commit(malformed)).malformed).toBeDefined();
    const above = history.make("Y\n", { parents: [malformed] });
    expect(await find(above)).toEqual([]);
    const own = history.make("Z\n", { parents: [malformed] });
    expect(await findAcceptedCommits(history, own, [root], new Set([two]))).toEqual([one]);
  });
});
