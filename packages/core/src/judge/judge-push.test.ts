import { describe, expect, it } from "vitest";
import { type ObjectId, zeroOid } from "../object/oid.ts";
import { branchRef } from "../ref.ts";
import { AI, destinationOf, History, headFor, LEDGER, POLICY_FILE, TYPED } from "./history.fixture.ts";
import { judgePush } from "./judge-push.ts";
import type { Push } from "./push.ts";

const NOW = Date.parse("2026-11-24T10:00:00Z") / 1000;
const CHAIN = `cosign: { proof: declared }
protect:
  - { branches: [main] }
  - { branches: [a], accepts: [main] }
  - { branches: [b], accepts: [a] }
  - { branches: [c], accepts: [b] }
  - { branches: [d], accepts: [c] }
  - { branches: [e], accepts: [d] }
`;

const history = new History();
const start = history.make("Start\n", { files: { [POLICY_FILE]: history.policyText(CHAIN) } });

/** The codes of each update of a push of these tips to branches that stand at the beginning. */
async function judged(
  tips: Readonly<Record<string, ObjectId>>,
  {
    more = CHAIN,
    created = false,
    ...rest
  }: Partial<Push> & { readonly more?: string; readonly created?: boolean } = {},
) {
  const entry = { path: POLICY_FILE, mode: "100644", oid: history.blobId(history.policyText(CHAIN)) };
  const policy = { policy: history.policy(more), ref: "refs/heads/main", commit: start, entry };
  const old = created ? zeroOid("sha1") : start;
  const updates = Object.entries(tips).map(([branch, tip]) => ({ ref: branchRef(branch), old, new: tip }));
  const destination = destinationOf(Object.fromEntries(["main", "a", "b", "c", "d", "e"].map((name) => [name, start])));
  const decision = await judgePush(history, { updates, destination, policy, now: NOW, ...rest });
  return {
    outcome: decision.outcome,
    codes: decision.updates.map(({ violations, judged: of }) =>
      [...violations, ...of.flatMap((each) => each.violations)].map(({ code }) => code),
    ),
  };
}

const bad = history.make(AI, { parents: [start], files: { a: "1" } });
const good = history.make(TYPED, { parents: [start], files: { a: "1" } });

describe("every update of a push is judged", () => {
  it("and reported in its place", async () => {
    expect(await judged({ main: bad, topic: bad, a: good })).toEqual({
      outcome: "deny",
      codes: [["COSIGN_MISSING"], [], []],
    });
    expect(await judged({ main: good })).toEqual({ outcome: "allow", codes: [[]] });
  });

  it("however many there are", async () => {
    const tips = Object.fromEntries(Array.from({ length: 120 }, (_, at) => [`r/${at}`, at % 2 === 0 ? bad : good]));
    const { codes } = await judged(tips, { more: 'cosign: { proof: declared }\nprotect: [{ branches: ["r/**"] }]\n' });
    expect(codes.map((each) => each.length)).toEqual(Array.from({ length: 120 }, (_, at) => (at % 2 === 0 ? 1 : 0)));
  });

  it("beside one that deletes a branch", async () => {
    const found = await judged({ main: zeroOid("sha1"), a: good });
    expect(found).toEqual({ outcome: "deny", codes: [["BRANCH_DELETED"], []] });
  });

  it("by the ledger that comes with them", async () => {
    const more = `ledger: ${LEDGER}\n`;
    history.addParts([await history.part(bad, history.policy(more))], { head: headFor(start) });
    const ledger = { ref: branchRef(LEDGER), old: zeroOid("sha1"), new: history.commitAll() };
    const main = { ref: branchRef("main"), old: start, new: bad };
    expect((await judged({}, { more, updates: [main] })).codes).toEqual([["COSIGN_MISSING"]]);
    expect((await judged({}, { more, updates: [main, ledger] })).codes).toEqual([[], []]);
  });

  it("at the time of the clock, where none is given", async () => {
    await expect(judged({ main: good }, { now: Number.NaN })).rejects.toThrow("now must be a number");
    expect((await judged({ main: good }, { now: undefined as never })).outcome).toBe("allow");
  });
});

describe("what a push brings to one branch counts for another one that accepts it", () => {
  /** Here work needs no co-sign on `main`, and one on every other branch. */
  const LOOSE = CHAIN.replace("{ branches: [main] }", "{ branches: [main], cosign: { count: 0 } }");

  it("if it is allowed there, in whichever order they are pushed", async () => {
    expect(await judged({ main: bad, a: bad }, { more: LOOSE })).toEqual({ outcome: "allow", codes: [[], []] });
    expect(await judged({ a: bad, main: bad }, { more: LOOSE })).toEqual({ outcome: "allow", codes: [[], []] });
    expect(await judged({ a: bad }, { more: LOOSE })).toEqual({ outcome: "deny", codes: [["COSIGN_MISSING"]] });
    expect(await judged({ main: bad, a: bad })).toEqual({
      outcome: "deny",
      codes: [["COSIGN_MISSING"], ["COSIGN_MISSING"]],
    });
  });

  it("and on through branches that accept that one", async () => {
    expect(await judged({ c: bad, b: bad, a: bad, main: bad }, { more: LOOSE })).toEqual({
      outcome: "allow",
      codes: [[], [], [], []],
    });
    expect(await judged({ main: bad, a: bad, b: bad, c: bad, d: bad, e: bad }, { more: LOOSE })).toMatchObject({
      outcome: "allow",
    });
  });

  it("though not further than three branches against their order", async () => {
    expect((await judged({ d: bad, c: bad, b: bad, a: bad, main: bad }, { more: LOOSE })).codes).toEqual([
      ["COSIGN_MISSING"],
      [],
      [],
      [],
      [],
    ]);
  });

  it("and two branches that are refused do not vouch for each other", async () => {
    const more =
      "cosign: { proof: declared }\nprotect: [{ branches: [a], accepts: [b] }, { branches: [b], accepts: [a] }]\n";
    expect(await judged({ a: bad, b: bad }, { more })).toEqual({
      outcome: "deny",
      codes: [["COSIGN_MISSING"], ["COSIGN_MISSING"]],
    });
  });
});

describe("what another branch has counts where it is accepted", () => {
  /** The codes of updates, each with where the push says that it stood, against branches as they were last seen. */
  async function against(
    branches: Readonly<Record<string, ObjectId>>,
    moves: readonly (readonly [branch: string, old: ObjectId | undefined, tip: ObjectId])[],
    protect: readonly string[],
    since?: ObjectId,
  ) {
    const updates = moves.map(([branch, old, tip]) => ({
      ref: branchRef(branch),
      old: old ?? zeroOid("sha1"),
      new: tip,
    }));
    const more = `cosign: { proof: declared }\nprotect: [${protect.join(", ")}]\n`;
    return (await judged({}, { more, updates, destination: destinationOf(branches), since })).codes;
  }
  const ACCEPTING = ["{ branches: [main] }", "{ branches: [a], accepts: [main] }", "{ branches: [x] }"];

  it("as the push says that it stands, and not as it was last seen", async () => {
    const missing = [["COSIGN_MISSING"], ["COSIGN_MISSING"]];
    expect(
      await against(
        { main: bad, a: start },
        [
          ["main", start, bad],
          ["a", start, bad],
        ],
        ACCEPTING,
      ),
    ).toEqual(missing);
    expect(
      await against(
        { main: bad, a: start },
        [
          ["main", undefined, bad],
          ["a", start, bad],
        ],
        ACCEPTING,
      ),
    ).toEqual(missing);
    expect(await against({ main: bad, a: start }, [["a", start, bad]], ACCEPTING)).toEqual([[]]);
  });

  it("for the branches of that entry alone", async () => {
    const branches = { main: bad, a: start, x: start };
    expect(
      await against(
        branches,
        [
          ["a", start, bad],
          ["x", start, bad],
        ],
        ACCEPTING,
      ),
    ).toEqual([[], ["COSIGN_MISSING"]]);
    expect(
      await against(
        branches,
        [
          ["x", start, bad],
          ["a", start, bad],
        ],
        ACCEPTING,
      ),
    ).toEqual([["COSIGN_MISSING"], []]);
  });

  it("of the same entry only for a branch that is created", async () => {
    const branches = { "r/1": bad, "r/3": start };
    const protect = ['{ branches: ["r/*"] }'];
    expect(
      await against(
        branches,
        [
          ["r/2", undefined, bad],
          ["r/3", start, bad],
        ],
        protect,
      ),
    ).toEqual([[], ["COSIGN_MISSING"]]);
    expect(
      await against(
        branches,
        [
          ["r/3", start, bad],
          ["r/2", undefined, bad],
        ],
        protect,
      ),
    ).toEqual([["COSIGN_MISSING"], []]);
  });

  it("but not the branch itself, where all behind another commit is asked about", async () => {
    const protect = ['{ branches: ["r/*"], accepts: ["r/*"] }'];
    const work = history.make("Work\n", { parents: [bad], files: { b: "1" } });
    const branches = { "r/1": bad, "r/2": start };
    expect(await against(branches, [["r/1", bad, work]], protect, start)).toEqual([["COSIGN_MISSING"]]);
    expect(await against(branches, [["r/1", bad, work]], protect)).toEqual([[]]);
    const other = history.make(AI, { parents: [start], files: { c: "1" } });
    const merge = history.make("Merge\n", { parents: [start, other], files: { c: "1" } });
    expect(await against({ "r/1": start, "r/2": other }, [["r/1", start, merge]], protect, start)).toEqual([[]]);
    const both = history.make("Merge\n", { parents: [work, other], files: { c: "1" } });
    expect(await against({ "r/1": bad, "r/2": other }, [["r/1", bad, both]], protect, start)).toEqual([
      ["COSIGN_MISSING"],
    ]);
  });

  it("by what of its line is reached, however many branches there are and are moved", async () => {
    const later = history.make(TYPED, { parents: [bad], files: { a: "9" } });
    const own = history.make(AI, { parents: [start], files: { d: "1" } });
    const merge = history.make("Merge\n", { parents: [start, bad], files: { a: "1" } });
    const protect = ['{ branches: ["s/*"] }', '{ branches: ["d/*"], accepts: ["s/*"] }'];
    for (const many of [19, 20, 21]) {
      const names = Array.from({ length: many }, (_, at) => at);
      const tips = names.map((at) => history.make(TYPED, { parents: [start], files: { [`s${at}`]: "1" } }));
      const sources = tips.map((tip, at) => [`s/${at}`, at === 7 ? later : tip] as const);
      const branches = Object.fromEntries([...sources, ...names.map((at) => [`d/${at}`, start] as const)]);
      const moves = names.map((at) => [`d/${at}`, start, at === 3 ? merge : at === 5 ? own : start] as const);
      const codes = await against(branches, moves, protect);
      expect(codes.map((each, at) => [at, ...each]).filter((each) => each.length > 1)).toEqual([[5, "COSIGN_MISSING"]]);
    }
  });
});
