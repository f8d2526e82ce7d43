import type { ObjectId } from "@countersign/core";
import { describe, expect, it } from "vitest";
import { tell, tellAttacks } from "./cases.ts";
import { before, edit, FILE, feature, moves, movesFarOff, openWorld } from "./files.ts";
import type { Way } from "./history.ts";
import type { World } from "./world.ts";

const WAYS: readonly Way[] = ["squash", "rebase", "merge"];

/** The branch lands in a way, and a person takes it back. */
async function takenBack(w: World, way: Way, head: ObjectId, mixed = false): Promise<ObjectId> {
  const landed = await w.lands(await w.button(way, head));
  const undo = way === "rebase" ? [...w.plain(w.start, landed)].reverse() : [landed];
  let back = w.main;
  for (const commit of undo) {
    const plain = w.revert(back, commit);
    const more = { "a.txt": edit(w.text(plain, "a.txt"), "    write;\n", "    write; // other\n") };
    back = mixed && commit === undo.at(-1) ? w.revert(back, commit, more) : plain;
  }
  return w.lands(back);
}

/** The branch lands by a squash, a person takes it back, and that is taken back too. */
async function revertOfRevert(w: World, head: ObjectId): Promise<ObjectId> {
  const back = await takenBack(w, "squash", head);
  return w.revert(back, back);
}

/** The branch lands by a squash, a person takes it back, and its commits, made again, are squashed once more. */
async function landAgain(w: World, head: ObjectId): Promise<ObjectId> {
  await takenBack(w, "squash", head);
  return w.button("squash", w.pick(w.commit(w.start, {}, "empty\n"), ...w.plain(w.start, head)));
}

function high(w: World, at: ObjectId, path = "a.txt"): ObjectId {
  return w.commit(at, { [path]: before(w.text(at, path), "write", "ai_high") }, "ai high\n", { ai: true });
}

/** The same lines in another order. */
const REORDERED = edit(FILE, "    open;\n    read;\n", "    read;\n    open;\n");

/** A branch that does, undoes and does again, signed at once. */
async function triedTwice(w: World, what: "branch" | "sum" = "branch"): Promise<ObjectId> {
  const one = feature(w, 1);
  const undone = w.commit(one, { "a.txt": FILE }, "undone\n", { ai: true });
  const head = w.commit(undone, { "a.txt": w.text(one, "a.txt") }, "done again\n", { ai: true });
  await w.sign(head, { what });
  return head;
}

describe("what was taken back does not come back by the co-sign of before", () => {
  const twice = WAYS.flatMap((first) => WAYS.flatMap((then) => [false, true].map((mixed) => ({ first, then, mixed }))));
  it.each(twice)("landed by $first, reverted, with another edit: $mixed, then by $then", async (each) => {
    const w = openWorld();
    let head = feature(w);
    await w.sign(head);
    await takenBack(w, each.first, head, each.mixed);
    // What was merged is in history: its commits have to be made again.
    if (each.first === "merge") head = w.pick(w.commit(w.start, {}, "empty\n"), ...w.plain(w.start, head));
    expect(await w.codes(await w.button(each.then, head))).toContain("COSIGN_SPENT");
  });

  tellAttacks({
    "by trailers first, then squashed by the ledger": async (w) => {
      const head = feature(w);
      await w.sign(head, { what: "sum" });
      const [c1, c2] = w.plain(w.main, head);
      if (!c1 || !c2) throw new Error("a feature has two commits");
      const t1 = await w.trailer(c1);
      const t2 = await w.trailer(c2, { parents: [t1] });
      await w.lands(t2);
      await w.lands(w.revert(w.revert(w.main, t2), t1));
      return w.button("squash", head);
    },
    "re-applied by the ledger first, then exactly by its trailer": async (w) => {
      const head = feature(w, 1);
      await w.sign(head);
      const signed = await w.trailer(head);
      const moved = await movesFarOff(w);
      const landed = await w.lands(await w.button("squash", head));
      await w.lands(w.revert(w.revert(w.main, landed), moved));
      return w.button("merge", signed);
    },
    "with main merged into the old branch": async (w) => {
      const head = feature(w, 1);
      await w.sign(head);
      await takenBack(w, "squash", head);
      return w.merge(head, w.main);
    },
    "by Update branch and the merge button": async (w) => {
      const head = feature(w, 1);
      await w.sign(head);
      await takenBack(w, "squash", head);
      return w.button("merge", await w.merge(head, w.main));
    },
    "as the lower half of a stack": async (w) => {
      const low = feature(w, 1);
      const whole = high(w, low);
      await w.sign(low);
      await w.sign(whole);
      await takenBack(w, "squash", low);
      return w.button("squash", whole);
    },
    "as the lower half of a stack that was signed between": async (w) => {
      const low = feature(w, 1);
      const whole = high(w, low, "b.txt");
      await w.sign(low);
      const landed = await w.lands(await w.button("squash", low));
      await w.sign(whole);
      await w.lands(w.revert(w.main, landed));
      return w.button("merge", whole);
    },
    "as the lower half of a stack that was signed between, squashed": async (w) => {
      const low = feature(w, 1);
      const whole = high(w, low, "b.txt");
      await w.sign(low);
      const landed = await w.lands(await w.button("squash", low));
      await w.sign(whole, { target: w.start });
      await w.lands(w.revert(w.main, landed));
      return w.button("squash", whole);
    },
    "as a first commit whose lines the second had rewritten": async (w) => {
      const c1 = feature(w, 1);
      const files = { "a.txt": edit(w.text(c1, "a.txt"), "    ai_0;\n", "    ai_0(safe);\n") };
      const head = w.commit(c1, files, "ai safe\n", { ai: true });
      await w.sign(head);
      await takenBack(w, "squash", head);
      return w.pick(w.main, c1);
    },
    "by a cherry-pick": async (w) => {
      const head = feature(w);
      await w.sign(head);
      await takenBack(w, "rebase", head);
      return w.pick(w.main, ...w.plain(w.start, head).slice(0, 1));
    },
    "by a merge on an old main": async (w) => {
      const head = feature(w);
      await w.sign(head);
      await takenBack(w, "squash", head);
      const files = w.repository.filesOf(head).get("a.txt");
      return w.commit([w.start, w.main], { "a.txt": files ?? null }, "Merge\n", { ai: true });
    },
    "by the revert of its revert": async (w) => {
      const head = feature(w, 1);
      await w.sign(head);
      return await revertOfRevert(w, head);
    },
    "by the revert of its revert, squashed by a button": async (w) => {
      const head = feature(w, 1);
      await w.sign(head);
      return w.button("squash", await revertOfRevert(w, head));
    },
    "by the fourth revert of a chain": async (w) => {
      const head = feature(w, 1);
      await w.sign(head);
      const second = await revertOfRevert(w, head);
      w.main = second; // It came around the gate.
      const third = await w.lands(w.revert(second, second));
      return w.revert(third, third);
    },
    "by the remedy for its first landing": async (w) => {
      const files = { "a.txt": edit(FILE, "    open;\n", "    open; x;\n") };
      const landed = w.commit(w.main, files, "ai\n", { ai: true });
      w.main = landed; // It came around the gate.
      await w.sign(landed, { target: w.start, what: "each" });
      await w.lands(w.revert(w.main, landed));
      return w.commit(w.main, files, "ai again\n", { ai: true });
    },
    "where it repeats a line beside which main moved": async (w) => {
      const twice = before(FILE, "read", "read");
      const head = w.commit(w.main, { "a.txt": twice }, "ai\n", { ai: true });
      await w.sign(head);
      await moves(w, "a.txt", "    open;\n    read;\n", "    open; // moved\n    read;\n");
      return landAgain(w, head);
    },
    "where it repeats a line, and main had moved before": async (w) => {
      await moves(w, "a.txt", "    open;\n    read;\n", "    open; // moved\n    read;\n");
      const head = w.commit(w.start, { "a.txt": before(FILE, "read", "read") }, "ai\n", { ai: true });
      await w.sign(head);
      return landAgain(w, head);
    },
    "where it only puts lines in another order": async (w) => {
      const head = w.commit(w.main, { "a.txt": REORDERED }, "ai order\n", { ai: true });
      await w.sign(head);
      return landAgain(w, head);
    },
    "where it puts lines in another order besides, and only that was taken out": async (w) => {
      const head = w.commit(w.main, { "a.txt": `${REORDERED}ai\n` }, "ai\n", { ai: true });
      await w.sign(head);
      await w.lands(await w.button("squash", head));
      await w.lands(w.commit(w.main, { "a.txt": `${FILE}ai\n` }, "order\n", { by: "carl" }));
      await w.lands(w.commit(w.main, { "a.txt": FILE }, "less\n", { by: "carl" }));
      return w.pick(w.main, head);
    },
    "squashed, where the branch had tried, undone and tried again": async (w) => landAgain(w, await triedTwice(w)),
    "by the first commit of a branch that had tried, undone and tried again": async (w) => {
      const head = await triedTwice(w);
      await takenBack(w, "squash", head);
      return w.pick(w.main, ...w.plain(w.start, head).slice(0, 1));
    },
    "merged, where the branch had tried, undone and tried again": {
      rules: { cosign: "coverage: merge" },
      story: async (w) => {
        const head = await triedTwice(w);
        await takenBack(w, "merge", head);
        return w.button("merge", w.pick(w.commit(w.start, {}, "empty\n"), ...w.plain(w.start, head)));
      },
    },
    "by a merge onto an old main, which brings the revert in as a part of the branch": {
      rules: { cosign: "coverage: merge" },
      story: async (w) => {
        const head = feature(w, 1);
        await w.sign(head, { what: "sum" });
        const back = await takenBack(w, "squash", head);
        await w.lands(w.commit(w.main, { "c.txt": "more\n" }, "a person's\n", { by: "carl" }));
        const inner = await w.merge(w.start, w.commit(back, { "a.txt": w.text(head, "a.txt") }, "ai\n", { ai: true }));
        return w.merge(w.main, inner);
      },
    },
    "where a conflict in an old branch's update had dropped it": async (w) => {
      const head = feature(w, 1);
      await w.sign(head);
      await w.lands(await w.button("squash", head));
      const old = w.commit(w.start, { "a.txt": edit(FILE, "    read;\n", "    read; other;\n") }, "old\n", {
        by: "carl",
      });
      const updated = await w.merge(old, w.main, { "a.txt": w.text(old, "a.txt") }, { by: "carl" });
      await w.lands(await w.button("merge", updated));
      await w.lands(w.commit(w.main, { "a.txt": FILE }, "a person's\n", { by: "carl" }));
      return w.pick(w.main, head);
    },
  });
});

describe("what was taken back comes back, or is no matter", () => {
  tell({
    "where it was signed again after the revert": {
      ways: WAYS,
      story: async (w, way) => {
        const head = feature(w);
        await w.sign(head);
        await takenBack(w, "squash", head);
        const again = w.pick(w.main, ...w.plain(w.start, head));
        await w.sign(again);
        return w.button(way, again);
      },
    },
    "where the revert of the revert was signed by somebody else than its author": {
      ways: WAYS,
      story: async (w, way) => {
        const head = feature(w, 1);
        await w.sign(head);
        const again = await revertOfRevert(w, head);
        await w.sign(again);
        return w.button(way, again);
      },
    },
    "where a switch goes on, off and on, each signed when it was made": async (w) => {
      const turn = (state: string) => w.commit(w.main, { "c.txt": `${state}\n` }, `${state}\n`, { ai: true });
      for (const state of ["on", "off"]) {
        const head = turn(state);
        await w.sign(head);
        await w.lands(await w.button("squash", head));
      }
      const head = turn("on");
      await w.sign(head);
      return w.button("squash", head);
    },
    "where the third revert of a chain takes it out": async (w) => {
      const head = feature(w, 1);
      await w.sign(head);
      w.main = await revertOfRevert(w, head);
      return w.revert(w.main, w.main);
    },
    "where a person's revert of a person's commit is reverted": async (w) => {
      const made = await w.lands(w.commit(w.main, { "c.txt": "x\n" }, "a person's\n"));
      const back = await w.lands(w.revert(made, made));
      return w.revert(back, back);
    },
    "where somebody else's edit of the same file came and went": {
      ways: WAYS,
      story: async (w, way) => {
        const head = feature(w);
        await w.sign(head);
        const moved = await movesFarOff(w);
        await w.lands(w.revert(moved, moved));
        return w.button(way, head);
      },
    },
    "where it repeats a line beside which a person's edit came and went": {
      ways: WAYS,
      story: async (w, way) => {
        const head = w.commit(w.main, { "a.txt": before(FILE, "read", "read") }, "ai\n", { ai: true });
        await w.sign(head);
        const moved = await moves(w, "a.txt", "    open;\n    read;\n", "    open; // moved\n    read;\n");
        await w.lands(w.revert(moved, moved));
        return w.button(way, head);
      },
    },
    "where a branch does, undoes and does again": {
      ways: WAYS,
      story: async (w, way) => w.button(way, await triedTwice(w)),
    },
    "where a branch that was signed as one change alone does, undoes and does again": {
      rules: { cosign: "coverage: merge" },
      story: async (w) => w.button("merge", await triedTwice(w, "sum")),
    },
    "where a commit undoes the one before, and a third follows": {
      ways: WAYS,
      story: async (w, way) => {
        const undone = w.commit(feature(w, 1), { "a.txt": FILE }, "undone\n", { ai: true });
        const head = feature(w, 1, { path: "b.txt", at: undone });
        await w.sign(head);
        return w.button(way, head);
      },
    },
    "where a branch removes a file that it had added": {
      ways: ["merge", "rebase"],
      story: async (w, way) => {
        const one = w.commit(w.main, { "tmp.txt": "scratch\n" }, "ai scratch\n", { ai: true });
        const head = feature(w, 1, { at: w.commit(one, { "tmp.txt": null }, "ai cleans up\n", { ai: true }) });
        await w.sign(head);
        return w.button(way, head);
      },
    },
    "where an agent's revert was signed, and an old branch is updated meanwhile": {
      ways: WAYS,
      story: async (w, way) => {
        const old = w.commit(w.main, { "c.txt": "x\n" }, "a person's\n", { by: "carl" });
        await moves(w, "a.txt", "    write;\n", "    write; bad;\n");
        const head = w.commit(w.main, { "a.txt": FILE }, "ai revert\n", { ai: true });
        await w.sign(head);
        await w.lands(await w.button("merge", await w.merge(old, w.main, {}, { by: "carl" })));
        return w.button(way, head);
      },
    },
    "where a signed commit edits a line that an unsigned one of the same push brings in": {
      story: async (w) => {
        const line = w.commit(w.main, { "a.txt": before(FILE, "read", "draft") }, "a person's\n", { by: "carl" });
        const head = w.commit(line, { "a.txt": edit(w.text(line, "a.txt"), "draft", "done") }, "ai\n", { ai: true });
        await w.sign(head, { target: line, what: "each", branches: { main: w.main } });
        return head;
      },
    },
    "where the lower half of a stack has landed, and the upper half edits it": {
      story: async (w) => {
        const low = feature(w, 1);
        const whole = w.commit(low, { "a.txt": edit(w.text(low, "a.txt"), "ai_0", "ai_better") }, "ai\n", { ai: true });
        await w.sign(low);
        await w.sign(whole, { since: low });
        await w.lands(await w.button("squash", low));
        return w.pick(w.main, ...w.plain(low, whole));
      },
    },
  });
});
