import { describe, expect, it } from "vitest";
import { encodeText } from "../bytes.ts";
import type { Change } from "../object/change.ts";
import type { Commit } from "../object/commit.ts";
import type { ObjectId } from "../object/oid.ts";
import { changeDigest, pathsDigest } from "./digest.ts";
import { possibleLines, type SignedBy, signedLines, workOf } from "./work.ts";

const oid = (digit: string): ObjectId => digit.repeat(40) as ObjectId;

const POLICY = { project: "acme", disputes: undefined, emergency: undefined };
const LENIENT = { ...POLICY, disputes: { level: "senior" }, emergency: { level: "senior", reviewWithin: 3600 } };
const TRAILERS = "Assisted-by: none (typed by hand)\nEmergency: the site is down\n";
const SIGNER: SignedBy = { cosigner: "ada@x", time: "2026-11-23T10:00:00Z", base: oid("5"), authors: ["bob@x"] };

function change(path: string): Change {
  const [oldOid, newOid] = [oid("1"), oid("2")];
  return { path: encodeText(path), oldMode: "100644", newMode: "100644", oldOid, newOid, status: "M" };
}

function commit(parents: readonly ObjectId[], trailers = ""): Commit {
  return { parents, message: encodeText(`Subject\n\n${trailers}`) } as Commit;
}

const CHANGES = [change("a"), change("b")];

describe("the work that a co-sign is over", () => {
  it("is, of a plain commit, its change, its paths and its one parent, on a branch by its full name", () => {
    const work = workOf(POLICY, "release/1", { commit: commit([oid("3")]), changes: CHANGES });
    expect(work).toMatchObject({
      project: "acme",
      ref: "refs/heads/release/1",
      emergency: undefined,
      changes: CHANGES,
    });
    expect(work.block).toEqual({
      change: changeDigest(CHANGES),
      paths: pathsDigest(CHANGES),
      parents: 1,
      otherParents: [],
      own: undefined,
      dispute: undefined,
    });
  });

  it("is, of a commit without a parent, the same without any", () => {
    const { block } = workOf(POLICY, "main", { commit: commit([]), changes: CHANGES });
    expect(block).toMatchObject({ parents: 0, otherParents: [], own: undefined });
  });

  it("is, of a merge, its other parents too, and what it does itself", () => {
    const reading = { commit: commit([oid("3"), oid("4"), oid("6")]), changes: CHANGES };
    const { block } = workOf(POLICY, "main", { ...reading, own: [change("b")] });
    expect(block).toMatchObject({ parents: 3, otherParents: [oid("4"), oid("6")], own: changeDigest([change("b")]) });
    expect(workOf(POLICY, "main", reading).block.own).toBe(changeDigest([]));
  });

  it("says that the commit disputes its marks, and that it is an emergency, where the policy knows of either", () => {
    const reading = { commit: commit([oid("3")], TRAILERS), changes: CHANGES };
    const allowed = workOf(LENIENT, "main", reading);
    expect([allowed.block.dispute, allowed.emergency]).toEqual(["typed by hand", "the site is down"]);
    const strict = workOf(POLICY, "main", reading);
    expect([strict.block.dispute, strict.emergency]).toEqual([undefined, undefined]);
    const plain = workOf(LENIENT, "main", { commit: commit([oid("3")]), changes: CHANGES });
    expect([plain.block.dispute, plain.emergency]).toEqual([undefined, undefined]);
  });

  it("is worked out once, and only when it is asked for", () => {
    let reads = 0;
    const counted = CHANGES.map((of) => ({
      ...of,
      get path() {
        reads += 1;
        return of.path;
      },
    }));
    const work = workOf(POLICY, "main", { commit: commit([oid("3")]), changes: counted });
    expect(reads).toBe(0);
    const { block } = work;
    const once = reads;
    expect(work.block).toBe(block);
    expect(reads).toBe(once);
  });
});

describe("the lines that a co-sign is over", () => {
  const reading = { commit: commit([oid("3")], TRAILERS), changes: CHANGES };
  const head = {
    project: "acme",
    branches: [{ ref: "refs/heads/main", base: oid("5") }],
    cosigner: "ada@x",
    time: "2026-11-23T10:00:00Z",
  };

  it("are what the signer alone knows, and the work with the authors that were signed", () => {
    const work = workOf(POLICY, "main", reading);
    expect(signedLines(work, SIGNER)).toEqual({ head, blocks: [{ ...work.block, authors: ["bob@x"] }] });
  });

  it("are of an emergency only with its reason", () => {
    const work = workOf(POLICY, "main", reading);
    expect(signedLines(work, SIGNER).blocks[0]).not.toHaveProperty("emergency");
    expect(signedLines(work, SIGNER, "the site is down").blocks).toEqual([
      { ...work.block, authors: ["bob@x"], emergency: "the site is down" },
    ]);
  });

  it("may be those with the commit's emergency, or those without", () => {
    const urgent = workOf(LENIENT, "main", reading);
    expect(possibleLines(urgent, SIGNER)).toEqual([
      signedLines(urgent, SIGNER),
      signedLines(urgent, SIGNER, "the site is down"),
    ]);
    const plain = workOf(POLICY, "main", reading);
    expect(possibleLines(plain, SIGNER)).toEqual([signedLines(plain, SIGNER)]);
  });
});
