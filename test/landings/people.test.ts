import { describe } from "vitest";
import { tell, tellAttacks } from "./cases.ts";
import { edit, FILE, feature, moves } from "./files.ts";
import type { Way } from "./history.ts";

const OPEN = { "a.txt": edit(FILE, "    open;\n", "    open; x;\n") };
const OWN = { rest: "rules: [{ name: own, authors: { level: senior }, cosign: { self: true } }]\n" };

describe("nobody gets by with a look at own work: not", () => {
  tellAttacks({
    "the author": async (w) => {
      const head = feature(w, 1, { by: "ada" });
      await w.sign(head);
      return w.button("squash", head);
    },
    "a co-author whose name the landing drops": async (w) => {
      const message = "ai\n\nCo-authored-by: Ada <ada@acme.example>\nAssisted-by: claude:x\n";
      await w.sign(w.commit(w.main, OPEN, message), { what: "each" });
      return w.commit(w.main, OPEN, "ai\n", { ai: true });
    },
    "who had an agent do it, where somebody else rebases": async (w) => {
      const head = w.commit(w.main, OPEN, "ai\n", { by: "claude", committer: "ada", ai: true });
      await w.sign(head, { what: "each" });
      return w.commit(w.main, OPEN, "ai\n", { by: "claude", committer: "carl", ai: true });
    },
    "who made one of the squashed commits": async (w) => {
      const head = feature(w, 1, { by: "ada", at: feature(w, 1) });
      await w.sign(head);
      return w.commit(w.main, { "a.txt": w.text(head, "a.txt") }, "squash\n", { ai: true });
    },
    "who lands it": async (w) => {
      const head = feature(w);
      await w.sign(head);
      return w.button("squash", head, { by: "ada" });
    },
    "the same person in both carriers, where two are needed": {
      rules: { cosign: "count: 2" },
      story: async (w) => {
        const head = feature(w, 1);
        await w.sign(head, { what: "each" });
        return w.trailer(head);
      },
    },
    "who is named by the trailer's signature alone": async (w) => {
      const message = "ai\n\nCo-authored-by: Ada <ada@acme.example>\nAssisted-by: claude:x\n";
      const t = await w.trailer(w.commit(w.main, { "c.txt": "x\n" }, message));
      const said = w.repository.messageOf(t).replace("Co-authored-by: Ada <ada@acme.example>\n", "");
      return w.repository.add(said, { parents: w.repository.parentsOf(t), filesOf: t });
    },
    "who left herself out of the authors of a branch that a merge brings": {
      rules: { cosign: "coverage: merge" },
      story: async (w) => {
        const head = feature(w, 1, { by: "ada", at: feature(w, 1) });
        await w.sign(head, { block: (block) => ({ ...block, authors: ["bob@acme.example"] }) });
        return w.button("merge", head);
      },
    },
    "who made a vouched commit, where somebody else merges": {
      rules: { cosign: "coverage: merge" },
      story: async (w) => {
        const head = feature(w, 1, { by: "ada" });
        await w.sign(head, { what: "sum", block: (block) => ({ ...block, authors: ["bob@acme.example"] }) });
        return w.button("merge", head, { by: "carl" });
      },
    },
    "a senior under whose name a junior's work is squashed, by a rule for seniors' own": {
      rules: OWN,
      story: async (w) => {
        const head = feature(w);
        await w.sign(head);
        return w.button("squash", head, { by: "ada", message: "Title\n\nAssisted-by: claude:x\n" });
      },
    },
    "a senior who picks a junior's commit under her own name, by that rule": {
      rules: OWN,
      story: async (w) => {
        await w.sign(w.commit(w.main, OPEN, "ai\n", { ai: true }), { what: "each" });
        return w.commit(w.main, OPEN, "ai\n", { by: "ada", ai: true });
      },
    },
    "a senior with a junior beside her, by that rule": {
      rules: OWN,
      story: async (w) => {
        const head = feature(w, 1, { by: "ada", at: feature(w, 1) });
        await w.sign(head);
        return w.button("squash", head, { by: "ada", message: "Title\n\nAssisted-by: claude:x\n" });
      },
    },
    "a senior with a junior inside the branch that she merges, by that rule": {
      rules: { ...OWN, cosign: "coverage: merge" },
      story: async (w) => {
        const head = feature(w, 1, { by: "ada", at: feature(w, 1) });
        await w.sign(head, { what: "sum", block: (block) => ({ ...block, authors: ["ada@acme.example"] }) });
        return w.button("merge", head, { by: "ada" });
      },
    },
    "a senior with a co-author who is nobody on the roster, by that rule": {
      rules: OWN,
      story: async (w) => {
        const message = "ai\n\nCo-authored-by: Eve <eve@evil.example>\nAssisted-by: claude:x\n";
        const head = w.commit(w.main, OPEN, message, { by: "ada" });
        await w.sign(head);
        return head;
      },
    },
  });
});

describe("honest people pass", () => {
  tell({
    "a senior with her own work, where a rule lets seniors": {
      rules: OWN,
      ways: ["squash", "merge", "rebase"] as readonly Way[],
      story: async (w, way) => {
        const head = feature(w, 2, { by: "ada" });
        await w.sign(head);
        return w.button(way, head, { by: "ada" });
      },
    },
    "two seniors with their common work, where a rule lets seniors": {
      rules: OWN,
      story: async (w) => {
        const head = feature(w, 1, { by: "carl", at: feature(w, 1, { by: "ada" }) });
        await w.sign(head);
        return w.button("squash", head, { by: "carl" });
      },
    },
    "an agent's commit, rebased by the click of the senior who signed": async (w) => {
      const head = w.commit(w.main, OPEN, "ai\n", { by: "claude", committer: "bob", ai: true });
      await w.sign(head);
      await moves(w, "b.txt");
      return w.commit(w.main, OPEN, "ai\n", { by: "claude", committer: "ada", ai: true });
    },
    "the senior who signed a branch and presses its merge button": {
      rules: { cosign: "coverage: merge" },
      story: async (w) => {
        const head = feature(w);
        await w.sign(head, { what: "sum" });
        return w.button("merge", head, { by: "ada" });
      },
    },
    "two people, one for the branch and one for each commit": {
      rules: { cosign: "count: 2" },
      ways: ["squash", "merge", "rebase"],
      right: { squash: "refused" },
      story: async (w, way) => {
        const head = feature(w);
        await w.sign(head);
        await w.sign(head, { by: "carl", what: "each" });
        return w.button(way, head);
      },
    },
    "a trailer of two authors": async (w) => {
      const message = "ai\n\nCo-authored-by: Carl <carl@acme.example>\nAssisted-by: claude:x\n";
      return w.trailer(w.commit(w.main, { "c.txt": "x\n" }, message));
    },
    "a squash whose message lost its marks, which is taken for a person's": async (w) =>
      w.button("squash", feature(w), { message: "Title (#1)\n" }),
  });
});
