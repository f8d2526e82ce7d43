import { describe, expect, it } from "vitest";
import { LEAST, problemsOf } from "./policy-problems.fixture.ts";

describe("a file is refused that", () => {
  it.each<[string, string | Uint8Array, RegExp]>([
    ["nothing", "", /^line 1: the file is empty/],
    ["comments alone", "# later\n", /empty/],
    ["null", "~\n", /empty/],
    ["text", "version 1\n", /no fields/],
    ["a list", "- version: 1\n", /no fields/],
    ["more than 256 KiB", `${LEAST}#${"x".repeat(256 * 1024)}`, /262144 are read at most/],
    ["bytes that are no UTF-8", Uint8Array.of(0x76, 0xff), /not valid UTF-8/],
    ["UTF-16", Uint8Array.of(0xff, 0xfe, 0x76, 0x00), /not valid UTF-8/],
    ["two documents", `${LEAST}---\n${LEAST}`, /^line 3: a second document/],
    ["a document after an end mark", `${LEAST}...\n${LEAST}`, /second document/],
    ["an indented mark of a document", "  ---\n? version\n", /^line 1: --- must stand/],
    ["a directive that nothing knows", `# one\n%MODE warn\n---\n${LEAST}`, /^line 2: a directive/],
    ["a directive", `%YAML 1.1\n---\n${LEAST}`, /^line 1: a directive/],
    ["an anchor", `${LEAST}levels: &a [senior]\n`, /^line 3: an anchor/],
    ["an alias", `${LEAST}exempt: [*a]\n`, /^line 3: exempt\[0\] is an alias/],
    ["a tag", `${LEAST}project: !!str 12\n`, /^line 3: a tag/],
    ["a tag of a program", `${LEAST}project: !!js/function x\n`, /^line 3: a tag/],
    ["a tag on a block", `${LEAST}project: !x |\n  a\n`, /^line 3: a tag/],
    ["a merge key", `${LEAST}cosign: { <<: { count: 0 } }\n`, /cosign.<< is not a known key/],
    ["a key that stands twice", `${LEAST}mode: warn\nmode: enforce\n`, /^line 4: mode is set again, after line 3/],
    [
      "a key that stands twice in JSON",
      '{\n"version": 1,\n"mode": "warn",\n"\\u006dode": "enforce" }',
      /^line 4: mode is set again/,
    ],
    ["a key that is no text", `${LEAST}1: x\n`, /^line 3: a key must be text/],
    ["a key that is a list", `${LEAST}? [a]\n: x\n`, /^line 3: a key must be text/],
    ["__proto__", `${LEAST}__proto__: { mode: warn }\n`, /__proto__ is not a known key/],
    [
      "constructor in JSON",
      '{"version":1,"protect":[{"branches":["main"],"constructor":{"prototype":{"x":1}}}]}',
      /constructor is not a known key/,
    ],
    ["commas alone", `[${",".repeat(200_000)}`, /^line 1: /],
    ["broken JSON", '{"version": 1,\n', /^line /],
    ["broken YAML", "version: 1\n protect: x\n", /^line /],
    ["a tab for indentation", "version: 1\nprotect:\n\t- x\n", /^line 3/],
    ["an indented mark behind a byte order mark", "\ufeff ---\n? version\n", /^line 1: --- must stand/],
    ["a directive behind a byte order mark", `\ufeff%YAML 1.1\n---\n${LEAST}`, /^line 1: a directive/],
    [
      "a key behind a list's last entry",
      `${LEAST}levels:\n- "senior" mode: warn\n`,
      /^line 4: mode must begin its line/,
    ],
    ["a key with its mark behind a list", `${LEAST}levels:\n- [senior] ? mode\n: warn\n`, /^line 4: mode must begin/],
    ["a line that a carriage return alone ends", `${LEAST}# one\rmode: warn\n`, /^line 3: the character U\+000D/],
    ["a line break that few know", `${LEAST}# one\u2028mode: warn\n`, /^line 3: the character U\+2028/],
    ["the line break of mainframes", `${LEAST}# one\u0085mode: warn\n`, /^line 3: the character U\+0085/],
    ["a command to the terminal", `${LEAST}mode: warn # \x1b[2K\n`, /^line 3: the character U\+001B/],
    ["letters in another order than shown", `${LEAST}# \u202eenon\n`, /^line 3: the character U\+202E/],
    [
      "an escape of a character that is none",
      `${LEAST}project: "\\UFFFF0041"\n`,
      /^line 3: \\UFFFF0041 is no character/,
    ],
    ["such an escape in a key", `${LEAST}"\\U8000006dode": warn\n`, /^line 3: \\U8000006d is no character/],
    ["half a character", `${LEAST}project: "\\ud800"\n`, /half a character/],
    ["a NUL", `${LEAST}rules: [{ name: a, deny: "\\0" }]\n`, /NUL/],
  ])("holds %s", (_name, text, problem) => {
    expect(
      problemsOf(text).some((told) => problem.test(told)),
      problemsOf(text).join("\n"),
    ).toBe(true);
  });

  it.each([
    ["a byte order mark", `\ufeff${LEAST}mode: warn\n`],
    ["line ends of Windows", `${LEAST}mode: warn\n`.replaceAll("\n", "\r\n")],
    ["keys behind lists", `${LEAST}levels:\n- "senior" # why\n"mode": warn\n? 'project'\n: a\n`],
    ["keys with their marks on lines of their own", `${LEAST}?\n  mode\n: warn\n`],
    ["escapes and backslashes", `${LEAST}rules: [{ name: "\\U0001F600 \\\\UFFFF0041 \\u0041FFFFFF", deny: x }]\n`],
    ["tabs and foreign letters", `${LEAST}# \t\u00e4 \u05d0\u05d1 \u{1f469}\u200d\u{1f4bb}\n`],
  ])("is taken with %s", (_name, text) => {
    expect(problemsOf(text)).toEqual([]);
  });

  it.each([
    ["brackets", "[".repeat(1000)],
    ["closed brackets", "[".repeat(100_000) + "]".repeat(100_000)],
    ["braces", "{a: ".repeat(60_000)],
    ["dashes", "- ".repeat(130_000)],
    ["question marks", "? ".repeat(130_000)],
    ["indentation", Array.from({ length: 500 }, (_, depth) => `${" ".repeat(depth)}a:`).join("\n")],
  ])("is nested too deep by %s", (_name, text) => {
    expect(problemsOf(text)).toEqual([expect.stringContaining("nested deeper than 32 levels")]);
  });

  it("leaves the prototype of objects alone", () => {
    problemsOf(
      `${LEAST}__proto__: { x: 1 }\nconstructor: { prototype: { x: 1 } }\ncosign: { "__proto__": { x: 1 } }\n`,
    );
    expect(({} as { x?: number }).x).toBeUndefined();
  });
});
