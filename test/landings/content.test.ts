import { describe } from "vitest";
import { type Story, tell, tellAttacks } from "./cases.ts";
import { before, edit, FILE, feature, fn, movesFarOff } from "./files.ts";
import type { World } from "./world.ts";

const BODY = ["check", "open", "read", "write", "close"];

/** The senior approves that the function `test` writes no more. */
async function twoFunctions(w: World) {
  w.main = w.commit(w.main, { "a.txt": fn("pay", ...BODY) + fn("test", ...BODY) }, "two functions\n");
  const less = BODY.filter((line) => line !== "write");
  const head = w.commit(w.main, { "a.txt": fn("pay", ...BODY) + fn("test", ...less) }, "ai\n", { ai: true });
  await w.sign(head);
  return head;
}

/** A branch of two commits is signed, and something else is committed in place of its squash. */
function inPlaceOf(files: (w: World, signed: string) => Parameters<World["commit"]>[1]): Story {
  return async (w) => {
    const head = feature(w);
    await w.sign(head);
    return w.commit(w.main, files(w, w.text(head, "a.txt")), "squash\n", { ai: true });
  };
}

/** The same lines in another order. */
const REORDERED = edit(FILE, "    open;\n    read;\n", "    read;\n    open;\n");

describe("a co-sign speaks for nothing but what was signed: not for", () => {
  tellAttacks({
    "one line more in the squash": inPlaceOf((_, text) => ({
      "a.txt": edit(text, "    open;\n", "    open; more;\n"),
    })),
    "one byte more": inPlaceOf((_, text) => ({ "a.txt": `${text} ` })),
    "one file more": inPlaceOf((_, text) => ({ "a.txt": text, "c.txt": "more\n" })),
    "the mode of a file besides": inPlaceOf((_, text) => ({ "a.txt": ["100755", text] })),
    "a link in place of the file": inPlaceOf((_, text) => ({ "a.txt": ["120000", text] })),
    "a submodule in place of the file": inPlaceOf((w) => ({ "a.txt": { mode: "160000", oid: w.main } })),
    "line ends that change besides": inPlaceOf((_, text) => ({ "a.txt": text.replaceAll("\n", "\r\n") })),
    "a half of the sum": inPlaceOf(() => ({ "a.txt": before(FILE, "read", "ai_1") })),
    "the change in another file with the same content": inPlaceOf((_, text) => ({ "b.txt": text })),
    "the two files swapped": async (w) => {
      const head = w.commit(w.main, { "a.txt": `${FILE}one\n`, "b.txt": `${FILE}two\n` }, "ai\n", { ai: true });
      await w.sign(head);
      return w.commit(w.main, { "a.txt": `${FILE}two\n`, "b.txt": `${FILE}one\n` }, "ai\n", { ai: true });
    },
    "the hunk put in twice": inPlaceOf((_, text) => ({
      "a.txt": text.replaceAll("    open;\n", "    ai_0;\n    open;\n"),
    })),
    "the inverse": async (w) => {
      const head = feature(w);
      await w.sign(head);
      await w.lands(await w.button("squash", head));
      return w.commit(w.main, { "a.txt": FILE }, "inverse\n", { ai: true });
    },
    "the hunk in the other of two alike functions that main swapped and renamed": async (w) => {
      const head = await twoFunctions(w);
      await w.lands(w.commit(w.main, { "a.txt": fn("test_all", ...BODY) + fn("pay_now", ...BODY) }, "order\n"));
      return w.button("squash", head);
    },
    "the hunk in the other of two alike functions that main swapped": async (w) => {
      await twoFunctions(w);
      await w.lands(w.commit(w.main, { "a.txt": fn("test", ...BODY) + fn("pay", ...BODY) }, "order\n"));
      const less = BODY.filter((line) => line !== "write");
      return w.commit(w.main, { "a.txt": fn("test", ...BODY) + fn("pay", ...less) }, "squash\n", { ai: true });
    },
    "the version before an amend": async (w) => {
      const head = feature(w);
      await w.sign(head);
      const files = { "a.txt": edit(w.text(head, "a.txt"), "ai_1", "ai_amended") };
      return w.commit(w.repository.parentsOf(head), files, "amended\n", { ai: true });
    },
    "a commit that came later": async (w) => {
      const head = feature(w);
      await w.sign(head);
      return w.button("merge", w.commit(head, { "c.txt": "more\n" }, "more\n", { ai: true }));
    },
    "two signed branches squashed as one": async (w) => {
      const [one, two] = [feature(w), feature(w, 1, { path: "b.txt" })];
      await w.sign(one);
      await w.sign(two);
      return w.button("squash", await w.merge(one, two));
    },
    "the half of a branch without its check": async (w) => {
      const c1 = w.commit(w.main, { "a.txt": edit(FILE, "    write;\n", "    write; pay;\n") }, "ai\n", { ai: true });
      await w.sign(w.commit(c1, { "b.txt": before(FILE, "open", "check") }, "ai check\n", { ai: true }));
      return c1;
    },
    "the half of a branch without the order of lines that the other half gives": async (w) => {
      const c1 = feature(w, 1, { path: "b.txt" });
      await w.sign(w.commit(c1, { "a.txt": REORDERED }, "ai order\n", { ai: true }));
      return c1;
    },
    "the half of a branch without the bit that the other half sets": async (w) => {
      const c1 = feature(w, 1, { path: "b.txt" });
      await w.sign(w.commit(c1, { "a.txt": ["100755", FILE] }, "ai bit\n", { ai: true }));
      return c1;
    },
    "a commit whose backdoor the next one takes out": async (w) => {
      const c1 = w.commit(w.main, { "a.txt": edit(FILE, "    open;\n", "    open; backdoor;\n") }, "1\n", { ai: true });
      const files = { "a.txt": edit(FILE, "    close;\n", "    close; feature;\n") };
      await w.sign(w.commit(c1, files, "2\n", { ai: true }));
      return c1;
    },
    "what is re-applied at a path whose rule says never": {
      rules: { rest: 'rules: [{ name: r, paths: ["a.txt"], cosign: { reapply: never } }]\n' },
      story: async (w) => {
        const head = feature(w);
        await w.sign(head);
        await movesFarOff(w);
        return w.button("squash", head);
      },
    },
    "commits that were signed in their trailers and are squashed": async (w) => {
      const [c1, c2] = w.plain(w.main, feature(w));
      if (!c1 || !c2) throw new Error("a feature has two commits");
      const t1 = await w.trailer(c1);
      const t2 = await w.trailer(c2, { parents: [t1] });
      const said = [t1, t2].map((each) => w.repository.messageOf(each).split(/(?=Co-signed-by)/)[1] ?? "");
      return w.commit(w.main, { "a.txt": w.text(t2, "a.txt") }, `squash\n\nAssisted-by: claude:x\n${said.join("")}`);
    },
  });
});

describe("a co-sign still speaks for what was signed", () => {
  const moved =
    (story: (w: World) => Promise<unknown>): Story =>
    async (w, way) => {
      const head = feature(w);
      await w.sign(head);
      await story(w);
      return w.button(way, head);
    };
  tell({
    "as it is": { ways: ["squash", "merge", "rebase"], story: moved(async () => {}) },
    "where main moved in another file": {
      ways: ["squash", "merge", "rebase"],
      story: moved((w) => w.lands(w.commit(w.main, { "b.txt": `${FILE}x\n` }, "a person's\n", { by: "carl" }))),
    },
    "where main moved far off in the same file": { ways: ["squash", "merge", "rebase"], story: moved(movesFarOff) },
    "with other words": async (w) => {
      const head = feature(w, 1);
      await w.sign(head);
      return w.commit(w.main, { "a.txt": w.text(head, "a.txt") }, "better words\n", { ai: true });
    },
    "where both commits become one of the same sum": async (w) => {
      const head = feature(w);
      await w.sign(head);
      return w.commit(w.main, { "a.txt": w.text(head, "a.txt") }, "both in one\n", { ai: true });
    },
    "where re-applying is not allowed, and a merge brings the commit exactly": {
      rules: { cosign: "reapply: never" },
      story: async (w) => {
        const head = feature(w, 1);
        await w.sign(head);
        await movesFarOff(w);
        return w.button("merge", head);
      },
    },
    "but not where main renamed the file, which only git follows": {
      right: "refused",
      story: async (w) => {
        const head = feature(w);
        await w.sign(head);
        await w.lands(w.commit(w.main, { "a.txt": null, "z.txt": FILE }, "rename\n", { by: "carl" }));
        return w.commit(w.main, { "z.txt": w.text(head, "a.txt") }, "squash\n", { ai: true });
      },
    },
    "where the other half, which only orders lines, is in by another commit": async (w) => {
      const head = w.commit(feature(w, 1, { path: "b.txt" }), { "a.txt": REORDERED }, "ai order\n", { ai: true });
      await w.sign(head);
      await w.lands(w.commit(w.main, { "a.txt": REORDERED, "c.txt": "more\n" }, "a person's\n", { by: "carl" }));
      return w.pick(w.main, ...w.plain(w.start, head));
    },
    "but not a commit that a branch signed as one has picked ahead": {
      right: "refused",
      story: async (w) => {
        const head = feature(w);
        await w.sign(head);
        return w.pick(w.main, ...w.plain(w.main, head).slice(0, 1));
      },
    },
  });
});
