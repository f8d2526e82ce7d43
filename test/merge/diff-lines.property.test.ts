import { writeFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { diffLines } from "../../packages/core/src/diff/diff-lines.ts";
import { run } from "../rig/process/run.ts";
import { openScratch, type Scratch } from "../rig/repository/scratch.ts";
import { pairs } from "./texts.ts";

// Without context git compares without what both files end with, which can give another answer.
const DIFF = ["diff", "--no-index", "--text", "--diff-algorithm=myers", "--no-indent-heuristic", "-U1"];

/** The hunks that git prints, each run of changed lines one. */
function hunksOf(scratch: Scratch, before: Buffer, after: Buffer) {
  writeFileSync(join(scratch.dir, "before"), before);
  writeFileSync(join(scratch.dir, "after"), after);
  const { stdout } = run("git", [...DIFF, "before", "after"], { cwd: scratch.dir, env: scratch.env });
  const hunks: { from: number; removed: number; to: number; added: number }[] = [];
  let [from, to] = [0, 0];
  let last = " ";
  for (const line of stdout.split("\n").slice(4)) {
    const header = /^@@ -(\d+)(,0)?(?:,\d+)? \+(\d+)(,0)?(?:,\d+)? @@/.exec(line);
    if (header) {
      // Of no lines git names the one before.
      from = Number(header[1]) - (header[2] ? 0 : 1);
      to = Number(header[3]) - (header[4] ? 0 : 1);
    }
    const kind = line.charAt(0);
    if (kind === "-" || kind === "+") {
      if (last !== "-" && last !== "+") hunks.push({ from, removed: 0, to, added: 0 });
      const hunk = hunks.at(-1) as (typeof hunks)[number];
      if (kind === "-") hunk.removed += 1;
      else hunk.added += 1;
    }
    if (kind === "-" || kind === " ") from += 1;
    if (kind === "+" || kind === " ") to += 1;
    if (kind !== "\\") last = kind;
  }
  return hunks;
}

describe("the hunks of two texts", () => {
  it.each([
    ["short texts of few lines", pairs(2, 8, 3), 100],
    ["texts whose lines repeat", pairs(6, 60, 8), 100],
    ["long texts of few lines", pairs(2, 3000, 400), 40],
    ["long texts", pairs(300, 3000, 400), 40],
  ] as const)("are those of git diff: %s", (_, arbitrary, runs) => {
    using scratch = openScratch();
    for (const [before, after] of fc.sample(arbitrary, runs)) {
      const texts = [before.toString(), after.toString()];
      expect({ texts, hunks: diffLines(before, after).hunks }).toEqual({
        texts,
        hunks: hunksOf(scratch, before, after),
      });
    }
  });
});

describe("the hunks of texts that have little in common", () => {
  it("are those of git diff, where it gives up the search for the shortest", () => {
    using scratch = openScratch();
    const text = fc.array(fc.integer({ min: 0, max: 1 }), { minLength: 3000, maxLength: 4000, size: "max" });
    const moved = fc.tuple(text, fc.nat(2000), fc.nat(2000)).map(([lines, from, to]) => {
      const rest = [...lines];
      rest.splice(to, 0, ...rest.splice(from, 800));
      return [lines, rest] as const;
    });
    for (const [a, b] of [...fc.sample(fc.tuple(text, text), 8), ...fc.sample(moved, 8)]) {
      const [before, after] = [Buffer.from(`${a.join("\n")}\n`), Buffer.from(`${b.join("\n")}\n`)];
      expect(diffLines(before, after).hunks).toEqual(hunksOf(scratch, before, after));
    }
  });
});
