import { describe, expect, it } from "vitest";
import { Lab, policyOf, type Signing } from "./lab.ts";

const FUNCTIONS = (first = "1", second = "2", head = ""): string =>
  `${head}function a() {\n  one();\n  return ${first};\n}\n\nfunction b() {\n  two();\n  return ${second};\n}\n`;

/** Main has a file, and an agent changed it on a branch. */
async function openBranch(policy?: string) {
  const lab = await Lab.open(policy, { "a.js": FUNCTIONS(), "b.js": "b\n" });
  lab.begin("topic");
  const tip = lab.assisted({ "a.js": FUNCTIONS("one") });
  return { lab, tip };
}

const expectAllowed = async (lab: Lab, tip: string): Promise<void> => expect(await lab.codes(tip)).toEqual([]);

describe("a co-sign in the ledger counts", () => {
  it("for the commit that was approved, and for nobody without it", async () => {
    const { lab, tip } = await openBranch();
    await using _ = lab;
    expect(await lab.codes(tip)).toEqual(["COSIGN_MISSING"]);
    await lab.sign(tip);
    const { outcome, updates } = await lab.judge(tip);
    expect(outcome).toBe("allow");
    expect(updates[0]?.judged[0]?.cosigns[0]).toMatchObject({
      email: "ada@acme.example",
      proof: "signed",
      where: { carrier: "ledger", block: 1 },
    });
  });

  it.each<readonly [string, (lab: Lab, tip: string) => string]>([
    [
      "rebased over another file",
      (lab, tip) => {
        lab.moveMain({ "b.js": "bb\n" });
        return lab.rebase(tip);
      },
    ],
    [
      "rebased over another part of the same file",
      (lab, tip) => {
        lab.moveMain({ "a.js": FUNCTIONS("1", "2", "// head\n") });
        return lab.rebase(tip);
      },
    ],
    ["squashed", (lab, tip) => lab.squash(tip)],
    [
      "squashed where main moved on in the same file",
      (lab, tip) => {
        lab.moveMain({ "a.js": FUNCTIONS("1", "two") });
        return lab.squash(tip);
      },
    ],
    [
      "merged where main moved on",
      (lab, tip) => {
        lab.moveMain({ "b.js": "bb\n" });
        return lab.merge(tip);
      },
    ],
    [
      "reworded",
      (lab) => {
        lab.repo.git(["commit", "-q", "--amend", "-m", "Other words\n\nAssisted-by: Claude:claude-opus-5\n"]);
        return lab.repo.oid("HEAD");
      },
    ],
  ])("for a branch that is %s", async (_, land) => {
    const { lab, tip } = await openBranch();
    await using __ = lab;
    await lab.sign(tip);
    await expectAllowed(lab, land(lab, tip));
  });

  it("and says at which files a change was applied to what had moved on", async () => {
    const { lab, tip } = await openBranch();
    await using _ = lab;
    await lab.sign(tip);
    lab.moveMain({ "a.js": FUNCTIONS("1", "two") });
    const { updates } = await lab.judge(lab.squash(tip));
    const [cosign] = updates[0]?.judged[0]?.cosigns ?? [];
    expect(cosign?.reapplied?.map((path) => Buffer.from(path).toString())).toEqual(["a.js"]);
  });

  it("for all commits of a branch that tried, undid and tried again, signed once", async () => {
    const { lab } = await openBranch();
    await using _ = lab;
    lab.work("Take it back\n", { "a.js": FUNCTIONS() });
    const tip = lab.assisted({ "a.js": FUNCTIONS("one") });
    await lab.sign(tip);
    await expectAllowed(lab, tip);
    await expectAllowed(lab, lab.squash(tip));
  });

  it("beside one of another person", async () => {
    const { lab, tip } = await openBranch(policyOf("count: 2"));
    await using _ = lab;
    await lab.sign(tip);
    expect(await lab.codes(tip)).toEqual(["COSIGN_MISSING"]);
    await lab.sign(tip, { by: "grace" });
    await expectAllowed(lab, tip);
  });

  it("once for one person, however often they sign", async () => {
    const { lab, tip } = await openBranch(policyOf("count: 2"));
    await using _ = lab;
    await lab.sign(tip);
    await lab.sign(tip, { age: 30 });
    expect(await lab.codes(tip)).toEqual(["COSIGN_MISSING"]);
  });

  it("for what a merge brings in, where merges may vouch", async () => {
    const { lab } = await openBranch(policyOf("coverage: merge"));
    await using _ = lab;
    const tip = lab.assisted({ "c.js": "c\n" });
    await lab.sign(tip, {
      block: (block) => (block.commits === undefined ? { ...block, authors: ["ada@acme.example"] } : block),
    });
    await expectAllowed(lab, lab.merge(tip));
    // By themselves the commits are said to be the signer's own.
    expect(await lab.codes(tip)).toEqual(["COSIGN_SELF", "COSIGN_SELF"]);
  });
});

describe("a co-sign in the ledger does not count", () => {
  it.each<readonly [string, Signing, string]>([
    [
      "for another branch",
      { head: { branches: [{ ref: "refs/heads/release/1", base: undefined }] } },
      "COSIGN_MISMATCH COSIGN_MISSING",
    ],
    ["for another project", { head: { project: "acme/ledger" } }, "COSIGN_MISMATCH COSIGN_MISSING"],
    [
      "for a branch that did not exist",
      { head: { branches: [{ ref: "refs/heads/main", base: undefined }] } },
      "COSIGN_MISMATCH",
    ],
    ["by a junior", { by: "jim" }, "COSIGN_LEVEL"],
    ["under the name of somebody else", { by: "jim", head: { cosigner: "ada@acme.example" } }, "COSIGN_MISSING"],
    [
      "by whose work it is",
      { block: (block) => ({ ...block, authors: ["ada@home.example", "ada@acme.example"] }) },
      "COSIGN_SELF",
    ],
    ["signed long ago", { age: 40 * 86_400 }, "COSIGN_STALE"],
    ["signed ahead of time", { age: -3600 }, "COSIGN_STALE"],
  ])("%s", async (_, signing, codes) => {
    const { lab, tip } = await openBranch();
    await using __ = lab;
    await lab.sign(tip, signing);
    expect(new Set(await lab.codes(tip))).toEqual(new Set(codes.split(" ")));
    await lab.sign(tip, { by: "grace" });
    await expectAllowed(lab, tip);
  });

  it.each<readonly [string, (lab: Lab, tip: string) => string]>([
    [
      "with one more file",
      (lab, tip) => {
        lab.begin("landing");
        lab.repo.git(["merge", "-q", "--squash", tip]);
        return lab.assisted({ "d.js": "d\n" });
      },
    ],
    [
      "with another byte",
      (lab) => {
        lab.begin("landing");
        return lab.assisted({ "a.js": FUNCTIONS("One") });
      },
    ],
    [
      "with another mode",
      (lab, tip) => {
        lab.begin("landing", tip);
        lab.repo.git(["update-index", "--chmod=+x", "a.js"]);
        lab.repo.git(["commit", "-q", "--amend", "--no-edit"]);
        return lab.repo.oid("HEAD");
      },
    ],
    [
      "in another function of the same shape",
      (lab) => {
        lab.begin("landing");
        return lab.assisted({ "a.js": FUNCTIONS("1", "one") });
      },
    ],
    [
      "put on top of itself",
      (lab, tip) => {
        lab.land(tip);
        lab.begin("landing");
        return lab.assisted({ "a.js": FUNCTIONS("one", "one") });
      },
    ],
  ])("for the change %s", async (_, land) => {
    const { lab, tip } = await openBranch();
    await using __ = lab;
    await lab.sign(tip);
    expect(await lab.codes(land(lab, tip))).toContain("COSIGN_MISSING");
  });

  it("over a file that has moved on, where the policy wants it exactly", async () => {
    const { lab, tip } = await openBranch(policyOf("reapply: never"));
    await using _ = lab;
    await lab.sign(tip);
    await expectAllowed(lab, tip);
    lab.moveMain({ "a.js": FUNCTIONS("1", "two") });
    expect(new Set(await lab.codes(lab.squash(tip)))).toEqual(new Set(["COSIGN_MISMATCH"]));
  });

  it("for a half of what was approved as a whole", async () => {
    const { lab, tip } = await openBranch();
    await using _ = lab;
    const both = lab.assisted({ "limits.js": "limit\n" });
    await lab.sign(both);
    expect(await lab.codes(tip)).toEqual(["COSIGN_INCOMPLETE"]);
    await expectAllowed(lab, both);
  });

  it("for a half, unless the other half is in already, or each was signed by itself", async () => {
    const { lab, tip } = await openBranch();
    await using _ = lab;
    const both = lab.assisted({ "limits.js": "limit\n" });
    await lab.sign(both, { whole: false });
    await expectAllowed(lab, tip);
    await lab.sign(both, { by: "grace" });
    lab.land(tip);
    await expectAllowed(lab, both);
  });

  it("once its change was taken out again", async () => {
    const { lab, tip } = await openBranch();
    await using _ = lab;
    await lab.sign(tip);
    lab.land(tip);
    lab.moveMain({ "a.js": FUNCTIONS() }, "Take it back");
    lab.begin("again");
    const again = lab.assisted({ "a.js": FUNCTIONS("one") });
    expect(await lab.codes(again)).toEqual(["COSIGN_SPENT"]);
    await lab.sign(again, { age: 30 });
    await expectAllowed(lab, again);
  });

  it("for a merge that has main by its other parent", async () => {
    const { lab } = await openBranch(policyOf("coverage: merge"));
    await using _ = lab;
    const tip = lab.assisted({ "c.js": "c\n" });
    await lab.sign(tip, {
      block: (block) => (block.commits === undefined ? { ...block, authors: ["ada@acme.example"] } : block),
    });
    lab.moveMain({ "b.js": "bb\n" });
    lab.begin("landing", tip);
    lab.repo.git(["merge", "-q", "--no-ff", "-m", "Merge\n", "main"]);
    expect(await lab.codes(lab.repo.oid("HEAD"))).toEqual(["COSIGN_SELF", "COSIGN_SELF"]);
  });

  it("for a squash of a branch of which the signer made a part", async () => {
    const { lab } = await openBranch();
    await using _ = lab;
    const tip = lab.repo.commit("More\n", { files: { "c.js": "c\n" }, author: "Ada <ada@home.example>" });
    await lab.sign(tip);
    expect(await lab.codes(lab.squash(tip))).toEqual(["COSIGN_SELF"]);
    await lab.sign(tip, { by: "grace" });
    await expectAllowed(lab, lab.squash(tip));
  });

  it("for what a signer made who only updated the branch: that a forge names them says nothing", async () => {
    const { lab, tip } = await openBranch();
    await using _ = lab;
    await lab.sign(tip);
    const message = "Work (#1)\n\nAssisted-by: Claude:claude-opus-5\nCo-authored-by: Ada <ada@acme.example>\n";
    await expectAllowed(lab, lab.squash(tip, { message }));
    expect(await lab.codes(lab.squash(tip, { message, author: "Ada <ada@acme.example>" }))).toEqual(["COSIGN_SELF"]);
  });
});
