import { describe, expect, it } from "vitest";
import { encodeText } from "../../bytes.ts";
import type { Block } from "../../cosign/lines.ts";
import { blockOf } from "../../ledger/blocks.fixture.ts";
import { HEAD } from "../../ledger/ledger-world.fixture.ts";
import type { Change } from "../../object/change.ts";
import type { Commit } from "../../object/commit.ts";
import type { ObjectId } from "../../object/oid.ts";
import type { Place } from "./ledger-claims.ts";
import { findNearMiss } from "./near-miss.ts";

const HERE: Place = { project: "acme/payments", ref: "refs/heads/main" };
const id = (digit: string) => digit.repeat(40) as ObjectId;

const change = (path: string, from = "1", to = "2"): Change => ({
  path: encodeText(path),
  oldMode: "100644",
  newMode: "100644",
  oldOid: id(from),
  newOid: id(to),
  status: "M",
});

interface Asked {
  readonly place?: Place;
  readonly approved?: readonly Change[];
  readonly landing?: readonly Change[];
  readonly author?: string;
  readonly block?: Partial<Block>;
  readonly head?: Partial<typeof HEAD>;
  readonly blockNumber?: number;
}

/** Why an approval of Bob's change of `a` does not speak for his commit. */
function missOf({
  place = HERE,
  approved = [change("a")],
  landing = approved,
  author = "Bob@acme.example",
  block = {},
  head = {},
  blockNumber = 1,
}: Asked) {
  const lines = { head: { ...HEAD, ...head }, blocks: [{ ...blockOf(approved), ...block }] };
  const commit = { oid: id("c"), parents: [], author: { name: "Bob", email: author } } as unknown as Commit;
  return findNearMiss(place, { commit, changes: landing, own: landing }, { lines, blockNumber, changes: approved });
}

describe("the same change was approved", () => {
  it.each<[what: string, asked: Asked, reason: string]>([
    ["for another project", { head: { project: "acme/other" } }, "it was signed for the project acme/other"],
    ["for no project", { head: { project: undefined } }, "it was signed for no project"],
    [
      "for other branches",
      {
        head: {
          branches: [
            { ref: "refs/heads/next", base: undefined },
            { ref: "refs/tags/v1", base: undefined },
          ],
        },
      },
      "it was signed for next, refs/tags/v1, and not for main",
    ],
    [
      "for a branch, and lands on what is none",
      { place: { ...HERE, ref: "refs/notes/x" } },
      "it was signed for main, and not for refs/notes/x",
    ],
    ["for an emergency", { block: { emergency: "uploads fail" } }, 'it was signed for the emergency "uploads fail"'],
    ["for a dispute", { block: { dispute: "a formatter" } }, 'it was signed for the dispute "a formatter"'],
    [
      "for a merge",
      { block: { parents: 2 } },
      "it was signed for a merge, with its other parents and what it does itself",
    ],
    ["for a plain commit", {}, "it was signed for a plain commit, and not for a merge or a dispute"],
    [
      "for a block that is not there",
      { blockNumber: 2 },
      "it was signed for a plain commit, and not for a merge or a dispute",
    ],
    [
      "for one of several branches",
      {
        head: {
          branches: [
            { ref: "refs/heads/next", base: undefined },
            { ref: "refs/heads/main", base: undefined },
          ],
        },
      },
      "it was signed for a plain commit, and not for a merge or a dispute",
    ],
    [
      "for some branch, where any will do",
      { place: { ...HERE, ref: undefined } },
      "it was signed for a plain commit, and not for a merge or a dispute",
    ],
  ])("%s", (_, asked, reason) => {
    expect(missOf(asked)).toBe(reason);
  });
});

describe("another change of the same paths was approved", () => {
  const both = [change("a"), change("b")];

  it("and the commit is the same author's work, from the same file or to the same", () => {
    const reason = "what it approved of a is not what lands";
    expect(missOf({ approved: both, landing: [change("a", "1", "3"), change("b")] })).toBe(reason);
    expect(missOf({ landing: [change("a", "1", "3")] })).toBe(reason);
    expect(missOf({ landing: [change("a", "3", "2")] })).toBe(reason);
  });

  it("for another place, which is said too", () => {
    expect(missOf({ landing: [change("a", "1", "3")], head: { project: "acme/other" } })).toBe(
      "it was signed for the project acme/other, and what it approved of a is not what lands",
    );
  });

  it("and nothing is said where it is likely to be about something else", () => {
    expect(missOf({ landing: [change("a", "3", "4")] })).toBeUndefined();
    expect(missOf({ landing: [change("a", "1", "3")], author: "eve@acme.example" })).toBeUndefined();
    expect(missOf({ landing: [change("a", "1", "3")], blockNumber: 2 })).toBeUndefined();
    expect(missOf({ approved: [change("a")], landing: [change("a", "3", "4"), change("b")] })).toBeUndefined();
  });

  it("and every path is named that differs, or that was not approved there", () => {
    expect(missOf({ approved: both, landing: [change("a"), change("c")] })).toBe(
      "what it approved of c is not what lands",
    );
    expect(missOf({ approved: [change("a")], landing: [change("a", "1", "3"), change("b")] })).toBe(
      "what it approved of a, b is not what lands",
    );
  });
});
