import { describe, expect, it } from "vitest";
import {
  asciiLowerCase,
  decodeStrictly,
  decodeText,
  encodeText,
  equalBytes,
  isSpace,
  startsWithAscii,
  trimBytes,
} from "./bytes.ts";

describe("git's white space", () => {
  it.each([" ", "\t", "\n", "\r"])("is %j", (text) => {
    expect(isSpace(encodeText(text)[0])).toBe(true);
  });

  it.each(["\v", "\f", "\0", "a"])("is not %j", (text) => {
    expect(isSpace(encodeText(text)[0])).toBe(false);
  });

  it.each<[text: string, trimmed: string]>([
    [" \t\r\na b\n", "a b"],
    ["\u00a0a\ufeff", "\u00a0a\ufeff"],
    ["\va\f", "\va\f"],
    ["\u2028a\u3000", "\u2028a\u3000"],
    [" \n", ""],
    ["", ""],
  ])("is all that is taken off the ends of %j", (text, trimmed) => {
    expect(decodeText(trimBytes(encodeText(text)))).toBe(trimmed);
  });
});

describe("text", () => {
  it("keeps a byte order mark, which makes a trailer's key no key", () => {
    expect(decodeText(encodeText("\ufeffa"))).toBe("\ufeffa");
    expect(decodeStrictly(encodeText("\ufeffa"))).toBe("\ufeffa");
  });

  it("shows bytes that are no UTF-8 and refuses to decide by them", () => {
    const bytes = Uint8Array.from([0x61, 0xff, 0x62]);
    expect(decodeText(bytes)).toBe("a\ufffdb");
    expect(decodeStrictly(bytes)).toBeUndefined();
  });

  it.each<[what: string, bytes: readonly number[]]>([
    ["an overlong slash", [0xc0, 0xaf]],
    ["half a surrogate pair", [0xed, 0xa0, 0x80]],
    ["a code point above the last", [0xf4, 0x90, 0x80, 0x80]],
    ["a cut sequence", [0xe2, 0x82]],
  ])("is not UTF-8 with %s", (_, bytes) => {
    expect(decodeStrictly(Uint8Array.from(bytes))).toBeUndefined();
  });

  it("is lower-cased in ASCII alone", () => {
    expect(asciiLowerCase("ABCxyz@ACME.example")).toBe("abcxyz@acme.example");
    // The Kelvin sign and the dotted I become ASCII letters by Unicode's rule.
    expect(asciiLowerCase("\u212aİÄ")).toBe("\u212aİÄ");
  });
});

it("compares bytes at an offset with ASCII text", () => {
  const bytes = encodeText("xtree");
  expect(startsWithAscii(bytes, "tree", 1)).toBe(true);
  expect(startsWithAscii(bytes, "tree ", 1)).toBe(false);
  expect(startsWithAscii(bytes, "tree")).toBe(false);
});

it("compares bytes for equality", () => {
  expect(equalBytes(encodeText("ab"), encodeText("ab"))).toBe(true);
  expect(equalBytes(encodeText("ab"), encodeText("ac"))).toBe(false);
  expect(equalBytes(encodeText("ab"), encodeText("abc"))).toBe(false);
});
