import { describe, expect, it } from "vitest";
import { decodeText, encodeText } from "../bytes.ts";
import { COMMIT_BYTES_READ } from "../repository.ts";
import { type Commit, MESSAGE_LIMIT, parseCommit, readCommitterTime } from "./commit.ts";
import type { ObjectId } from "./oid.ts";

const OID = "a".repeat(40) as ObjectId;
const TREE = `tree ${"1".repeat(40)}`;
const PARENT = `parent ${"2".repeat(40)}`;
const SECOND = `parent ${"3".repeat(40)}`;
const AUTHOR = "author Bob Builder <bob@acme.example> 1700000000 +0100";
const COMMITTER = "committer Ada Lovelace <ada@acme.example> 1700000001 -0330";
const SIGNATURE = "gpgsig -----BEGIN SSH SIGNATURE-----\n U1NI\n \n -----END SSH SIGNATURE-----";

function read(text: string, oid: ObjectId = OID): Commit {
  const bytes = encodeText(text);
  return parseCommit({ oid, size: bytes.length, bytes });
}

/** A commit with these header lines and a short message. */
function headed(...lines: readonly string[]): Commit {
  return read(`${lines.join("\n")}\n\nSubject\n`);
}

describe("a commit as git writes it", () => {
  it("is read in full", () => {
    const commit = headed(TREE, PARENT, SECOND, AUTHOR, COMMITTER);
    expect({ ...commit, message: decodeText(commit.message) }).toEqual({
      oid: OID,
      tree: "1".repeat(40),
      parents: ["2".repeat(40), "3".repeat(40)],
      author: { name: "Bob Builder", email: "bob@acme.example" },
      committer: { name: "Ada Lovelace", email: "ada@acme.example" },
      message: "Subject\n",
    });
  });

  it.each<[what: string, lines: readonly string[]]>([
    ["no parent", [TREE, AUTHOR, COMMITTER]],
    ["eight parents", [TREE, ...Array.from({ length: 8 }, () => PARENT), AUTHOR, COMMITTER]],
    ["a signature of several lines", [TREE, AUTHOR, COMMITTER, SIGNATURE]],
    ["two signatures", [TREE, AUTHOR, COMMITTER, SIGNATURE, SIGNATURE]],
    [
      "a signature for the other hash",
      [TREE, AUTHOR, COMMITTER, SIGNATURE, SIGNATURE.replace("gpgsig", "gpgsig-sha256")],
    ],
    [
      "the tag that it merged",
      [
        TREE,
        PARENT,
        SECOND,
        AUTHOR,
        COMMITTER,
        `mergetag object ${"2".repeat(40)}\n type commit\n tag v1\n \n Release`,
      ],
    ],
    ["an encoding", [TREE, AUTHOR, COMMITTER, "encoding ISO-8859-1"]],
    ["headers that nobody knows", [TREE, AUTHOR, COMMITTER, "HG:extra rebase_source:1f", "x-review 7"]],
    ["a header without a value", [TREE, AUTHOR, COMMITTER, "x-empty "]],
    ["headers named as properties of every object", [TREE, AUTHOR, COMMITTER, "__proto__ x", "constructor y"]],
    ["a carriage return in a header that names nobody", [TREE, AUTHOR, COMMITTER, "x-note a\rb"]],
    ["an author without a date", [TREE, "author Bob <bob@acme.example>", COMMITTER]],
    ["an author without a name", [TREE, "author  <bob@acme.example> 1 +0000", COMMITTER]],
    ["a name that is not ASCII", [TREE, "author Žofie Ñandú <z@acme.example> 1 +0000", COMMITTER]],
  ])("is sound with %s", (_, lines) => {
    const commit = headed(...lines);
    expect(commit.malformed).toBeUndefined();
    expect(decodeText(commit.message)).toBe("Subject\n");
  });

  it("is named by longer ids in a SHA-256 repository", () => {
    const text = [`tree ${"1".repeat(64)}`, `parent ${"2".repeat(64)}`, AUTHOR, COMMITTER, "", "Subject\n"].join("\n");
    expect(read(text, "b".repeat(64) as ObjectId)).toMatchObject({ parents: ["2".repeat(64)] });
    expect(read(text, "b".repeat(64) as ObjectId).malformed).toBeUndefined();
  });

  it("keeps its encoding as it is written", () => {
    expect(headed(TREE, AUTHOR, COMMITTER, "encoding iso8859-1").encoding).toBe("iso8859-1");
    expect(headed(TREE, AUTHOR, COMMITTER)).not.toHaveProperty("encoding");
  });
});

describe("the message", () => {
  const head = [TREE, AUTHOR, COMMITTER].join("\n");

  it.each<[what: string, text: string, message: string]>([
    ["is empty behind an empty line", `${head}\n\n`, ""],
    ["is empty where the object ends with its headers", `${head}\n`, ""],
    ["begins behind the first empty line", `${head}\n\nSubject\n\nBody\n`, "Subject\n\nBody\n"],
    ["keeps empty lines at its start", `${head}\n\n\n\nSubject`, "\n\nSubject"],
    ["may look like headers", `${head}\n\nauthor Eve <eve@x> 1 +0000\n`, "author Eve <eve@x> 1 +0000\n"],
    ["keeps carriage returns", `${head}\n\nSubject\r\n\r\nBody\r\n`, "Subject\r\n\r\nBody\r\n"],
  ])("%s", (_, text, message) => {
    const commit = read(text);
    expect(commit.malformed).toBeUndefined();
    expect(decodeText(commit.message)).toBe(message);
  });

  it("is kept byte for byte where it is not UTF-8", () => {
    const bytes = Uint8Array.from([...encodeText(`${head}\n\n`), 0xff, 0xfe, 0x0a]);
    const commit = parseCommit({ oid: OID, size: bytes.length, bytes });
    expect([...commit.message]).toEqual([0xff, 0xfe, 0x0a]);
    expect(commit.malformed).toBeUndefined();
  });

  it("may have one MiB and no more", () => {
    const fits = read(`${head}\n\n${"a".repeat(MESSAGE_LIMIT)}`);
    const long = read(`${head}\n\n${"a".repeat(MESSAGE_LIMIT + 1)}`);
    expect(fits.malformed).toBeUndefined();
    expect(long.malformed).toMatch(/its message has 1048577 bytes/);
  });

  it("is not judged where the object was cut before its end", () => {
    const bytes = encodeText(`${head}\n\nSubject\n`);
    const commit = parseCommit({ oid: OID, size: COMMIT_BYTES_READ + 1, bytes });
    expect(commit.malformed).toBe(`it has ${COMMIT_BYTES_READ + 1} bytes`);
  });
});

describe("the time at which a commit says that it was committed", () => {
  const BY = "author A <a@x> 1 +0000";

  function timeOf(headers: string, message = "x\n"): number | undefined {
    const bytes = encodeText(`${headers}\n\n${message}`);
    return readCommitterTime({ oid: OID, size: bytes.length, bytes });
  }

  it.each<[what: string, headers: string, time: number | undefined]>([
    ["the committer's, not the author's", `${BY}\ncommitter C <c@x> 1700000000 +0100`, 1_700_000_000],
    ["behind the last bracket of a name with brackets", `${BY}\ncommitter C <c@x> <d@x> 17 -0930`, 17],
    ["none beyond every calendar", `${BY}\ncommitter C <c@x> 99999999999999999999 +0000`, undefined],
    ["none before 1970", `${BY}\ncommitter C <c@x> -1 +0000`, undefined],
    ["none where the line has no time", `${BY}\ncommitter C <c@x>`, undefined],
    ["none where there is no committer", BY, undefined],
  ])("is %s", (_, headers, time) => {
    expect(timeOf(headers)).toBe(time);
  });

  it("is not read from the message or from a header within a header", () => {
    expect(timeOf(BY, "committer C <c@x> 17 +0000\n")).toBeUndefined();
    expect(timeOf(`${BY}\nmergetag object 1\n committer C <c@x> 17 +0000`)).toBeUndefined();
  });
});
