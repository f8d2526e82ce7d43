import { describe, expect, it } from "vitest";
import { compileGlob } from "./glob.ts";

/** What git's own suite (t3070) expects of its matcher with paths: pattern, what it matches, what it does not. */
const GIT_EXPECTS: readonly (readonly [pattern: string, matches: readonly string[], not: readonly string[]])[] = [
  ["foo", ["foo"], []],
  ["bar", [], ["foo"]],
  ["", [""], ["foo"]],
  ["???", ["foo"], []],
  ["??", [], ["foo"]],
  ["*", ["foo"], []],
  ["f*", ["foo"], []],
  ["*f", [], ["foo"]],
  ["*foo*", ["foo"], []],
  ["*ob*a*r*", ["foobar"], []],
  ["*ab", ["aaaaaaabababab"], []],
  ["foo\\*", ["foo*"], []],
  ["foo\\*bar", [], ["foobar"]],
  ["f\\\\oo", ["f\\oo"], []],
  ["foo\\", [], ["foo\\"]],
  ["*[al]?", ["ball"], []],
  ["[ten]", [], ["ten"]],
  ["**[!te]", ["ten"], []],
  ["**[!ten]", [], ["ten"]],
  ["t[a-g]n", ["ten"], []],
  ["t[!a-g]n", ["ton"], ["ten"]],
  ["t[^a-g]n", ["ton"], []],
  ["a[]]b", ["a]b"], []],
  ["a[]-]b", ["a-b", "a]b"], ["aab"]],
  ["a[]a-]b", ["aab"], []],
  ["]", ["]"], []],
  ["foo*bar", [], ["foo/baz/bar"]],
  ["foo**bar", ["foobazbar"], ["foo/baz/bar"]],
  ["foo/**/bar", ["foo/baz/bar", "foo/b/a/z/bar", "foo/bar"], []],
  ["foo/**/**/bar", ["foo/baz/bar", "foo/b/a/z/bar", "foo/bar"], []],
  ["foo?bar", [], ["foo/bar"]],
  ["foo[/]bar", [], ["foo/bar"]],
  ["foo[^a-z]bar", [], ["foo/bar"]],
  ["f[^eiu][^eiu][^eiu][^eiu][^eiu]r", ["foo-bar"], ["foo/bar"]],
  ["**/foo", ["foo", "XXX/foo", "bar/baz/foo"], []],
  ["*/foo", [], ["bar/baz/foo"]],
  ["**/bar*", [], ["foo/bar/baz"]],
  ["**/bar/*", ["deep/foo/bar/baz"], ["deep/foo/bar/baz/", "deep/foo/bar"]],
  ["**/bar/**", ["deep/foo/bar/baz/", "deep/foo/bar/"], []],
  ["**/bar**", [], ["foo/bar/baz"]],
  ["*/bar/**", ["foo/bar/baz/x"], ["deep/foo/bar/baz/x"]],
  ["**/bar/*/*", ["deep/foo/bar/baz/x"], []],
  ["a[c-c]st", [], ["acrt"]],
  ["a[c-c]rt", ["acrt"], []],
  ["[!]-]", ["a"], ["]"]],
  ["\\", [], ["", "\\"]],
  ["*/\\", [], ["XXX/\\"]],
  ["*/\\\\", ["XXX/\\"], []],
  ["@foo", ["@foo"], ["foo"]],
  ["\\[ab]", ["[ab]"], []],
  ["[[]ab]", ["[ab]"], []],
  ["[[:]ab]", ["[ab]"], []],
  ["[[::]ab]", [], ["[ab]"]],
  ["[[:digit]ab]", ["[ab]"], []],
  ["[\\[:]ab]", ["[ab]"], []],
  ["\\??\\?b", ["?a?b"], []],
  ["\\a\\b\\c", ["abc"], []],
  ["**/t[o]", ["foo/bar/baz/to"], []],
  ["[[:alpha:]][[:digit:]][[:upper:]]", ["a1B"], []],
  ["[[:digit:][:upper:][:space:]]", ["A", "1", " "], ["a", "."]],
  ["[[:digit:][:upper:][:spaci:]]", [], ["1"]],
  ["[[:digit:][:punct:][:space:]]", ["."], []],
  ["[[:xdigit:]]", ["5", "f", "D"], []],
  [
    "[[:alnum:][:alpha:][:blank:][:cntrl:][:digit:][:graph:][:lower:][:print:][:punct:][:space:][:upper:][:xdigit:]]",
    ["_"],
    [],
  ],
  ["[^[:alnum:][:alpha:][:blank:][:cntrl:][:digit:][:lower:][:space:][:upper:][:xdigit:]]", ["."], []],
  ["[a-c[:digit:]x-z]", ["5", "b", "y"], ["q"]],
  ["[\\\\-^]", ["]"], ["["]],
  ["[\\-_]", ["-"], []],
  ["[\\]]", ["]"], ["\\]", "\\"]],
  ["a[]b", [], ["ab", "a[]b"]],
  ["ab[", [], ["ab["]],
  ["[!", [], ["ab"]],
  ["[-", [], ["ab"]],
  ["[-]", ["-"], []],
  ["[a-", [], ["-"]],
  ["[!a-", [], ["-"]],
  ["[--A]", ["-", "5"], []],
  ["[ --]", [" ", "$", "-"], ["0"]],
  ["[---]", ["-"], []],
  ["[------]", ["-"], []],
  ["[a-e-n]", ["-"], ["j"]],
  ["[!------]", ["a"], []],
  ["[]-a]", ["^"], ["["]],
  ["[!]-a]", ["["], ["^"]],
  ["[a^bc]", ["^"], []],
  ["[a-]b]", ["-b]"], []],
  ["[\\]", [], ["\\"]],
  ["[\\\\]", ["\\"], []],
  ["[!\\\\]", [], ["\\"]],
  ["[A-\\\\]", ["G"], []],
  ["b*a", [], ["aaabbb"]],
  ["*ba*", [], ["aabcaa"]],
  ["[,]", [","], []],
  ["[\\\\,]", [",", "\\"], []],
  ["[,-.]", ["-"], ["+", "-.]"]],
  ["[\\1-\\3]", ["2", "3"], ["4"]],
  ["[[-\\]]", ["\\", "[", "]"], ["-"]],
  [
    "-*-*-*-*-*-*-12-*-*-*-m-*-*-*",
    ["-adobe-courier-bold-o-normal--12-120-75-75-m-70-iso8859-1"],
    [
      "-adobe-courier-bold-o-normal--12-120-75-75-X-70-iso8859-1",
      "-adobe-courier-bold-o-normal--12-120-75-75-/-70-iso8859-1",
    ],
  ],
  [
    "XXX/*/*/*/*/*/*/12/*/*/*/m/*/*/*",
    ["XXX/adobe/courier/bold/o/normal//12/120/75/75/m/70/iso8859/1"],
    ["XXX/adobe/courier/bold/o/normal//12/120/75/75/X/70/iso8859/1"],
  ],
  [
    "**/*a*b*g*n*t",
    ["abcd/abcdefg/abcdefghijk/abcdefghijklmnop.txt"],
    ["abcd/abcdefg/abcdefghijk/abcdefghijklmnop.txtz"],
  ],
  ["*/*/*", ["foo/bba/arr"], ["foo", "foo/bar", "foo/bb/aa/rr"]],
  ["**/**/**", ["foo/bb/aa/rr"], []],
  ["*X*i", ["abcXdefXghi"], ["ab/cXd/efXg/hi"]],
  ["*/*X*/*/*i", ["ab/cXd/efXg/hi"], []],
  ["**/*X*/**/*i", ["ab/cXd/efXg/hi"], []],
  ["fo", [], ["foo"]],
  ["foo/bar", ["foo/bar"], []],
  ["foo/*", ["foo/bar"], ["foo/bba/arr"]],
  ["foo/**", ["foo/bba/arr"], []],
  ["foo*", [], ["foo/bba/arr"]],
  ["foo**", [], ["foo/bba/arr"]],
  ["foo/*arr", [], ["foo/bba/arr"]],
  ["foo/**arr", [], ["foo/bba/arr"]],
  ["foo/*z", [], ["foo/bba/arr"]],
  ["foo/**z", [], ["foo/bba/arr"]],
  ["*Xg*i", [], ["ab/cXd/efXg/hi"]],
  ["[A-Z]", ["A"], ["a"]],
  ["[a-z]", ["a"], ["A"]],
  ["[[:upper:]]", ["A"], ["a"]],
  ["[[:lower:]]", ["a"], ["A"]],
  ["[B-Za]", ["a"], ["A"]],
  ["[B-a]", ["a"], ["A"]],
  ["[Z-y]", ["Z"], ["z"]],
];

/** What people write in policies, and what other tools would read differently. */
const POLICIES: typeof GIT_EXPECTS = [
  ["main", ["main"], ["Main", "main/", "xmain", "maine", ""]],
  ["release/*", ["release/1", "release/"], ["release/1/x", "release"]],
  ["release/**", ["release/1", "release/1/x"], ["release", "xrelease/1"]],
  ["**/*.tf", ["a.tf", "infra/a.tf", "a/b/.tf"], ["a.tfx", "a.tf/b"]],
  ["a/**/b", ["a/b", "a/x/b", "a/x/y/b"], ["ab", "a/xb", "a/bx"]],
  ["**", ["", "a", "a/b", ".git/x"], []],
  ["**.tf", ["a.tf"], ["infra/a.tf"]],
  ["!main", ["!main"], ["main", "other"]],
  ["#main", ["#main"], ["main"]],
  ["@(main)", ["@(main)"], ["main"]],
  ["+(a)", ["+(a)"], ["a", "aa"]],
  ["{a,b}", ["{a,b}"], ["a", "b"]],
  ["(a|b)", ["(a|b)"], ["a"]],
  ["a.b", ["a.b"], ["axb"]],
  ["constructor", ["constructor"], ["toString"]],
  ["*", [".hidden", "a b", "a\nb"], ["a/b"]],
  ["**/b", ["b", "/b", "a/b", "a//b"], ["ab", "b/", "b/a"]],
  ["a/**/", ["a/", "a/x/", "a/x/y/"], ["a/x", "a/x/y", "a"]],
  ["a/**\\/b", ["a//b", "a/x/b", "a/x/y/b"], ["a/b", "a/xb"]],
  ["a/**\\b", ["a/b", "a/xb"], ["a/x/b"]],
  ["a/**b/c", ["a/b/c", "a/xb/c"], ["a/x/yb/c"]],
  ["[a:b]", ["a", ":", "b"], ["["]],
  ["[[a:]", ["[", "a", ":"], ["[a:"]],
  ["a/**b", ["a/b", "a/xb"], ["a/x/b", "ab"]],
  ["**a*c", ["abc", "xac"], ["abcd", "x/abc", "cba"]],
  ["a/***", ["a/", "a/x/y"], ["a"]],
  ["a/**/*b/c", ["a/b/c", "a/x/yb/c", "a/bx/b/c"], ["a/c", "a/x/c", "ab/c"]],
  ["*a", ["a", "aa", "ba"], ["ab", "", "b/a"]],
  ["a*", ["a", "ab"], ["ba", "", "a/"]],
  ["a?", ["ab", "aa"], ["a", "a/", "abc"]],
  ["[a-c]x", ["ax", "bx", "cx"], ["dx", "`x", "-x", "x"]],
  ["[c-a]", ["c"], ["a", "b", "-"]],
];

describe.each([
  ["git's own table", GIT_EXPECTS],
  ["patterns of policies", POLICIES],
])("%s", (_name, table) => {
  it.each(table.flatMap(([pattern, matches]) => matches.map((text) => [pattern, text])))(
    "%j matches %j",
    (pattern, text) => {
      expect(compileGlob(pattern as string).matches(text as string)).toBe(true);
    },
  );

  it.each(table.flatMap(([pattern, , not]) => not.map((text) => [pattern, text])))(
    "%j does not match %j",
    (pattern, text) => {
      expect(compileGlob(pattern as string).matches(text as string)).toBe(false);
    },
  );
});

it("matches bytes that are no text", () => {
  const path = Uint8Array.of(0x61, 0x2f, 0xff);
  expect(compileGlob("a/?").matches(path)).toBe(true);
  expect(compileGlob("a/[!a]").matches(path)).toBe(true);
  expect(compileGlob("a/\ufffd").matches(path)).toBe(false);
});

it("takes one byte for a question mark, as git does", () => {
  expect(compileGlob("?").matches("é")).toBe(false);
  expect(compileGlob("??").matches("é")).toBe(true);
});

describe("a class of characters with a name", () => {
  it.each<[name: string, members: RegExp]>([
    ["alnum", /[A-Za-z0-9]/],
    ["alpha", /[A-Za-z]/],
    ["blank", /[ \t]/],
    ["cntrl", /[^ -~]/],
    ["digit", /[0-9]/],
    ["graph", /[!-~]/],
    ["lower", /[a-z]/],
    ["print", /[ -~]/],
    ["punct", /[!-/:-@[-`{-~]/],
    ["space", /[ \t\n\r]/],
    ["upper", /[A-Z]/],
    ["xdigit", /[0-9A-Fa-f]/],
  ])("%s has exactly its ASCII characters, but for the slash", (name, members) => {
    const bytes = Array.from({ length: 256 }, (_, byte) => byte).filter((byte) => byte !== 0x2f);
    const isMember = (byte: number) => byte < 128 && members.test(String.fromCharCode(byte));
    const [within, without] = [compileGlob(`[[:${name}:]]`), compileGlob(`[![:${name}:]]`)];
    expect(bytes.filter((byte) => within.matches(Uint8Array.of(byte)))).toEqual(bytes.filter(isMember));
    expect(bytes.filter((byte) => !without.matches(Uint8Array.of(byte)))).toEqual(bytes.filter(isMember));
    expect(within.matches("/")).toBe(false);
    expect(without.matches("/")).toBe(false);
  });
});

it("has 255 classes of characters at the most", () => {
  expect(compileGlob("[ab]".repeat(255)).matches(`${"a".repeat(254)}b`)).toBe(true);
  expect(compileGlob("[ab]".repeat(255)).matches(`${"a".repeat(254)}c`)).toBe(false);
  const more = compileGlob("[ab]".repeat(256));
  expect(more.flaw).toBe("it has more than 255 classes of characters");
  expect(more.matches("a".repeat(256))).toBe(false);
});

it("keeps a pattern as it was written", () => {
  expect(compileGlob("a/*.md")).toMatchObject({ pattern: "a/*.md", flaw: undefined });
  expect(compileGlob("a[")).toMatchObject({ pattern: "a[" });
});

it.each([
  ["a\\", "its last backslash escapes nothing"],
  ["[a\\", "a [ has no closing ]; write \\[ for the character itself"],
  ["[a-", "a [ has no closing ]; write \\[ for the character itself"],
  ["[a-\\", "a [ has no closing ]; write \\[ for the character itself"],
  ["[[:alpha:", "a [ has no closing ]; write \\[ for the character itself"],
  ["[[:alpha:]", "a [ has no closing ]; write \\[ for the character itself"],
  ["[[::]]", "[::] is not a class of characters"],
  [`[[:${"a".repeat(30)}:]]`, `[:${"a".repeat(30)}:] is not a class of characters`],
  [`[[:${"a".repeat(31)}:]]`, `[:${"a".repeat(30)}:] is not a class of characters`],
])("says of %j that %s", (pattern, flaw) => {
  expect(compileGlob(pattern).flaw).toBe(flaw);
});

it.each([
  ["a\\", /backslash/],
  ["a[b", /no closing/],
  ["a[]", /no closing/],
  ["[[:nope:]]", /\[:nope:\]/],
])("says what is wrong with %j, which matches nothing", (pattern, flaw) => {
  const glob = compileGlob(pattern);
  expect(glob.flaw).toMatch(flaw);
  expect(glob.matches(pattern)).toBe(false);
});
