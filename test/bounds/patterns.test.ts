import { describe, expect, it } from "vitest";
import { isSuperlinear } from "./growth.ts";
import { hostileTexts, textOf } from "./hostile-texts.ts";
import { findPatterns, literalsOf, sourceFiles } from "./source-patterns.ts";

/** The text on which a pattern takes more and more time, shortened; undefined where there is none. */
function findSlowText(pattern: RegExp): string | undefined {
  const slow = hostileTexts(pattern).find((text) =>
    isSuperlinear((length) => {
      textOf(text, length).replace(pattern, "");
    }),
  );
  return slow && textOf(slow, 12);
}

describe("the search for slow patterns", () => {
  it("finds every literal of a program, and takes no division for one", () => {
    const program = 'a = b / c; /x/.test(d) / 2; f(/[/"]+$/g, `/no/`, "/no/"); // /no/\nreturn /\\/*/u;';
    expect(literalsOf(program).map(([source]) => source)).toEqual(["x", '[/"]+$', "\\/*"]);
  });

  it.each([/[^a-z)]+$/, /\s+$/, /^none\s*\s*(?:b|$)/, /"[^']*'/])("calls %s slow", (pattern) => {
    expect(findSlowText(pattern)).toBeDefined();
  });

  it.each([/^[ \t]+/, /[a-z]+/g, /^[^@]+@[^@]+$/, /\r?\n$/])("does not call %s slow", (pattern) => {
    expect(findSlowText(pattern)).toBeUndefined();
  });
});

it("no pattern of the source takes more than its share of time for a longer text", () => {
  const patterns = findPatterns();
  expect(patterns.length).toBeGreaterThan(250);
  const slow = patterns.flatMap(({ file, pattern }) => {
    const text = findSlowText(pattern);
    return text === undefined ? [] : [`${file}: ${pattern} on ${JSON.stringify(text)}`];
  });
  expect(slow).toEqual([]);
});

it("hardly any pattern is put together at run time, where this search does not see it", () => {
  const files = sourceFiles().filter(({ text }) => text.includes("new RegExp("));
  expect(files.map(({ file }) => file).sort()).toEqual([
    "core/src/object/encoding.ts",
    // Tried on hostile texts by themselves.
    "core/src/redact.ts",
    "git/src/rewrite/cosign-trailers.ts",
    // Of few wildcards.
    "setup/src/ci/branch-filters.ts",
    "setup/src/files/edits/edit-toml.ts",
  ]);
});
