import { rmSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { countersign } from "../rig/process/countersign.ts";
import { Repo } from "../rig/repository/repo.ts";
import { openScratch } from "../rig/repository/scratch.ts";
import { Lab, policyOf } from "./lab.ts";

/** An agent's two commits, signed as a branch; then they land as one whose message says nothing of it. */
async function squashedWithoutMarks(policy = policyOf()): Promise<Lab> {
  const lab = await Lab.open(policy, { "a.js": "a\n", "b.js": "b\n" });
  lab.begin("topic");
  lab.assisted({ "a.js": "aa\n" });
  const tip = lab.assisted({ "b.js": "bb\n" });
  await lab.sign(tip);
  lab.land(lab.squash(tip, { message: "Uploads (#7)\n" }));
  lab.begin("main");
  return lab;
}

function log(lab: Lab, ...args: readonly string[]) {
  const { status, stdout, stderr } = countersign(lab.repo, ["log", ...args]);
  return { status, stderr, lines: stdout.trimEnd().split("\n") };
}

describe("the log of a repository with a ledger", () => {
  it("knows a squash whose message lost its marks, by the record of the branch", async () => {
    await using lab = await squashedWithoutMarks();
    const { lines, stderr } = log(lab, "-n", "1");
    expect(lines[0]).toMatch(
      / assisted claude-code .*Uploads \(#7\) \[co-signed by ada@acme.example \(signed, in the ledger\)\]$/,
    );
    expect(stderr).toBe("");
    const entry = JSON.parse(log(lab, "-n", "1", "--format", "jsonl").lines[0] ?? "");
    expect(entry).toMatchObject({
      state: "assisted",
      class: "authored",
      agents: ["claude-code"],
      evidence: [{ kind: "record", agent: "claude-code", text: "agents claude-code" }],
      cosigns: [{ email: "ada@acme.example", proof: "signed", valid: true }],
    });
    const file = lab.repo.git(["show", `${entry.evidence[0].where}/record`]);
    expect(file).toContain("\nagents claude-code\n");
    // Judging asks the commit alone.
    const { outcome, updates } = await lab.judge(lab.main);
    expect({ outcome, assisted: updates.map(({ assisted }) => assisted) }).toEqual({ outcome: "allow", assisted: [0] });
  });

  it("counts the records of commits that say how they were made, and of merges", async () => {
    await using lab = await Lab.open(policyOf(), { "a.js": "a\n", "b.js": "b\n" });
    lab.begin("topic");
    const tip = lab.assisted({ "a.js": "aa\n" });
    await lab.sign(tip);
    lab.moveMain({ "b.js": "bb\n" });
    lab.land(lab.merge(tip));
    lab.begin("main");
    const signed = "[co-signed by ada@acme.example (signed, in the ledger)]";
    const [merge = "", ...others] = log(lab).lines;
    expect(merge).toMatch(/ - .*Merge /);
    expect(merge).toContain(signed);
    expect(others.find((line) => line.includes("Work"))).toContain(`Work ${signed}`);
    expect(others.find((line) => line.includes("Meanwhile"))).not.toContain("co-signed");
  });

  it.each<readonly [string, (lab: Lab) => Promise<unknown> | unknown]>([
    [
      "that is signed by nobody on the roster",
      (lab) =>
        lab.repo.commit("Leave\n", {
          files: { "countersign.config.yaml": policyOf().replaceAll("ada@acme.example", "eve@acme.example") },
        }),
    ],
    ["of a ledger that is gone", (lab) => lab.repo.git(["branch", "-D", "countersign/ledger"])],
    ["of other content", (lab) => lab.repo.git(["commit", "-q", "--amend", "-a", "-m", "Uploads (#7)"])],
  ])("does not know a commit by a record %s", async (what, change) => {
    await using lab = await squashedWithoutMarks();
    if (what === "of other content") lab.repo.write({ "a.js": "aaa\n" });
    await change(lab);
    const { status, lines } = log(lab);
    expect(status).toBe(0);
    expect(lines.find((line) => line.includes("Uploads (#7)"))).toMatch(/ - +Uploads \(#7\)$/);
  });

  it("goes on without a ledger that is damaged, and says so", async () => {
    await using lab = await squashedWithoutMarks();
    const tree = lab.repo.git(["rev-parse", "countersign/ledger^{tree}"]);
    rmSync(join(lab.repo.dir, ".git/objects", tree.slice(0, 2), tree.slice(2)));
    const { status, stderr, lines } = log(lab);
    expect({ status, stderr }).toEqual({
      status: 0,
      stderr: expect.stringMatching(/^countersign: without the ledger, OBJECT_MISSING: .*\n$/),
    });
    expect(lines[0]).toContain("Uploads (#7)");
  });

  it("reads the ledger of the remote that is named", async () => {
    await using lab = await squashedWithoutMarks();
    using scratch = openScratch();
    lab.repo.git(["clone", "-q", lab.repo.dir, `${scratch.dir}/clone`]);
    const clone = new Repo(lab.repo.scratch, `${scratch.dir}/clone`);
    const ask = (...args: readonly string[]): string => countersign(clone, ["log", "-n", "1", ...args]).stdout;
    expect(ask()).toContain("in the ledger");
    expect(ask("--remote", "origin")).toContain("in the ledger");
    lab.repo.git(["init", "-q", "--bare", `${scratch.dir}/other`]);
    lab.repo.git(["-C", clone.dir, "remote", "add", "other", `${scratch.dir}/other`]);
    expect(ask("--remote", "other")).not.toContain("in the ledger");
    expect(countersign(clone, ["log", "--remote", "nowhere"])).toMatchObject({
      status: 2,
      stderr: expect.stringContaining("REMOTE_UNKNOWN"),
    });
  });

  it.each<readonly [string, readonly (readonly string[])[]]>([
    [
      "remote of several work lands on",
      [
        ["remote", "add", "one", "../one"],
        ["remote", "add", "two", "../two"],
      ],
    ],
    ["remote it is that is set up", [["config", "countersign.remote", "nowhere"]]],
    [
      "commit the ref that is set up stands for",
      [
        ["remote", "add", "one", "../one"],
        ["config", "countersign.policyRef", "refs/heads/nowhere"],
      ],
    ],
  ])("goes on without one where it is not known which %s", async (_, setUp) => {
    await using lab = await squashedWithoutMarks();
    for (const args of setUp) lab.repo.git(args);
    const { status, stderr, lines } = log(lab);
    expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
    expect(lines[0]).toMatch(/ - +Uploads \(#7\)$/);
  });
});
