import { explainViolation, type ObjectId, type Violation } from "@countersign/core";
import { branchRef } from "@countersign/core/internal";
import { describe, expect, it } from "vitest";
import { edit, FILE, feature, movesFarOff, openWorld } from "./files.ts";
import type { Rules, World } from "./world.ts";

const TWO: Rules = { protect: "{ branches: [main, release/1] }, { branches: ['old/**'] }" };

function reasonsIn(violations: readonly Violation[]): readonly string[] {
  return violations.flatMap(({ code, data }) =>
    code === "COSIGN_MISMATCH" ? [explainViolation({ code, data } as Violation).what.split("): ")[1] ?? ""] : [],
  );
}

async function reasons(w: World, tip: ObjectId): Promise<readonly string[]> {
  const { updates } = await w.judge(tip);
  return reasonsIn(updates.flatMap(({ judged }) => judged.flatMap(({ violations }) => violations)));
}

function reword(w: World, commit: ObjectId, old: string, now: string): ObjectId {
  const message = edit(w.repository.messageOf(commit), old, now);
  const parents = w.repository.parentsOf(commit);
  return w.repository.add(message, { parents, filesOf: commit, author: w.repository.authorOf(commit) });
}

describe("of a signature in a message that is over something else it is said", () => {
  it.each<readonly [string, (w: World) => Promise<ObjectId>, Rules, string]>([
    [
      "for which branch it was signed",
      (w) => w.trailer(feature(w, 1), { head: { branches: [{ ref: branchRef("release/1"), base: w.main }] } }),
      TWO,
      "it was signed for release/1, and not for main",
    ],
    [
      "that it was signed for no project",
      (w) => w.trailer(feature(w, 1), { head: { project: undefined } }),
      {},
      "it was signed without a project, and not for acme/x",
    ],
    [
      "that other authors were signed",
      async (w) => reword(w, await w.trailer(feature(w, 1)), "<bob@acme.example>", "<carl@acme.example>"),
      {},
      "its line names other authors than were signed",
    ],
    [
      "that its base is another",
      (w) => w.trailer(feature(w, 1), { head: { branches: [{ ref: branchRef("main"), base: undefined }] } }),
      {},
      "it was signed before main existed, and its line names another base",
    ],
    [
      "that no dispute was signed",
      async (w) => {
        const head = w.commit(
          w.main,
          { "c.txt": "c\n" },
          "ai\n\nAssisted-by: claude:x\nAssisted-by: none (a formatter)\n",
        );
        return w.trailer(head);
      },
      { rest: "disputes: { level: senior }\n" },
      "what was signed does not dispute the marks of AI",
    ],
    [
      "that it is not over this, where the content changed",
      async (w) => {
        const signed = await w.trailer(feature(w, 1));
        const parents = w.repository.parentsOf(signed);
        return w.repository.add(w.repository.messageOf(signed), {
          parents,
          filesOf: signed,
          files: { "c.txt": "c\n" },
        });
      },
      {},
      "the signature does not verify against what had to be signed",
    ],
  ])("%s", async (_, story, rules, reason) => {
    const w = openWorld(rules);
    expect(await reasons(w, await story(w))).toEqual([reason]);
  });
});

describe("of a co-sign in the ledger that is over something else it is said", () => {
  it.each<readonly [string, (w: World) => Promise<ObjectId>, string]>([
    [
      "for which branch it was signed",
      async (w) => {
        const head = feature(w, 1);
        await w.sign(head, { branches: { "release/1": w.main } });
        return head;
      },
      "it was signed for release/1, and not for main",
    ],
    [
      "for which project",
      async (w) => {
        const head = feature(w, 1);
        await w.sign(head, { head: { project: "acme/y" } });
        return head;
      },
      "it was signed for the project acme/y",
    ],
    [
      "from where main stood otherwise",
      async (w) => {
        const head = feature(w, 1);
        const other = w.commit(w.main, {}, "not on main\n");
        await w.sign(head, { branches: { main: other } });
        return head;
      },
      "which is not in its history",
    ],
    [
      "which file was changed after it",
      async (w) => {
        const head = w.commit(feature(w, 1), { "b.txt": `${FILE}more\n` }, "ai\n", { ai: true });
        await w.sign(head, { what: "sum" });
        const files = { "a.txt": w.text(head, "a.txt"), "b.txt": `${FILE}most\n` };
        return w.commit(w.main, files, "ai\n", { ai: true });
      },
      "what it approved of b.txt is not what lands",
    ],
    [
      "which branch and which file",
      async (w) => {
        await w.sign(feature(w, 1), { branches: { "release/1": w.main } });
        return w.commit(w.main, { "a.txt": `${FILE}other\n` }, "ai\n", { ai: true });
      },
      "it was signed for release/1, and not for main, and what it approved of a.txt is not what lands",
    ],
    [
      "that it is for a merge",
      async (w) => {
        const side = w.commit(w.main, { "c.txt": "c\n" }, "side\n", { by: "carl" });
        const merge = await w.merge(w.main, side, { "a.txt": `${FILE}own\n` }, { ai: true });
        await w.sign(merge, { what: "each", block: (block) => ({ ...block, authors: ["bob@acme.example"] }) });
        const files = { "a.txt": `${FILE}own\n`, "c.txt": "c\n" };
        return w.commit(w.main, files, "ai\n", { ai: true });
      },
      "it was signed for a merge, with its other parents and what it does itself",
    ],
    [
      "that it is for an emergency",
      async (w) => {
        const head = feature(w, 1);
        await w.sign(head, { block: (block) => ({ ...block, emergency: "the site is down" }) });
        return head;
      },
      'it was signed for the emergency "the site is down"',
    ],
    [
      "that it is for a dispute",
      async (w) => {
        const head = feature(w, 1);
        await w.sign(head, { block: (block) => ({ ...block, dispute: "a formatter" }) });
        return head;
      },
      'it was signed for the dispute "a formatter"',
    ],
  ])("%s", async (_, story, reason) => {
    const w = openWorld();
    const found = [...new Set(await reasons(w, await story(w)))];
    expect(found).toEqual([expect.stringContaining(reason)]);
  });

  it("nothing, where it is another author's change of the same file", async () => {
    const w = openWorld();
    await w.sign(feature(w, 1, { by: "carl" }));
    expect(await reasons(w, w.commit(w.main, { "a.txt": `${FILE}other\n` }, "ai\n", { ai: true }))).toEqual([]);
  });

  it("nothing, where it has landed and the file has moved on", async () => {
    const w = openWorld();
    const head = feature(w, 1);
    await w.sign(head);
    await w.lands(head);
    await movesFarOff(w);
    const next = w.commit(w.main, { "a.txt": `${w.text(w.main, "a.txt")}next\n` }, "ai\n", { ai: true });
    expect(await reasons(w, next)).toEqual([]);
  });

  it("nothing of a person by whom something counts, and nothing once it may land", async () => {
    const w = openWorld();
    await w.sign(feature(w, 1));
    w.now += 60;
    const head = w.commit(w.main, { "a.txt": `${FILE}other\n` }, "ai\n", { ai: true });
    await w.sign(head);
    expect(await reasons(w, head)).toEqual([]);
  });
});

describe("explain finds in all the ledger what was signed of a commit", () => {
  it("that has one more file", async () => {
    const w = openWorld();
    const head = feature(w);
    await w.sign(head);
    const files = { "a.txt": w.text(head, "a.txt"), "c.txt": "c\n" };
    const tip = w.commit(w.main, files, "ai\n", { ai: true });
    expect(await reasons(w, tip)).toEqual([]);
    expect(reasonsIn(await w.explain(tip))).toEqual(["what lands also changes c.txt"]);
  });

  it("that has one file less", async () => {
    const w = openWorld();
    const files = { "a.txt": `${FILE}x\n`, "b.txt": `${FILE}x\n` };
    await w.sign(w.commit(w.main, files, "ai\n", { ai: true }));
    const tip = w.commit(w.main, { "a.txt": `${FILE}x\n` }, "ai\n", { ai: true });
    expect(reasonsIn(await w.explain(tip))).toEqual(["what it approved of b.txt does not land"]);
  });

  it("and says nothing where nothing is like it", async () => {
    const w = openWorld();
    await w.sign(feature(w));
    const tip = w.commit(w.main, { "c.txt": "c\n" }, "ai\n", { ai: true });
    expect(reasonsIn(await w.explain(tip))).toEqual([]);
  });
});
