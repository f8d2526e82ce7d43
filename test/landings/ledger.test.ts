import { describe, expect, it } from "vitest";
import { tell, tellAttacks } from "./cases.ts";
import { edit, feature, openWorld } from "./files.ts";
import type { World } from "./world.ts";

async function signed(w: World, n = 2) {
  const head = feature(w, n);
  await w.sign(head);
  return head;
}

describe("the ledger is believed no further than its signatures: not", () => {
  tellAttacks({
    "where its records are gone": async (w) => {
      const head = await signed(w);
      w.ledger = undefined;
      return w.button("squash", head);
    },
    "where other files lie in a record": async (w) => {
      const head = await signed(w);
      const evil = edit(w.text(head, "a.txt"), "    open;\n", "    open; evil;\n");
      w.tamper((path) => (path.includes("/after/") ? evil : undefined));
      return w.commit(w.main, { "a.txt": evil }, "evil\n", { ai: true });
    },
    "where a record was withdrawn": async (w) => {
      const head = await signed(w, 1);
      w.withdraw("ada");
      return w.button("squash", head);
    },
    "where a record was withdrawn and one of its commits comes alone": async (w) => {
      const head = feature(w);
      await w.sign(head, { what: "each" });
      w.withdraw("ada");
      return head;
    },
    "where a merge's own co-sign in its trailer was withdrawn": {
      rules: { cosign: "coverage: merge" },
      story: async (w) => {
        const m = await w.trailer(await w.merge(w.main, feature(w)));
        await w.lands(m).then(() => (w.main = w.start));
        w.withdraw("ada", [await w.trailerPlace(m)]);
        return m;
      },
    },
  });

  it("in another project", async () => {
    const w = openWorld();
    const tip = await w.button("squash", await signed(w));
    const codes = async (project: string) =>
      (await w.judge(tip, { project })).updates.flatMap(({ judged }) => judged.flatMap(({ violations }) => violations));
    expect(await codes("acme/x")).toEqual([]);
    expect(await codes("acme/y")).not.toEqual([]);
  });

  it("where it is another name of a branch that nothing protects", async () => {
    const w = openWorld();
    const tip = await w.button("squash", await signed(w));
    const aliases = (name: string): ReadonlyMap<string, string> => new Map([[name, "refs/heads/drafts"]]);
    expect(await w.codes(tip, { aliases: aliases("refs/heads/notes") })).toEqual([]);
    expect(await w.codes(tip, { aliases: aliases("refs/heads/countersign/ledger") })).toEqual(["COSIGN_MISSING"]);
  });

  it("for a trailer that was withdrawn in it, and says so", async () => {
    const w = openWorld();
    const tip = await w.trailer(feature(w, 1));
    expect(await w.codes(tip)).toEqual([]);
    w.withdraw("carl", [await w.trailerPlace(tip)]);
    expect(await w.codes(tip)).toEqual([]);
    w.withdraw("ada", [await w.trailerPlace(tip)]);
    expect(await w.codes(tip)).toEqual(["COSIGN_WITHDRAWN"]);
  });
});

describe("a withdrawal takes back nothing else:", () => {
  tell({
    "a record that somebody else withdrew counts": {
      ways: ["squash", "merge", "rebase"],
      story: async (w, way) => {
        const head = await signed(w);
        w.withdraw("carl");
        return w.button(way, head);
      },
    },
    "what was signed again counts": {
      ways: ["squash", "merge", "rebase"],
      story: async (w, way) => {
        const head = await signed(w);
        w.withdraw("ada");
        w.now += 60;
        await w.sign(head);
        return w.button(way, head);
      },
    },
  });
});
