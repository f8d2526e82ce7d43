import type { MergeWay } from "@countersign/core/internal";
import { describe, expect, it } from "vitest";
import { Lab, MARK, policyOf } from "../ledger/lab.ts";

const LINES = "one\n\ntwo\n\nthree\n\nfour\n\nfive\n\nsix\n\nseven\n";
const files = { "a.txt": LINES, "b.txt": "b\n", "dir/c.txt": "c\n" };

/** What each way makes of a branch, made by git. */
const LAND: Readonly<Record<MergeWay, (lab: Lab, tip: string) => string>> = {
  merge: (lab, tip) => lab.merge(tip),
  squash: (lab, tip) => {
    const log = lab.repo.git(["log", "--reverse", "--no-merges", "--format=* %B", `${lab.main}..${tip}`]);
    return lab.squash(tip, { message: `Work (#1)\n\n${log}\n` });
  },
  rebase: (lab, tip) => lab.rebase(tip),
};

interface Expected {
  readonly merge: boolean;
  readonly squash: boolean;
  readonly rebase: boolean;
}

const ALL = { merge: true, squash: true, rebase: true };
const NONE = { merge: false, squash: false, rebase: false };

describe("a branch is judged beforehand as a push of what each button makes of it would be", () => {
  it.each<[what: string, play: (lab: Lab) => Promise<string>, expected: Expected, policy: string | undefined]>([
    [
      "a person's work",
      async (lab) => {
        lab.begin("topic");
        return lab.work("Mine\n", { "a.txt": "mine\n" });
      },
      ALL,
      undefined,
    ],
    [
      "an agent's without a co-sign",
      async (lab) => {
        lab.begin("topic");
        return lab.assisted({ "b.txt": "bb\n" });
      },
      NONE,
      undefined,
    ],
    [
      "an agent's, co-signed with the whole branch",
      async (lab) => {
        lab.begin("topic");
        lab.assisted({ "b.txt": "bb\n" });
        const tip = lab.work("And mine\n", { "dir/d.txt": "d\n", "dir/c.txt": null });
        await lab.sign(tip);
        return tip;
      },
      ALL,
      undefined,
    ],
    [
      "the same, where main moved on in the same file",
      async (lab) => {
        lab.begin("topic");
        lab.assisted({ "a.txt": LINES.replace("one", "1") });
        const tip = lab.assisted({ "dir/c.txt": "cc\n" });
        await lab.sign(tip);
        lab.moveMain({ "a.txt": LINES.replace("seven", "7"), "e.txt": "e\n" });
        return tip;
      },
      ALL,
      undefined,
    ],
    [
      "an agent's commits, co-signed one by one",
      async (lab) => {
        lab.begin("topic");
        lab.assisted({ "b.txt": "bb\n" });
        const tip = lab.assisted({ "a.txt": "a\n" });
        await lab.sign(tip, { whole: false });
        return tip;
      },
      { merge: true, squash: false, rebase: true },
      undefined,
    ],
    [
      "one that took main in, co-signed before",
      async (lab) => {
        lab.begin("topic");
        const tip = lab.assisted({ "b.txt": "bb\n" });
        await lab.sign(tip);
        lab.moveMain({ "dir/c.txt": "main\n" });
        lab.repo.git(["checkout", "-q", "topic"]);
        lab.repo.git(["merge", "-q", "--no-edit", lab.main]);
        return lab.repo.oid("HEAD");
      },
      ALL,
      undefined,
    ],
    [
      "one whose file main has moved as it was, co-signed one by one: where the commits stay they do",
      async (lab) => {
        lab.begin("topic");
        const tip = lab.assisted({ "a.txt": LINES.replace("one", "1") });
        await lab.sign(tip, { whole: false });
        lab.moveMain({ "a.txt": null, "dir/moved.txt": LINES });
        return tip;
      },
      { merge: true, squash: false, rebase: false },
      undefined,
    ],
    [
      "one to which a file was added after the co-sign",
      async (lab) => {
        lab.begin("topic");
        const tip = lab.assisted({ "b.txt": "bb\n" });
        await lab.sign(tip);
        return lab.assisted({ "dir/new.txt": "new\n" });
      },
      NONE,
      undefined,
    ],
    [
      "one that begins at a root of its own",
      async (lab) => {
        lab.repo.git(["checkout", "-q", "--orphan", "topic"]);
        lab.repo.git(["rm", "-rfq", "."]);
        return lab.assisted({ "other/x.txt": "x\n" });
      },
      NONE,
      undefined,
    ],
    [
      "a merge that vouches for an agent's commits",
      async (lab) => {
        lab.begin("topic");
        lab.assisted({ "b.txt": "bb\n" });
        const tip = lab.assisted({ "b.txt": "bbb\n" });
        await lab.sign(tip, { block: (block) => block });
        return tip;
      },
      ALL,
      policyOf("proof: signed, coverage: merge"),
    ],
  ])("%s", async (_, play, expected, policy) => {
    await using lab = await Lab.open(policy, files);
    const tip = await play(lab);
    const verdicts: Record<string, unknown> = {};
    const pushed: Record<string, unknown> = {};
    for (const way of ["merge", "squash", "rebase"] as const) {
      const decision = await lab.judgeMerge(tip, [way]);
      expect(decision.updates.map(({ ways }) => ways)).toEqual([[way]]);
      verdicts[way] = decision.outcome === "allow";
      const landed = tryLand(lab, way, tip);
      if (landed === undefined) pushed[way] = expected[way];
      else pushed[way] = (await lab.judge(landed)).outcome === "allow";
    }
    expect({ verdicts, pushed }).toEqual({ verdicts: expected, pushed: expected });
  });

  it("all ways at once, and those that come to the same together", async () => {
    await using lab = await Lab.open(undefined, files);
    lab.begin("topic");
    lab.assisted({ "b.txt": "bb\n" });
    const tip = lab.assisted({ "a.txt": "a\n" });
    await lab.sign(tip, { whole: false });
    const { outcome, updates } = await lab.judgeMerge(tip, ["merge", "squash", "rebase"]);
    expect(outcome).toBe("deny");
    expect(updates.map(({ ways, violations, judged }) => [ways, violations.length, judged.length])).toEqual([
      [["merge", "rebase"], 0, 2],
      [["squash"], 1, 1],
    ]);
    expect(updates[1]?.violations[0]).toMatchObject({ code: "COSIGN_LOST", data: { way: "squash" } });
    // What does not exist is not named.
    expect(updates[1]?.judged[0]?.commit).toBe(tip);
  });
});

describe("whose work a squash is", () => {
  it.each([
    ["is read from the commits, whatever the record says", "Ada <ada@acme.example>", "deny"],
    ["is no signer's who made none of them", "Bob <bob@acme.example>", "allow"],
  ])("%s", async (_, author, outcome) => {
    await using lab = await Lab.open(undefined, files);
    lab.begin("topic");
    lab.assisted({ "b.txt": "bb\n" });
    const tip = lab.repo.commit("More\n", { files: { "dir/c.txt": "cc\n" }, author });
    await lab.sign(tip, { block: (block) => ({ ...block, authors: ["bob@acme.example"] }) });
    const decision = await lab.judgeMerge(tip, ["squash"]);
    expect(decision.outcome).toBe(outcome);
    const codes = decision.updates.flatMap(({ judged }) => judged.flatMap(({ violations }) => violations));
    expect(codes.map(({ code }) => code)).toEqual(outcome === "deny" ? ["COSIGN_SELF"] : []);
  });
});

it("a way loses no co-sign of a commit that it takes as it is, whatever its neighbour lacks", async () => {
  await using lab = await Lab.open(undefined, files);
  lab.begin("topic");
  lab.assisted({ "b.txt": "bb\n" });
  const signed = lab.assisted({ "a.txt": "a\n" });
  await lab.sign(signed, { whole: false });
  const tip = lab.assisted({ "dir/c.txt": "cc\n" });
  const { updates } = await lab.judgeMerge(tip, ["merge", "squash", "rebase"]);
  const codes = updates.map(({ ways, violations }) => [ways, violations.map(({ code }) => code)]);
  expect(codes).toEqual([
    [["merge", "rebase"], []],
    [["squash"], ["COSIGN_LOST"]],
  ]);
});

/** Unrelated histories are put together by no button. */
function tryLand(lab: Lab, way: MergeWay, tip: string): string | undefined {
  if (lab.repo.try(["merge-base", lab.main, tip]).status !== 0) return undefined;
  return LAND[way](lab, tip);
}

describe("what is made in memory", () => {
  it("has the trees that git makes", async () => {
    await using lab = await Lab.open(undefined, files);
    lab.begin("topic");
    lab.work("One\n", { "a.txt": LINES.replace("one", "1"), "dir/deep/er/x.txt": "x\n", "dir.txt": "between\n" });
    const tip = lab.work("Two\n", { "dir/c.txt": null, "b.txt": null });
    lab.moveMain({ "a.txt": LINES.replace("seven", "7"), "dir/deep/y.txt": "y\n" });
    const trees = await lab.madeTrees(tip);
    const treeOf = (oid: string): string => lab.repo.git(["rev-parse", `${oid}^{tree}`]);
    expect(trees).toEqual({
      merge: treeOf(lab.merge(tip)),
      squash: treeOf(lab.squash(tip, { message: `Work\n\n${MARK}\n` })),
      rebase: treeOf(lab.rebase(tip)),
    });
    expect(new Set(Object.values(trees)).size).toBe(1);
  });

  it.each([
    ["main has moved as it was", { "a.txt": LINES.replace("one", "1") }, { "a.txt": null, "moved/a.md": LINES }],
    ["the branch has moved as it was", { "a.txt": null, "moved/a.md": LINES }, { "a.txt": LINES.replace("one", "1") }],
    [
      "the branch has moved into a folder in its place",
      { "a.txt": null, "a.txt/old": LINES },
      { "a.txt": LINES.replace("one", "1") },
    ],
  ])("has a change of a file where %s", async (_, ours, theirs) => {
    await using lab = await Lab.open(undefined, files);
    lab.begin("topic");
    const tip = lab.work("Mine\n", ours);
    lab.moveMain(theirs);
    const tree = lab.repo.git(["rev-parse", `${lab.merge(tip)}^{tree}`]);
    expect(await lab.madeTrees(tip)).toEqual({ merge: tree, squash: tree, rebase: tree });
  });
});

describe("what does not merge cleanly", () => {
  it("cannot be decided on by a merge or a squash, and says where", async () => {
    await using lab = await Lab.open(undefined, files);
    lab.begin("topic");
    const tip = lab.work("Mine\n", { "a.txt": LINES.replace("one", "1") });
    lab.moveMain({ "a.txt": LINES.replace("one", "uno") });
    const { outcome, updates } = await lab.judgeMerge(tip, ["merge", "squash"]);
    expect(outcome).toBe("undecided");
    expect(updates.flatMap(({ faults }) => faults.map(({ code, details }) => [code, details]))).toEqual([
      ["MERGE_CONFLICT", ["a.txt"]],
    ]);
  });

  it.each([
    ["a file that main moved and changed", { "a.txt": `${LINES}more\n` }, { "a.txt": null, "b/a.txt": `${LINES}8\n` }],
    ["a file that both moved", { "a.txt": null, "mine.txt": `${LINES}8\n` }, { "a.txt": null, "main.txt": LINES }],
    ["a new file in a folder that main moved", { "dir/new.txt": "new\n" }, { "dir/c.txt": null, "moved/c.txt": "c\n" }],
  ])("cannot for %s, not by a rebase either, until the branch has taken main in", async (_, mine, theirs) => {
    await using lab = await Lab.open(undefined, files);
    lab.begin("topic");
    const tip = lab.work("Mine\n", mine);
    lab.moveMain(theirs);
    const { outcome, updates } = await lab.judgeMerge(tip, ["merge", "squash", "rebase"]);
    expect(outcome).toBe("undecided");
    expect(updates.map(({ ways, faults }) => [ways, faults.map(({ code, why }) => [code, why])])).toEqual([
      [["merge", "squash", "rebase"], [["MERGE_CONFLICT", expect.stringContaining("may have renamed")]]],
    ]);
    lab.repo.git(["checkout", "-q", "topic"]);
    if (lab.repo.try(["merge", "-q", "--no-edit", lab.main]).status !== 0) {
      lab.repo.git(["add", "-A"]);
      lab.repo.git(["commit", "-q", "--no-edit"]);
    }
    expect((await lab.judgeMerge(lab.repo.oid("HEAD"), ["merge", "squash"])).outcome).toBe("allow");
  });

  it("can once the branch has taken main in", async () => {
    await using lab = await Lab.open(undefined, files);
    lab.begin("topic");
    lab.work("Mine\n", { "a.txt": LINES.replace("one", "1") });
    lab.moveMain({ "a.txt": LINES.replace("one", "uno") });
    lab.repo.git(["checkout", "-q", "topic"]);
    lab.repo.try(["merge", "-q", lab.main]);
    lab.repo.write({ "a.txt": LINES.replace("one", "I") });
    lab.repo.git(["commit", "-q", "--no-edit"]);
    expect((await lab.judgeMerge(lab.repo.oid("HEAD"), ["merge", "squash"])).outcome).toBe("allow");
  });
});
