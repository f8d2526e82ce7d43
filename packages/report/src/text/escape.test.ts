import { describe, expect, it } from "vitest";
import { escapeLine, escapeText } from "./escape.ts";

describe("foreign text", () => {
  it.each<[what: string, text: string, shown: string]>([
    ["an escape sequence", "\u001b[31mred", "\\u{1b}[31mred"],
    ["a carriage return", "refused\rallowed", "refused\\u{d}allowed"],
    ["a line feed", "a\nb", "a\\u{a}b"],
    ["a tab", "a\tb", "a\\u{9}b"],
    ["a backspace", "a\bb", "a\\u{8}b"],
    ["a NUL", "a\0b", "a\\u{0}b"],
    ["a DEL", "a\u007fb", "a\\u{7f}b"],
    ["a C1 control sequence", "\u009b2J", "\\u{9b}2J"],
    ["a next line", "a\u0085b", "a\\u{85}b"],
    ["a right-to-left override", "\u202egpj.exe", "\\u{202e}gpj.exe"],
    ["an isolate", "\u2066a\u2069", "\\u{2066}a\\u{2069}"],
    ["an Arabic letter mark", "a\u061cb", "a\\u{61c}b"],
    ["a zero-width space", "ad\u200ba", "ad\\u{200b}a"],
    ["a zero-width joiner", "ad\u200da", "ad\\u{200d}a"],
    ["a word joiner", "ad\u2060a", "ad\\u{2060}a"],
    ["a byte order mark", "\ufeffa", "\\u{feff}a"],
    ["a soft hyphen", "a\u00adb", "a\\u{ad}b"],
    ["a line separator", "a\u2028b", "a\\u{2028}b"],
    ["a paragraph separator", "a\u2029b", "a\\u{2029}b"],
    ["tag characters", "a\u{e0041}", "a\\u{e0041}"],
    ["a lone surrogate", "a\ud800b", "a\\u{d800}b"],
    ["a Hangul filler", "a\u3164b", "a\\u{3164}b"],
    ["an empty Braille cell", "a\u2800b", "a\\u{2800}b"],
    ["a grapheme joiner", "a\u034fb", "a\\u{34f}b"],
  ])("shows %s", (_, text, shown) => {
    expect(escapeText(text)).toBe(shown);
  });

  it.each(["Žofie Ñandú", "山田太郎", "🤖 Generated", "a\u00a0b", "naïve", "x'; rm -rf /", "<script>"])(
    "leaves %j as it is",
    (text) => {
      expect(escapeText(text)).toBe(text);
    },
  );

  it("is cut where it is long", () => {
    expect(escapeText("a".repeat(201))).toBe(`${"a".repeat(200)}…`);
    expect(escapeText("a".repeat(200))).toBe("a".repeat(200));
    expect(escapeText("abc", 2)).toBe("ab…");
  });

  it("is not cut within a character", () => {
    expect(escapeText(`${"a".repeat(9)}🤖b`, 10)).not.toMatch(/\\u\{d8/);
  });

  it("holds nothing that a terminal acts upon, whatever it is", () => {
    const all = Array.from({ length: 0x3000 }, (_, code) => String.fromCharCode(code)).join("");
    expect(escapeText(all, all.length)).not.toMatch(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u);
  });
});

describe("a whole line", () => {
  it.each<[text: string, shown: string]>([
    ["::set-output name=x::y", "\\::set-output name=x::y"],
    ["  ::warning::x", "  \\::warning::x"],
    ["##vso[task.complete]", "#\\u{23}vso[task.complete]"],
    ["##[error]x", "#\\u{23}[error]x"],
    ["a path ##[stop-commands]x", "a path #\\u{23}[stop-commands]x"],
    ["a path ##teamcity[message]", "a path #\\u{23}teamcity[message]"],
    ["a ###[x]", "a ##\\u{23}[x]"],
    ["a ## [link](x)", "a ## [link](x)"],
    ["a ::set-output", "a ::set-output"],
    ["# heading", "# heading"],
  ])("%j commands no CI system", (text, shown) => {
    expect(escapeLine(text)).toBe(shown);
  });

  it("may be longer than a quoted text", () => {
    expect(escapeLine("a".repeat(1000))).toBe("a".repeat(1000));
    expect(escapeLine("a".repeat(3000))).toHaveLength(2001);
  });
});
