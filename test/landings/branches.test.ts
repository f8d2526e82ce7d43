import type { ObjectId } from "@countersign/core";
import { describe } from "vitest";
import { type Story, tell, tellAttacks } from "./cases.ts";
import { before, edit, FILE, feature, moves, movesFarOff } from "./files.ts";
import type { Way } from "./history.ts";
import type { World } from "./world.ts";

const WAYS: readonly Way[] = ["squash", "merge", "rebase"];
const MERGE = { cosign: "coverage: merge" };

/** A branch with a backdoor that its second commit takes out again. */
function hidden(w: World): readonly [ObjectId, ObjectId] {
  const c1 = w.commit(w.main, { "a.txt": edit(FILE, "    open;\n", "    open; backdoor;\n") }, "ai 1\n", { ai: true });
  return [c1, w.commit(c1, { "a.txt": edit(FILE, "    close;\n", "    close; feature;\n") }, "ai 2\n", { ai: true })];
}

const fixed = (w: World, at = w.main) =>
  w.commit(at, { "b.txt": before(FILE, "open", "fix") }, "fix\n", { by: "carl" });

async function signed(w: World, what: "branch" | "sum" = "branch"): Promise<ObjectId> {
  const head = feature(w);
  await w.sign(head, { what });
  return head;
}

describe("a merge lands nothing that nobody approved: not", () => {
  tellAttacks({
    "on an old main, dropping what main did since": async (w) => {
      const head = await signed(w);
      await w.lands(fixed(w));
      const files = { "a.txt": w.text(head, "a.txt"), "b.txt": FILE };
      return w.commit([w.start, w.main], files, "Merge\n", { ai: true });
    },
    "on an old main, vouching for what it drops": {
      rules: MERGE,
      story: async (w) => {
        const head = await signed(w, "sum");
        await w.lands(fixed(w));
        const evil = w.commit(w.main, { "c.txt": "evil\n" }, "ai evil\n", { ai: true });
        return w.commit([w.start, evil], { "a.txt": w.text(head, "a.txt") }, "Merge\n");
      },
    },
    "a criss-cross that drops a fix by one of its merge bases": async (w) => {
      const [fix, other] = [fixed(w), w.commit(w.main, { "c.txt": "c\n" }, "other\n", { by: "carl" })];
      const dropped = w.commit([other, fix], {}, "Merge without the fix\n", { by: "carl" });
      w.main = await w.merge(fix, other, {}, { by: "carl" });
      return w.commit([w.main, dropped], { "b.txt": FILE }, "Merge\n", { ai: true });
    },
    "a signed one on another first parent": async (w) => {
      const side = w.commit(fixed(w), { "a.txt": edit(FILE, "    read;\n", "    read; side;\n") }, "side\n", {
        by: "carl",
      });
      const q = w.commit(w.main, { "a.txt": edit(FILE, "    read;\n", "    read; ours;\n") }, "ours\n", { by: "carl" });
      const q1 = fixed(w, q);
      const seen = await w.merge(q1, side, { "a.txt": edit(FILE, "    read;\n", "    read; both;\n") }, { ai: true });
      await w.sign(seen, { target: side, what: "each", since: q1 });
      w.main = q;
      return w.commit([q, side], { "a.txt": w.text(seen, "a.txt") }, "Merge\n", { ai: true });
    },
    "by the block of a single commit with the same sum": {
      rules: MERGE,
      story: async (w) => {
        const text = edit(FILE, "    close;\n", "    close; feature;\n");
        await w.sign(w.commit(w.main, { "a.txt": text }, "ai x\n", { ai: true }), { what: "each" });
        const eve = { by: "eve", ai: true };
        const c1 = w.commit(w.main, { "b.txt": edit(FILE, "    open;\n", "    open; backdoor;\n") }, "ai 1\n", eve);
        return w.button("merge", w.commit(c1, { "b.txt": FILE, "a.txt": text }, "ai 2\n", eve));
      },
    },
    "that adds a line of its own": async (w) => w.merge(w.main, await signed(w), { "c.txt": "own\n" }, { ai: true }),
    "that drops what else its branch brings": async (w) => {
      const head = await signed(w);
      return w.merge(w.main, fixed(w, head), { "b.txt": FILE }, { ai: true });
    },
    "that drops what else a single signed commit's branch brings": async (w) => {
      const head = feature(w, 1);
      await w.sign(head, { what: "each" });
      return w.merge(w.main, fixed(w, head), { "b.txt": FILE }, { ai: true });
    },
    "that drops a fix of main": async (w) => {
      const head = await signed(w);
      await w.lands(fixed(w));
      return w.merge(w.main, head, { "b.txt": FILE }, { ai: true });
    },
    "an octopus with a parent that nobody signed": async (w) => {
      const [head, other] = [await signed(w), feature(w, 1, { path: "b.txt" })];
      const files = { "a.txt": w.text(head, "a.txt"), "b.txt": w.text(other, "b.txt") };
      return w.commit([w.main, head, other], files, "Octopus\n");
    },
    "as merge=union makes it": async (w) => {
      const files = { ".gitattributes": "*.txt merge=union\n", "a.txt": before(FILE, "read", "theirs") };
      await w.lands(w.commit(w.main, files, "attributes\n", { by: "carl" }));
      const head = feature(w, 1, { at: w.start });
      await w.sign(head);
      return w.merge(w.main, head, { "a.txt": before(before(FILE, "read", "theirs"), "read", "ai_0") }, { ai: true });
    },
    "with a third id of a submodule that both sides moved": async (w) => {
      const at = (digit: string) => ({ sub: { mode: "160000", oid: digit.repeat(40) as ObjectId } });
      const base = await w.lands(w.commit(w.main, at("1"), "submodule\n", { by: "carl" }));
      const side = w.commit(base, at("2"), "move\n", { by: "carl" });
      await w.lands(w.commit(base, at("3"), "move\n", { by: "carl" }));
      return w.commit([w.main, side], at("4"), "Merge\n", { ai: true });
    },
    "with a commit on the first parent's side": {
      rules: MERGE,
      story: async (w) => {
        const [head, on] = [await signed(w, "sum"), feature(w, 1, { path: "b.txt" })];
        return w.merge(on, head);
      },
    },
    "that adds to what was signed as a whole": {
      rules: MERGE,
      story: async (w) => w.merge(w.main, await signed(w, "sum"), { "c.txt": "own\n" }),
    },
    "with a commit inside that asks for more than its signer may": {
      rules: { ...MERGE, rest: 'rules: [{ name: r, paths: ["infra/**"], cosign: { count: 2, level: principal } }]\n' },
      story: async (w) => {
        const c1 = w.commit(feature(w), { "infra/x": "evil\n" }, "ai 1\n", { ai: true });
        const c2 = w.commit(c1, { "infra/x": "one\ntwo\nthree\n" }, "ai 2\n", { ai: true });
        await w.sign(c2, { what: "sum" });
        return w.button("merge", c2);
      },
    },
    "as a plain commit with the same change": async (w) => {
      const side = w.commit(w.main, { "c.txt": "side\n" }, "a person's\n", { by: "carl" });
      const m = await w.merge(w.main, side, { "a.txt": edit(FILE, "    open;\n", "    open; x;\n") }, { ai: true });
      await w.sign(m, { what: "each" });
      return w.commit(w.main, { "a.txt": w.text(m, "a.txt"), "c.txt": "side\n" }, "squash\n", { ai: true });
    },
    "signed in its trailer and made again with another change of its own": async (w) => {
      const side = w.commit(w.main, { "c.txt": "side\n" }, "a person's\n", { by: "carl" });
      const files = { "a.txt": edit(FILE, "    open;\n", "    open; x;\n") };
      const t = await w.trailer(await w.merge(w.main, side, files, { ai: true }));
      return w.repository.add(w.repository.messageOf(t), {
        parents: w.repository.parentsOf(t),
        filesOf: t,
        files: { "b.txt": "side\n" },
      });
    },
  });
});

describe("a co-sign is for a branch as it stood: not", () => {
  const onRelease =
    (old: (w: World) => ObjectId | undefined): Story =>
    async (w) => {
      const landed = await w.button("squash", await signed(w));
      w.asked = { branch: "release/1", old: old(w) };
      return landed;
    };
  tellAttacks({
    "on another branch": {
      rules: { protect: "{ branches: [main] }, { branches: ['release/**'] }" },
      story: onRelease((w) => w.start),
    },
    "on another branch that is created": {
      rules: { protect: "{ branches: [main] }, { branches: ['release/**'] }" },
      story: onRelease(() => undefined),
    },
    "after a force push that dropped the base": async (w) => {
      const head = await signed(w);
      w.main = w.commit(undefined, { "a.txt": FILE, "b.txt": FILE }, "another root\n");
      return w.commit(w.main, { "a.txt": w.text(head, "a.txt") }, "squash\n", { ai: true });
    },
    "where the old tip is no longer reached": async (w) => {
      const head = await signed(w);
      w.main = w.commit(w.main, { "c.txt": "x\n" }, "on main\n");
      return head;
    },
    "long after the branch was made, signed before it was there": {
      rules: { protect: "{ branches: [main] }, { branches: ['release/**'] }" },
      story: async (w) => {
        const head = feature(w, 1);
        await w.sign(head, { branches: { main: w.main, "release/1": undefined } });
        const old = w.commit(w.main, { "c.txt": "release\n" }, "release only\n", { by: "carl" });
        w.asked = { branch: "release/1", old };
        return w.land("squash", old, head);
      },
    },
    "at a commit inside a vouched branch, where a release accepts main": {
      rules: { ...MERGE, protect: "{ branches: [main] }, { branches: ['release/**'], accepts: [main] }" },
      story: async (w) => {
        const [c1, c2] = hidden(w);
        await w.sign(c2, { what: "sum" });
        await w.lands(await w.button("merge", c2));
        w.asked = { branch: "release/1", old: w.start };
        return c1;
      },
    },
    "at a commit inside a vouched branch, where a new branch of the entry starts there": {
      rules: MERGE,
      story: async (w) => {
        const [c1, c2] = hidden(w);
        await w.sign(c2, { what: "sum" });
        await w.lands(await w.button("merge", c2));
        w.asked = { branch: "release/1", old: undefined };
        return c1;
      },
    },
    "too old": async (w) => {
      const head = await signed(w);
      w.now += 31 * 86_400;
      return w.button("squash", head);
    },
    "from the future": async (w) => {
      const head = await signed(w);
      w.now -= 600;
      return w.button("squash", head);
    },
  });
});

describe("a landing passes where", () => {
  tell({
    "two features of one file come one after the other": {
      ways: WAYS,
      story: async (w, way) => {
        const one = feature(w);
        const two = w.commit(w.main, { "a.txt": before(FILE, "write", "ai_w") }, "ai w\n", { ai: true });
        await w.sign(one);
        await w.sign(two);
        await w.lands(await w.button(way, one));
        return w.button(way, two);
      },
    },
    "a queue brings both in one push": {
      ways: WAYS,
      story: async (w, way) => {
        const one = feature(w);
        const two = w.commit(w.main, { "a.txt": before(FILE, "write", "ai_w") }, "ai w\n", { ai: true });
        await w.sign(one);
        await w.sign(two);
        return w.land(way, await w.button(way, one), two);
      },
    },
    "the senior presses Update branch after signing": {
      ways: WAYS,
      story: async (w, way) => {
        const head = await signed(w);
        await movesFarOff(w);
        return w.button(way, await w.merge(head, w.main, {}, { by: "ada" }));
      },
    },
    "the branch is updated, then signed": {
      ways: WAYS,
      story: async (w, way) => {
        const head = feature(w);
        await movesFarOff(w);
        const updated = await w.merge(head, w.main, {}, { by: "ada" });
        await w.sign(updated);
        return w.button(way, updated);
      },
    },
    "a person's commit came after the co-sign": {
      ways: WAYS,
      right: { squash: "refused" },
      story: async (w, way) => w.button(way, w.commit(await signed(w), { "c.txt": "more\n" }, "a person's\n")),
    },
    "the author rebases after the co-sign": {
      ways: WAYS,
      story: async (w, way) => {
        const head = await signed(w);
        await movesFarOff(w);
        return w.button(way, w.pick(w.main, ...w.plain(w.start, head)));
      },
    },
    "the lower half of a stack was squashed, and the upper rebased": {
      ways: WAYS,
      right: { squash: "refused" },
      story: async (w, way) => {
        const low = feature(w, 1);
        const high = feature(w, 2, { path: "b.txt", at: low });
        await w.sign(low);
        await w.sign(high);
        await w.lands(await w.button("squash", low));
        return w.button(way, w.pick(w.main, ...w.plain(low, high)));
      },
    },
    "the upper half of a stack was signed as what it adds": {
      ways: WAYS,
      story: async (w, way) => {
        const low = feature(w, 1);
        const high = feature(w, 2, { path: "b.txt", at: low });
        await w.sign(low);
        await w.sign(high, { since: low });
        await w.lands(await w.button("squash", low));
        return w.button(way, high);
      },
    },
    "work goes on on a branch that was squashed": {
      ways: ["squash", "merge"],
      story: async (w, way) => {
        const head = await signed(w);
        await w.lands(await w.button("squash", head));
        const more = feature(w, 2, { path: "b.txt", at: head });
        await w.sign(more);
        return w.button(way, more);
      },
    },
    "a fix was signed for two branches": {
      rules: { protect: "{ branches: [main] }, { branches: ['release/**'] }" },
      story: async (w) => {
        const text = edit(FILE, "    write;\n", "    write; // release\n");
        const old = w.commit(w.main, { "a.txt": text }, "release\n", { by: "carl" });
        const head = feature(w, 1);
        await w.sign(head, { branches: { main: w.main, "release/1": old } });
        const landed = await w.lands(await w.button("squash", head));
        w.asked = { branch: "release/1", old };
        return w.pick(old, landed);
      },
    },
    "a forge squashes on the merge base, then merges": async (w) => {
      const head = await signed(w);
      await moves(w, "b.txt");
      return w.merge(w.main, w.commit(w.start, { "a.txt": w.text(head, "a.txt") }, "squash\n", { ai: true }));
    },
    "a commit was picked ahead of its branch": {
      ways: ["merge", "rebase"],
      story: async (w, way) => {
        const head = feature(w, 1);
        await w.sign(head, { what: "each" });
        const two = feature(w, 1, { path: "b.txt", at: head });
        await w.sign(two);
        await w.lands(w.pick(w.main, head));
        return w.button(way, two);
      },
    },
    "a commit was picked ahead and edited further, and the merge keeps main's text": async (w) => {
      const head = feature(w, 1);
      await w.sign(head, { what: "each" });
      const two = feature(w, 1, { path: "b.txt", at: head });
      await w.sign(two);
      await w.lands(w.pick(w.main, head));
      const better = edit(w.text(w.main, "a.txt"), "    ai_0;\n", "    ai_0; // better\n");
      await w.lands(w.commit(w.main, { "a.txt": better }, "a person's\n", { by: "carl" }));
      return w.commit([w.main, two], { "b.txt": w.text(two, "b.txt") }, "Merge\n");
    },
    "the merge button writes the footers of a pull request": async (w) => {
      const head = await signed(w);
      await movesFarOff(w);
      return w.button("merge", head, { message: "Merge\n\nAssisted-by: claude:x\n" });
    },
    "empty commits start CI": {
      ways: WAYS,
      story: async (w, way) => {
        const empty = w.commit(feature(w), {}, "ci\n", { ai: true });
        const head = w.commit(empty, {}, "ci again\n", { ai: true });
        await w.sign(head);
        return w.button(way, head);
      },
    },
    "a signed commit is pulled together with main": async (w) => {
      const head = feature(w, 1);
      await w.sign(head);
      await moves(w, "b.txt");
      return w.merge(head, w.main);
    },
    "the branch has merged another that picked one of its commits": async (w) => {
      const one = feature(w, 1);
      const picked = w.pick(w.commit(w.main, { "c.txt": "x\n" }, "a person's\n"), one);
      const head = await w.merge(one, w.commit(picked, { "c.txt": "y\n" }, "a person's\n"));
      await w.sign(head);
      return w.button("merge", head);
    },
    "an agent resolves a conflict in a merge that is signed with its branch": async (w) => {
      const head = feature(w, 1);
      await moves(w, "a.txt", "    read;\n", "    read; // moved\n");
      const files = { "a.txt": edit(w.text(head, "a.txt"), "    read;\n", "    read; // moved\n") };
      const resolved = await w.merge(head, w.main, files, { ai: true });
      await w.sign(resolved);
      return w.button("merge", resolved);
    },
    "an octopus brings two signed branches": async (w) => {
      const [one, two] = [await signed(w), feature(w, 1, { path: "b.txt" })];
      await w.sign(two);
      const files = { "a.txt": w.text(one, "a.txt"), "b.txt": w.text(two, "b.txt") };
      return w.commit([w.main, one, two], files, "Octopus\n", { ai: true });
    },
    "a merge with changes of its own was signed in its trailer": async (w) => {
      const side = w.commit(w.main, { "c.txt": "side\n" }, "a person's\n", { by: "carl" });
      const files = { "a.txt": edit(FILE, "    open;\n", "    open; x;\n") };
      return w.trailer(await w.merge(w.main, side, files, { ai: true }));
    },
    "a commit signed in its trailer is rebased over another file": {
      ways: ["merge", "rebase"],
      story: async (w, way) => {
        const head = await w.trailer(feature(w, 1));
        await moves(w, "b.txt");
        return w.button(way, head);
      },
    },
    "a release that accepts main is made, or gets all of main": {
      rules: { protect: "{ branches: [main] }, { branches: ['release/**'], accepts: [main] }" },
      story: async (w) => {
        const old = w.commit(w.main, { "c.txt": "release\n" }, "release only\n", { by: "carl" });
        await w.lands(await w.button("merge", await signed(w)));
        w.asked = { branch: "release/1", old };
        return w.merge(old, w.main);
      },
    },
    "a remedy has the base from before the landing": async (w) => {
      const head = feature(w, 1);
      await w.sign(head, { what: "each" });
      return head;
    },
    "a branch of one commit is updated, at a path that is never re-applied": {
      ways: WAYS,
      rules: { rest: 'rules: [{ name: r, paths: ["a.txt"], cosign: { reapply: never } }]\n' },
      right: { squash: "refused", rebase: "refused" },
      story: async (w, way) => {
        const head = feature(w, 1);
        await w.sign(head);
        await movesFarOff(w);
        return w.button(way, await w.merge(head, w.main));
      },
    },
    "a whole branch is vouched for by the merge button": {
      rules: MERGE,
      story: async (w) => {
        const head = await signed(w, "sum");
        await movesFarOff(w);
        return w.button("merge", head);
      },
    },
  });
});
