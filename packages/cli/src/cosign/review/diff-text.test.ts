import { type Paint, PLAIN } from "@countersign/report";
import { describe, expect, it } from "vitest";
import { DiffText, readLines } from "./diff-text.ts";

const NAMED: Paint = {
  bad: (text) => `bad:${text}`,
  good: (text) => `good:${text}`,
  strong: (text) => `strong:${text}`,
  dim: (text) => `dim:${text}`,
};

function shown(lines: readonly string[], paint = PLAIN): readonly string[] {
  const text = new DiffText(paint);
  return lines.map((line) => text.line(Buffer.from(line, "latin1")));
}

describe("a line of a diff", () => {
  it.each([
    ["a sequence that conceals", "+x \x1b[8mhidden", "+x \\u{1b}[8mhidden"],
    ["a sequence that sets the title", "+\x1b]0;title\x07", "+\\u{1b}]0;title\\u{7}"],
    ["a carriage return that overwrites", "+evil\rgood", "+evil\\u{d}good"],
    ["C1 controls in UTF-8", "+\xc2\x9b31m", "+\\u{9b}31m"],
    ["an override of direction", "+\xe2\x80\xae", "+\\u{202e}"],
    ["bytes that are not UTF-8", "+\xff\x9b31m", "+\\xff\\x9b31m"],
  ])("shows %s and does not send it", (_, line, expected) => {
    expect(shown([line])).toEqual([expected]);
  });

  it("keeps tabs and letters of every language", () => {
    const line = Buffer.from("+\tgrüße 你好", "utf8");
    expect(new DiffText(PLAIN).line(line)).toBe("+\tgrüße 你好");
  });

  it("is never cut, since all of it is signed", () => {
    const long = `+${"x".repeat(100_000)}`;
    expect(shown([long])).toEqual([long]);
  });

  it("has the colour of what comes and goes within a hunk alone", () => {
    const lines = [
      "diff --git a/a b/a",
      "--- a/a",
      "+++ b/a",
      "@@ -1 +1 @@",
      "--- x",
      "+++ y",
      " z",
      "diff --git a/b b/b",
      "--- a/b",
    ];
    expect(shown(lines, NAMED)).toEqual([
      "strong:diff --git a/a b/a",
      "--- a/a",
      "+++ b/a",
      "dim:@@ -1 +1 @@",
      "bad:--- x",
      "good:+++ y",
      " z",
      "strong:diff --git a/b b/b",
      "--- a/b",
    ]);
  });
});

it("lines are the same however the stream is cut", async () => {
  const whole = Buffer.from("a\n\nbc\nd");
  for (let cut = 0; cut <= whole.length; cut += 1) {
    const stream = (async function* () {
      yield whole.subarray(0, cut);
      yield whole.subarray(cut);
    })();
    const lines: string[] = [];
    for await (const line of readLines(stream)) lines.push(Buffer.from(line).toString());
    expect(lines).toEqual(["a", "", "bc", "d"]);
  }
});
