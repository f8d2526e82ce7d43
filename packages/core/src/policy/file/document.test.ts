import { describe, expect, it } from "vitest";
import { LEAST, problemsOf } from "./policy-problems.fixture.ts";

const disguise = (code: string) => `the character U+${code} is not allowed; it can make the file look like another`;

describe("a file is refused that", () => {
  it.each<[what: string, text: string | Uint8Array, problems: readonly string[]]>([
    ["nothing", "", ["line 1: the file is empty"]],
    ["comments alone", "# later\n", ["line 1: the file is empty"]],
    ["null", "~\n", ["line 1: the file is empty"]],
    ["text", "version 1\n", ["line 1: the file has no fields; it begins with version: 1"]],
    ["a list", "- version: 1\n", ["line 1: the file has no fields; it begins with version: 1"]],
    [
      "more than 256 KiB",
      `${LEAST}#${"x".repeat(256 * 1024)}`,
      ["line 1: the file has 262188 bytes; at most 262144 are read"],
    ],
    ["bytes that are no UTF-8", Uint8Array.of(0x76, 0xff), ["line 1: the file is not valid UTF-8"]],
    ["UTF-16", Uint8Array.of(0xff, 0xfe, 0x76, 0x00), ["line 1: the file is not valid UTF-8"]],
    ["two documents", `${LEAST}---\n${LEAST}`, ["line 3: a second document begins here; the file must be one"]],
    [
      "a document after an end mark",
      `${LEAST}...\n${LEAST}`,
      ["line 3: a second document begins here; the file must be one"],
    ],
    [
      "an indented mark of a document",
      "  ---\n? version\n",
      [
        "line 1: --- must stand at the beginning of its line",
        "line 2: version is empty, not 1",
        "line 2: protect is missing",
      ],
    ],
    ["a directive that nothing knows", `# one\n%MODE warn\n---\n${LEAST}`, ["line 2: a directive (%) is not allowed"]],
    ["a directive", `%YAML 1.1\n---\n${LEAST}`, ["line 1: a directive (%) is not allowed"]],
    [
      "an anchor",
      `${LEAST}levels: &a [senior]\n`,
      ["line 3: an anchor (&) is not allowed; write the value where it is needed"],
    ],
    [
      "an alias",
      `${LEAST}exempt: [*a]\n`,
      ["line 3: exempt[0] is an alias (*), which is not allowed; write the value here"],
    ],
    [
      "a tag",
      `${LEAST}project: !!str 12\n`,
      [
        "line 3: a tag (!) is not allowed; put text that begins with ! in quotes",
        "line 3: project is the number 12, not text; put it in quotes",
      ],
    ],
    [
      "a tag of a program",
      `${LEAST}project: !!js/function x\n`,
      ["line 3: a tag (!) is not allowed; put text that begins with ! in quotes"],
    ],
    [
      "a tag on a block",
      `${LEAST}project: !x |\n  a\n`,
      [
        "line 3: a tag (!) is not allowed; put text that begins with ! in quotes",
        "line 3: project is not 1 to 200 ASCII characters without blanks, or is -",
      ],
    ],
    ["a merge key", `${LEAST}cosign: { <<: { count: 0 } }\n`, ["line 3: cosign.<< is not a known key"]],
    ["a key that stands twice", `${LEAST}mode: warn\nmode: enforce\n`, ["line 4: mode is set again, after line 3"]],
    [
      "a key that stands twice in JSON",
      '{\n"version": 1,\n"mode": "warn",\n"\\u006dode": "enforce" }',
      ["line 1: protect is missing", "line 4: mode is set again, after line 3"],
    ],
    ["a key that is no text", `${LEAST}1: x\n`, ["line 3: a key must be text"]],
    ["a key that is a list", `${LEAST}? [a]\n: x\n`, ["line 3: a key must be text"]],
    ["__proto__", `${LEAST}__proto__: { mode: warn }\n`, ["line 3: __proto__ is not a known key"]],
    [
      "constructor in JSON",
      '{"version":1,"protect":[{"branches":["main"],"constructor":{"prototype":{"x":1}}}]}',
      ["line 1: protect[0].constructor is not a known key"],
    ],
    ["commas alone", `[${",".repeat(200_000)}`, ["line 1: expected the node content, but found ','"]],
    ["broken JSON", '{"version": 1,\n', ["line 2: unexpected end of the stream within a flow collection"]],
    ["broken YAML", "version: 1\n protect: x\n", ["line 2: bad indentation of a mapping entry"]],
    [
      "a tab for indentation",
      "version: 1\nprotect:\n\t- x\n",
      ["line 3: tab characters must not be used in indentation"],
    ],
    [
      "an indented mark behind a byte order mark",
      "\ufeff ---\n? version\n",
      [
        "line 1: --- must stand at the beginning of its line",
        "line 2: version is empty, not 1",
        "line 2: protect is missing",
      ],
    ],
    [
      "a directive behind a byte order mark",
      `\ufeff%YAML 1.1\n---\n${LEAST}`,
      ["line 1: a directive (%) is not allowed"],
    ],
    [
      "a key behind a list's last entry",
      `${LEAST}levels:\n- "senior" mode: warn\n`,
      ["line 4: mode must begin its line"],
    ],
    [
      "a key with its mark behind a list",
      `${LEAST}levels:\n- [senior] ? mode\n: warn\n`,
      ["line 4: mode must begin its line", "line 4: levels[0] is a list, not text"],
    ],
    [
      "a line that a carriage return alone ends",
      `${LEAST}# one\rmode: warn\n`,
      [`line 3: ${disguise("000D")}`, "line 4: mode must begin its line"],
    ],
    ["a line break that few know", `${LEAST}# one\u2028mode: warn\n`, [`line 3: ${disguise("2028")}`]],
    ["the line break of mainframes", `${LEAST}# one\u0085mode: warn\n`, [`line 3: ${disguise("0085")}`]],
    ["a command to the terminal", `${LEAST}mode: warn # \x1b[2K\n`, [`line 3: ${disguise("001B")}`]],
    ["letters in another order than shown", `${LEAST}# \u202eenon\n`, [`line 3: ${disguise("202E")}`]],
    [
      "an escape of a character that is none",
      `${LEAST}project: "\\UFFFF0041"\n`,
      ["line 3: \\UFFFF0041 is not a character"],
    ],
    ["such an escape in a key", `${LEAST}"\\U8000006dode": warn\n`, ["line 3: \\U8000006d is not a character"]],
    ["half a character", `${LEAST}project: "\\ud800"\n`, ["line 3: project has half a character or a NUL"]],
    ["a NUL", `${LEAST}rules: [{ name: a, deny: "\\0" }]\n`, ["line 3: rules[0].deny has half a character or a NUL"]],

    [
      "one byte too many",
      `${LEAST}#`.padEnd(256 * 1024 + 1, "x"),
      ["line 1: the file has 262145 bytes; at most 262144 are read"],
    ],
    [
      "a document after comments",
      `${LEAST}# one\n# two\n--- # here\n${LEAST}`,
      ["line 5: a second document begins here; the file must be one"],
    ],
    [
      "three documents",
      `${LEAST}---\na: 1\n---\nb: 1\n`,
      ["line 3: a second document begins here; the file must be one"],
    ],
    [
      "a directive and nothing else",
      "%YAML 1.2\n---\n",
      ["line 1: a directive (%) is not allowed", "line 1: the file is empty"],
    ],
    [
      "an anchor and a tag on one value",
      `${LEAST}stamp: &b !x Assisted-by\n`,
      [
        "line 3: an anchor (&) is not allowed; write the value where it is needed",
        "line 3: a tag (!) is not allowed; put text that begins with ! in quotes",
      ],
    ],
    ["an alias as a key", `${LEAST}*a : 1\n`, ["line 3: a key must be text"]],
    [
      "a group that stands twice",
      `${LEAST}cosign:\n  count: 2\ncosign:\n  count: [1, { a: 2 }]\n  level: x\nmode: warm\n`,
      ["line 5: cosign is set again, after line 3", 'line 8: mode is the text "warm", not enforce or warn'],
    ],
    [
      "a key that is a group",
      `${LEAST}? { a: [1, 2] }\n: { b: [3] }\nmode: warm\n`,
      ["line 3: a key must be text", 'line 5: mode is the text "warm", not enforce or warn'],
    ],
    ["an empty key", `${LEAST}? \n: x\n`, ["line 2: a key must be text"]],
    ["a break of paragraphs that few know", `${LEAST}# one\u2029mode: warn\n`, [`line 3: ${disguise("2029")}`]],
    ["a mark that sets letters apart", `${LEAST}# \u2066enon\u2069\n`, [`line 3: ${disguise("2066")}`]],
    ["a byte order mark within", `${LEAST}# \ufeffenon\n`, [`line 3: ${disguise("FEFF")}`]],
    [
      "the first number that is not a character's",
      `${LEAST}project: "\\U00110000"\n`,
      ["line 3: \\U00110000 is not a character", "line 3: project has half a character or a NUL"],
    ],
    [
      "an escape of no character on a later line of its text",
      `${LEAST}rules:\n- { deny: x, name: "a\n  \\\\ \\UFFFF0041 c" }\nmode: warm\n`,
      ["line 5: \\UFFFF0041 is not a character", 'line 6: mode is the text "warm", not enforce or warn'],
    ],
    [
      "two escapes of no character",
      `${LEAST}project: "\\UFFFF0041\\UFFFF0042"\n`,
      ["line 3: \\UFFFF0041 is not a character", "line 3: \\UFFFF0042 is not a character"],
    ],
    [
      "a list one level too deep",
      `${LEAST}project: ${"[".repeat(32)}${"]".repeat(32)}\n`,
      ["line 3: nested deeper than 32 levels"],
    ],
    [
      "a disguise and broken YAML",
      'a: "\u001b\n[',
      [`line 1: ${disguise("001B")}`, "line 1: expected valid JSON character"],
    ],
    [
      "a disguise and an anchor",
      `${LEAST}# \u001b\nlevels: &a [senior]\n`,
      [`line 3: ${disguise("001B")}`, "line 4: an anchor (&) is not allowed; write the value where it is needed"],
    ],
    [
      "numbers that are written in another way",
      `${LEAST}project: 0x1F\ncosign: { self: TRUE, count: +1 }\n`,
      [
        'line 3: project is 0x1F, which would be read as 31; write 31, or "0x1F" in quotes for text',
        'line 4: cosign.self is TRUE, which would be read as true; write true, or "TRUE" in quotes for text',
        'line 4: cosign.count is +1, which would be read as 1; write 1, or "+1" in quotes for text',
      ],
    ],
  ])("holds %s", (_, text, problems) => {
    expect(problemsOf(text)).toEqual(problems);
  });

  it.each([
    ["as many bytes as are read", `${LEAST}#`.padEnd(256 * 1024, "x")],
    ["an end mark and nothing behind it", `${LEAST}...\n`],
    [
      "signs of other features within text",
      `${LEAST}rules: [{ name: "100% & more", deny: "a * b ! --- c" }]\n# %\n# ---\n`,
    ],
    ["the last character that there is", `${LEAST}rules: [{ name: "\\U0010FFFF", deny: x }]\n`],
    ["a key in quotes that is a number without them, as any text", `${LEAST}rules:\n- "name": "12"\n  deny: '1e3'\n`],
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
