import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { mergeLines } from "../../packages/core/src/merge/merge-lines.ts";
import { openScratch } from "../rig/repository/scratch.ts";
import { mergeFiles, type Triple } from "./merge-file.ts";
import { triples } from "./texts.ts";

/** The bytes of a clean merge as text of one character a byte. */
function merged(triple: Triple): string | undefined {
  const merge = mergeLines(...triple);
  return merge.clean ? Buffer.from(merge.bytes).toString("latin1") : undefined;
}

/** How often texts of a kind are merged, how often cleanly. Every one must be merged as git merges it. */
function compare(sample: readonly Triple[]): { clean: number; conflicts: number } {
  using scratch = openScratch();
  const expected = mergeFiles(scratch, sample);
  const count = { clean: 0, conflicts: 0 };
  for (const [index, triple] of sample.entries()) {
    const texts = triple.map((bytes) => Buffer.from(bytes).toString("latin1"));
    expect({ texts, merged: merged(triple) }).toEqual({ texts, merged: expected[index]?.toString("latin1") });
    if (expected[index]) count.clean += 1;
    else count.conflicts += 1;
  }
  return count;
}

describe("what is merged line by line", () => {
  it.each([
    ["short texts of few lines", triples(2, 8, 3), 300],
    ["texts whose lines repeat", triples(6, 40, 5), 300],
    ["texts whose lines hardly repeat", triples(500, 100, 6), 150],
    ["long texts of few lines", triples(3, 1000, 40), 40],
    ["long texts", triples(100, 2000, 10), 40],
  ] as const)("is what git merge-file merges cleanly, to the same bytes: %s", (_, arbitrary, runs) => {
    const { clean, conflicts } = compare(fc.sample(arbitrary, runs));
    expect(clean).toBeGreaterThan(0);
    expect(conflicts).toBeGreaterThan(0);
  });

  it("is what git merge-file merges cleanly: files that are binary, and just not", () => {
    const at = (index: number) => Buffer.from(`${"x".repeat(index)}\0\n`);
    const sides = [Buffer.from("x\n"), Buffer.from("y\n"), at(0), at(7999), at(8000)];
    const sample = sides.flatMap((base) =>
      sides.flatMap((ours) => sides.map((theirs): Triple => [base, ours, theirs])),
    );
    compare(sample);
  });
});
