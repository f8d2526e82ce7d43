import { describe, expect, it } from "vitest";
import { encodeText } from "../bytes.ts";
import { type Commit, parseCommit } from "./commit.ts";
import type { ObjectId } from "./oid.ts";

const TREE = `tree ${"1".repeat(40)}`;
const PARENT = `parent ${"2".repeat(40)}`;
const AUTHOR = "author Bob <bob@acme.example> 1 +0000";
const EVE = "author Eve <eve@acme.example> 1 +0000";
const COMMITTER = "committer Ada <ada@acme.example> 1 +0000";

function read(text: string): Commit {
  const bytes = encodeText(text);
  return parseCommit({ oid: "a".repeat(40) as ObjectId, size: bytes.length, bytes });
}

describe("a commit is malformed", () => {
  it.each<[what: string, lines: readonly string[], problem: RegExp]>([
    ["with two trees", [TREE, TREE, AUTHOR, COMMITTER], /"tree" is repeated or out of order/],
    ["with two authors", [TREE, AUTHOR, EVE, COMMITTER], /"author" is repeated/],
    ["with two committers", [TREE, AUTHOR, COMMITTER, COMMITTER], /"committer" is repeated/],
    ["with a second author at the end", [TREE, AUTHOR, COMMITTER, EVE], /"author" is repeated or out of order/],
    [
      "with a second author behind another header",
      [TREE, AUTHOR, COMMITTER, "encoding UTF-8", EVE],
      /"author" is repeated/,
    ],
    ["with two encodings", [TREE, AUTHOR, COMMITTER, "encoding UTF-8", "encoding IBM037"], /"encoding" is repeated/],
    ["without a tree", [AUTHOR, COMMITTER], /the header before "author" is missing/],
    ["without an author", [TREE, COMMITTER], /the header before "committer" is missing/],
    ["without a committer", [TREE, AUTHOR], /no tree, author or committer/],
    [
      "without a committer, but with others behind",
      [TREE, AUTHOR, "encoding UTF-8"],
      /the header before "encoding" is missing/,
    ],
    ["with a tree alone", [TREE], /no tree, author or committer/],
    ["with a parent behind the author", [TREE, AUTHOR, PARENT, COMMITTER], /"parent" is repeated or out of order/],
    ["with a parent behind the committer", [TREE, AUTHOR, COMMITTER, PARENT], /"parent" is repeated or out of order/],
    ["with a parent before the tree", [PARENT, TREE, AUTHOR, COMMITTER], /the header before "parent" is missing/],
    ["with the committer before the author", [TREE, COMMITTER, AUTHOR], /the header before "committer" is missing/],
    [
      "with another header before the parent",
      [TREE, "x-y z", PARENT, AUTHOR, COMMITTER],
      /the header before "x-y" is missing/,
    ],
    ["with another header first", ["x-y z", TREE, AUTHOR, COMMITTER], /the header before "x-y" is missing/],
    ["with a tree in upper case", [TREE.replace(/1/g, "A"), AUTHOR, COMMITTER], /"tree" is not an object id/],
    ["with an abbreviated parent", [TREE, "parent 2222222", AUTHOR, COMMITTER], /"parent" is not an object id/],
    [
      "with a parent of the other hash",
      [TREE, `parent ${"2".repeat(64)}`, AUTHOR, COMMITTER],
      /"parent" is not an object id/,
    ],
    ["with a blank behind a parent", [TREE, `${PARENT} `, AUTHOR, COMMITTER], /"parent" is not an object id/],
    ["with a continued author", [TREE, `${AUTHOR}\n ${EVE}`, COMMITTER], /"author" holds a line break/],
    ["with a continued tree", [`${TREE}\n x`, AUTHOR, COMMITTER], /"tree" (?:holds a line break|is not an object id)/],
    ["with a carriage return in the author", [TREE, `${AUTHOR}\r${EVE}`, COMMITTER], /"author" holds a line break/],
    ["with a carriage return behind the committer", [TREE, AUTHOR, `${COMMITTER}\r`], /"committer" holds a line break/],
    [
      "with a first line that begins with a blank",
      [` ${TREE}`, AUTHOR, COMMITTER],
      /first header line begins with a blank/,
    ],
    ["with a line that is no header", [TREE, AUTHOR, COMMITTER, "nonsense"], /header line 4 is not "key value"/],
    ["with a tab behind a key", [TREE, AUTHOR, COMMITTER, "x-y\tz a"], /header line 4 is not/],
    ["with a key that is not ASCII", [TREE, AUTHOR, COMMITTER, "аuthor Eve <eve@x> 1 +0000"], /header line 4 is not/],
    [
      "with a NUL in a header",
      [TREE, "author Bob\0Eve <bob@acme.example> 1 +0000", COMMITTER],
      /a header holds a NUL byte/,
    ],
    ["with a NUL in a header that nobody knows", [TREE, AUTHOR, COMMITTER, "x-y a\0b"], /a header holds a NUL byte/],
  ])("%s", (_, lines, problem) => {
    expect(read(`${lines.join("\n")}\n\nSubject\n`).malformed).toMatch(problem);
  });

  it.each<[what: string, text: string, problem: RegExp]>([
    [
      "with a NUL in its message",
      `${TREE}\n${AUTHOR}\n${COMMITTER}\n\nSubject\0hidden\n`,
      /the message holds a NUL byte/,
    ],
    ["with a NUL at its end", `${TREE}\n${AUTHOR}\n${COMMITTER}\n\nSubject\n\0`, /the message holds a NUL byte/],
    ["where it is empty", "", /no tree, author or committer/],
    ["where it is one line end", "\n", /no tree, author or committer|not "key value"/],
    ["where it is a message alone", "\n\nSubject\n", /no tree, author or committer|not "key value"/],
  ])("%s", (_, text, problem) => {
    expect(read(text).malformed).toMatch(problem);
  });
});

it("shows the first of two authors, so that a report has somebody to name", () => {
  expect(read(`${TREE}\n${AUTHOR}\n${EVE}\n${COMMITTER}\n\nSubject\n`).author.email).toBe("bob@acme.example");
});

it("shows nobody where a commit names nobody", () => {
  expect(read(`${TREE}\n\nSubject\n`)).toMatchObject({
    author: { name: "", email: "" },
    committer: { name: "", email: "" },
  });
});
