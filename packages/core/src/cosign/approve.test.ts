import { describe, expect, it } from "vitest";
import { encodeText } from "../bytes.ts";
import type { Change } from "../object/change.ts";
import type { Commit } from "../object/commit.ts";
import type { ObjectId } from "../object/oid.ts";
import { parsePolicy } from "../policy/file/parse-policy.ts";
import { type ApprovedCommit, approve, doesAnything } from "./approve.ts";
import { changeDigest, pathsDigest } from "./digest.ts";

const POLICY = parsePolicy(encodeText("version: 1\nprotect: [{ branches: [main] }]\n"), "policy.yml");
const oid = (digit: string): ObjectId => digit.repeat(40) as ObjectId;

function change(path: string): Change {
  return {
    path: encodeText(path),
    oldMode: "100644",
    newMode: "100644",
    oldOid: oid("1"),
    newOid: oid("2"),
    status: "M",
  };
}

/** A commit by Bob that changes a file of its own name; with two parents a merge that does what `own` says. */
function made(
  name: string,
  {
    parents = 1,
    own = [],
    agents = [],
  }: { parents?: number; own?: readonly Change[]; agents?: readonly string[] } = {},
): ApprovedCommit {
  return {
    commit: {
      oid: oid(name),
      parents: Array.from({ length: parents }, (_, at) => oid(String(at + 3))),
      author: { name: "Bob", email: "bob@x" },
      committer: { name: "Bob", email: "bob@x" },
      message: encodeText("Subject\n"),
    } as unknown as Commit,
    changes: [change(name)],
    own,
    provenance: { state: agents.length > 0 ? "assisted" : "unmarked", agents } as ApprovedCommit["provenance"],
  };
}

describe("what an approval has a block for", () => {
  it("is each commit that does anything itself", () => {
    const merge = made("b", { parents: 2 });
    const conflict = made("c", { parents: 2, own: [change("x")] });
    expect([made("a"), merge, conflict].map(doesAnything)).toEqual([true, false, true]);
    const parts = approve(POLICY, "main", [made("a"), merge, conflict], []);
    expect(parts.map(({ commit }) => commit)).toEqual([oid("a"), oid("c")]);
    expect(parts[1]?.block).toMatchObject({
      parents: 2,
      otherParents: [oid("4")],
      own: changeDigest([change("x")]),
      authors: ["bob@x"],
    });
  });

  it("is each of a target's sums, and what two targets see alike only once", () => {
    const [one, two] = [[change("a"), change("b")], [change("b")]];
    const commits = new Set([oid("a")]);
    const parts = approve(
      POLICY,
      "main",
      [made("a")],
      [
        { commits, sums: [one, two] },
        { commits, sums: [two] },
      ],
    );
    expect(parts.slice(1).map(({ changes }) => changes)).toEqual([one, two]);
  });

  it("names agents only where they assisted", () => {
    const person = made("b");
    const suspected = { ...person, provenance: { state: "unmarked", agents: ["kiro"] } } as unknown as ApprovedCommit;
    const parts = approve(POLICY, "main", [made("a", { agents: ["kiro"] }), suspected], []);
    expect(parts.map(({ block }) => block.agents)).toEqual([["kiro"], []]);
  });

  it("is the branch as one change too, for each target that lacks some of it", () => {
    const sum = [change("a"), change("b")];
    const commits = [made("a", { agents: ["kiro"] }), made("b")];
    const target = { commits: new Set([oid("a"), oid("b"), oid("9")]), sums: [sum] };
    const parts = approve(POLICY, "main", commits, [
      target,
      target,
      { commits: new Set<ObjectId>(), sums: [[change("c")]] },
      { commits: new Set([oid("9")]), sums: [[change("d")]] },
    ]);
    expect(parts).toHaveLength(3);
    expect(parts[2]).toEqual({
      block: {
        change: changeDigest(sum),
        paths: pathsDigest(sum),
        parents: 1,
        otherParents: [],
        authors: ["bob@x", "bob@x"],
        agents: ["kiro"],
        commits: 3,
      },
      changes: sum,
    });
  });
});
