import { describe, expect, it } from "vitest";
import type { ObjectId } from "../object/oid.ts";
import { type Block, findLinesDefect, formatLines, type SignedHead, type SignedLines } from "./lines.ts";
import { parseLines } from "./parse-lines.ts";

const oid = (digit: string, length = 40): ObjectId => digit.repeat(length) as ObjectId;
const digest = (digit: string): string => digit.repeat(64);

const HEAD: SignedHead = {
  project: "acme/payments",
  branches: [{ ref: "refs/heads/main", base: oid("5") }],
  cosigner: "Ada@Acme.Example",
  time: "2026-11-23T10:00:00Z",
};

const REVIEWED: NonNullable<SignedHead["reviewed"]> = {
  witness: "gate",
  forge: "github",
  review: "3217",
  head: oid("7"),
};

const COMMIT: Block = {
  change: digest("c"),
  paths: digest("d"),
  parents: 1,
  otherParents: [],
  authors: ["Bob@ACME.example"],
};

const MERGE: Block = { ...COMMIT, parents: 2, otherParents: [oid("2")], own: digest("0") };

const written = (head: Partial<SignedHead> = {}, ...blocks: readonly Partial<Block>[]): Uint8Array =>
  formatLines({
    head: { ...HEAD, ...head },
    blocks: (blocks.length === 0 ? [{}] : blocks).map((block) => ({ ...COMMIT, ...block })),
  });

const text = (...values: Parameters<typeof written>): string => Buffer.from(written(...values)).toString();

describe("the signed lines", () => {
  it("have one line for each value, each ended by a line feed", () => {
    expect(text()).toBe(
      [
        "countersign v1",
        "project acme/payments",
        `branch refs/heads/main ${oid("5")}`,
        "cosigner ada@acme.example",
        "time 2026-11-23T10:00:00Z",
        `change sha256:${digest("c")}`,
        `paths sha256:${digest("d")}`,
        "parents 1",
        "author bob@acme.example",
        "",
      ].join("\n"),
    );
  });

  it("have a block for each change, a merge with its other parents and its own changes", () => {
    const whole = { commits: 2, agents: ["kiro", "claude-code"] };
    expect(text({}, MERGE, whole).split("\n").slice(5)).toEqual([
      `change sha256:${digest("c")}`,
      `paths sha256:${digest("d")}`,
      `parents 2 ${oid("2")}`,
      `own sha256:${digest("0")}`,
      "author bob@acme.example",
      `change sha256:${digest("c")}`,
      `paths sha256:${digest("d")}`,
      "parents 1",
      "author bob@acme.example",
      "commits 2",
      "agents claude-code kiro",
      "",
    ]);
  });

  it("say the reason of a dispute, or of an emergency, last", () => {
    expect(text({}, { dispute: "the note is from a formatter" })).toBe(
      `${text()}dispute the note is from a formatter\n`,
    );
    expect(text({}, { emergency: "the site is down" })).toBe(`${text()}emergency the site is down\n`);
  });

  it("say behind the time which review on a forge they are of, and who wrote that down", () => {
    const lines = text({ reviewed: REVIEWED });
    expect(lines).toContain(`\ntime 2026-11-23T10:00:00Z\nwitness gate\nreview github 3217 ${oid("7")}\nchange `);
    expect(text({ reviewed: { ...REVIEWED, witness: undefined } })).toContain("\nwitness -\nreview github ");
  });

  it("have a hyphen for no project and for a branch that does not exist", () => {
    const lines = text({ project: undefined, branches: [{ ref: "refs/heads/main", base: undefined }] });
    expect(lines).toContain("\nproject -\nbranch refs/heads/main -\n");
  });

  it("sort branches and authors by their bytes, and name each author once", () => {
    const branches = ["refs/heads/b", "refs/heads/B", "refs/heads/a\u{10000}", "refs/heads/a\uff5e"];
    const lines = text(
      { branches: branches.map((ref) => ({ ref, base: undefined })) },
      { authors: ["b@x", "A@x", "a@x"] },
    );
    expect(lines.match(/(?<=^branch refs\/heads\/)\S+/gmu)).toEqual(["B", "a\uff5e", "a\u{10000}", "b"]);
    expect(lines.match(/(?<=^author ).*/gm)).toEqual(["a@x", "b@x"]);
  });

  it("lower the ASCII letters of addresses and no others", () => {
    expect(text({}, { authors: ["ÄB@İ.example"] })).toContain("\nauthor Äb@İ.example\n");
  });

  it("may name a project that begins with a hyphen", () => {
    expect(text({ project: "-x" })).toContain("\nproject -x\n");
  });

  it("hold an author without address, a branch in any script and a project of every allowed character", () => {
    const project = Array.from({ length: 94 }, (_, index) => String.fromCharCode(33 + index)).join("");
    const branches = [{ ref: "refs/heads/ветка-日本", base: oid("1", 64) }];
    expect(text({ project, branches }, { authors: [""] }).split("\n")).toEqual(
      expect.arrayContaining(["author ", `branch refs/heads/ветка-日本 ${oid("1", 64)}`, `project ${project}`]),
    );
  });

  describe.each<readonly [defect: string, heads: readonly (readonly [what: string, changes: Partial<SignedHead>])[]]>([
    [
      "the project's name is not plain ASCII, or is -",
      [
        ["a project that is named like no project", { project: "-" }],
        ["an empty project", { project: "" }],
        ["a project of two lines", { project: "a\nbranch refs/heads/main -" }],
        ["a project with a blank", { project: "a b" }],
      ],
    ],
    ["there is no branch", [["no branch", { branches: [] }]]],
    [
      "a branch is named twice",
      [
        [
          "two bases of one branch",
          {
            branches: [
              { ref: "refs/heads/main", base: oid("1") },
              { ref: "refs/heads/main", base: oid("2") },
            ],
          },
        ],
      ],
    ],
    [
      "the branch's name is not a full ref name in plain UTF-8",
      [
        ["a branch by its short name", { branches: [{ ref: "main", base: undefined }] }],
        ["a branch behind something else", { branches: [{ ref: "x/refs/heads/main", base: undefined }] }],
        ["a branch of two lines", { branches: [{ ref: "refs/heads/main\ncosigner x", base: undefined }] }],
        ["a branch with a blank", { branches: [{ ref: `refs/heads/main ${oid("1")}`, base: undefined }] }],
        ["a branch that is not UTF-8", { branches: [{ ref: "refs/heads/\ufffd", base: undefined }] }],
        ["a branch with half a character", { branches: [{ ref: "refs/heads/\ud800", base: undefined }] }],
      ],
    ],
    [
      "the branch's base is not a full object id",
      [["an abbreviated base", { branches: [{ ref: "refs/heads/main", base: oid("1", 12) }] }]],
    ],
    [
      "the co-signer's address is not printable ASCII without blanks",
      [
        ["a co-signer of two lines", { cosigner: "ada@acme.example\ntime x" }],
        ["an empty co-signer", { cosigner: "" }],
        ["a co-signer with a blank", { cosigner: "ada @acme.example" }],
      ],
    ],
    [
      "the time is not in UTC to the second",
      [
        ["a time in another zone", { time: "2026-11-23T10:00:00+01:00" }],
        ["a time with a fraction", { time: "2026-11-23T10:00:00.000Z" }],
        ["a time and a line end", { time: "2026-11-23T10:00:00Z\n" }],
        ["a year of five digits", { time: "12026-11-23T10:00:00Z" }],
      ],
    ],
    [
      "the witness's name is not printable ASCII without blanks, or is -",
      [
        ["a witness that is named like no witness", { reviewed: { ...REVIEWED, witness: "-" } }],
        ["a witness of two words", { reviewed: { ...REVIEWED, witness: "the gate" } }],
      ],
    ],
    [
      "the forge is not one that is known",
      [["a forge that is not known", { reviewed: { ...REVIEWED, forge: "sourcehut" as "gitea" } }]],
    ],
    [
      "the review's id is not printable ASCII without blanks",
      [
        ["a review of two lines", { reviewed: { ...REVIEWED, review: "1\nreview github 2" } }],
        ["a review without an id", { reviewed: { ...REVIEWED, review: "" } }],
      ],
    ],
    [
      "the commit that was reviewed is not a full object id",
      [["an abbreviated reviewed commit", { reviewed: { ...REVIEWED, head: oid("7", 12) } }]],
    ],
  ])("cannot be made, since %s,", (defect, heads) => {
    it.each(heads)("with %s in the head", (_, changes) => {
      expect(() => written(changes)).toThrow(new Error(`nothing can be signed: ${defect}`));
    });
  });

  describe.each<readonly [defect: string, blocks: readonly (readonly [what: string, changes: Partial<Block>])[]]>([
    [
      "the change is not a SHA-256 in hex",
      [
        ["a change in capitals", { change: digest("C") }],
        ["a change with its prefix", { change: `sha256:${digest("c")}` }],
        ["paths and a line end", { paths: `${digest("c")}\n` }],
      ],
    ],
    [
      "a parent is not a full object id",
      [
        ["an abbreviated parent", { ...MERGE, parents: 3, otherParents: [oid("2"), oid("1", 12)] }],
        ["two parents in one", { ...MERGE, otherParents: [`${oid("1")} ${oid("2")}` as ObjectId] }],
      ],
    ],
    [
      "the parents are not as many as it says",
      [
        ["fewer parents than it says", { ...MERGE, parents: 3 }],
        ["more parents than it says", { otherParents: [oid("2")] }],
        ["less than no parents", { parents: -1 }],
      ],
    ],
    [
      "a merge, and only a merge, has a digest of its own changes",
      [
        ["a merge without own changes", { ...MERGE, own: undefined }],
        ["a merge whose own changes are not a digest", { ...MERGE, own: digest("C") }],
        ["a plain commit with own changes", { own: digest("0") }],
      ],
    ],
    ["it has no author", [["no author", { authors: [] }]]],
    [
      "an author's address holds control characters or is not UTF-8",
      [
        ["an author of two lines", { authors: ["eve@x", "bob@acme.example\nauthor eve@acme.example"] }],
        ["an author with a carriage return", { authors: ["bob@acme.example\r"] }],
        ["an author with a line separator", { authors: ["bob@acme.example\u2028"] }],
        ["an author with a NUL", { authors: ["bob@acme.example\0"] }],
        ["an author that is not UTF-8", { authors: ["b\ufffd@acme.example"] }],
      ],
    ],
    [
      "the commits are not counted",
      [
        ["half a commit", { commits: 0.5 }],
        ["no commit", { commits: 0 }],
      ],
    ],
    [
      "an agent's name is not printable ASCII without blanks",
      [["an agent of two words", { agents: ["kiro", "claude code"] }]],
    ],
    [
      "the reason is empty, holds control characters or is not UTF-8",
      [
        ["a dispute of two lines", { dispute: "a\nb" }],
        ["an emergency without a reason", { emergency: "" }],
      ],
    ],
  ])("cannot be made, since %s,", (defect, blocks) => {
    it.each(blocks)("with %s in a block", (_, changes) => {
      expect(() => written({}, changes)).toThrow(new Error(`nothing can be signed: ${defect}`));
    });
  });

  it("cannot be made of no change", () => {
    expect(findLinesDefect({ head: HEAD, blocks: [] })).toBe("there is no change");
  });
});

describe("signed lines that are read", () => {
  const all: SignedLines = {
    head: { ...HEAD, branches: [...HEAD.branches, { ref: "refs/heads/release/1", base: undefined }] },
    blocks: [
      COMMIT,
      { ...MERGE, dispute: "the note is from a formatter" },
      { ...COMMIT, parents: 0, authors: ["a@x", "", "b c@x"] },
      { ...COMMIT, commits: 3, agents: ["kiro"], emergency: "the site is down" },
    ],
  };
  const bytes = (): Buffer => Buffer.from(formatLines(all));

  it("give what was signed", () => {
    const read = parseLines(bytes());
    expect(read && Buffer.from(formatLines(read)).toString()).toBe(bytes().toString());
    const reviewed = { ...HEAD, cosigner: "ada@acme.example", reviewed: REVIEWED };
    expect(parseLines(formatLines({ head: reviewed, blocks: [COMMIT] }))?.head).toEqual(reviewed);
    expect(read?.head.branches[1]).toEqual({ ref: "refs/heads/release/1", base: undefined });
    expect(read?.blocks.map(({ parents, commits }) => [parents, commits])).toEqual([
      [1, undefined],
      [2, undefined],
      [0, undefined],
      [1, 3],
    ]);
  });

  it("give neither a project nor a witness where there is none", () => {
    const head = { ...HEAD, cosigner: "ada@x", project: undefined, reviewed: { ...REVIEWED, witness: undefined } };
    expect(parseLines(formatLines({ head, blocks: [COMMIT] }))?.head).toEqual(head);
  });

  it.each<readonly [string, (lines: string) => string]>([
    ["a witness without a review", (lines) => lines.replace(/^review .*\n/m, "")],
    ["a review without a witness", (lines) => lines.replace(/^witness .*\n/m, "")],
    ["a review before its witness", (lines) => lines.replace(/^(witness .*\n)(review .*\n)/m, "$2$1")],
    ["two reviews", (lines) => lines.replace(/^(review .*\n)/m, "$1$1")],
    ["a review that says more", (lines) => lines.replace(/^(review .*)$/m, "$1 approved")],
    ["a review of no commit", (lines) => lines.replace(/^(review github 3217) .*$/m, "$1")],
  ])("are none with %s", (_name, damage) => {
    const lines = text({ reviewed: REVIEWED });
    expect(damage(lines)).not.toBe(lines);
    expect(parseLines(Buffer.from(damage(lines)))).toBeUndefined();
  });

  it("are none where a line is missing, doubled or in another place", () => {
    const lines = bytes().toString().split("\n").slice(0, -1);
    const join = (some: readonly string[]): Uint8Array => Buffer.from(some.map((line) => `${line}\n`).join(""));
    const optional = /^(?:branch|author|commits|agents|dispute|emergency) /;
    for (const [at, line] of lines.entries()) {
      if (!optional.test(line)) expect(parseLines(join(lines.toSpliced(at, 1))), line).toBeUndefined();
      expect(parseLines(join(lines.toSpliced(at, 0, line))), line).toBeUndefined();
      const next = lines[at + 1] ?? line;
      if (next !== line) expect(parseLines(join(lines.toSpliced(at, 2, next, line))), line).toBeUndefined();
    }
  });

  it("are none with another byte at either end, another number or another case", () => {
    const whole = bytes().toString();
    for (const other of [
      whole.slice(0, -1),
      `${whole}\n`,
      `${whole}x`,
      `\ufeff${whole}`,
      whole.replace("parents 1", "parents 01"),
      whole.replace("parents 1", "parents 1 "),
      whole.replace("ada@", "Ada@"),
      whole.replace("commits 3", "commits 3e0"),
      whole.replaceAll("\n", "\r\n"),
      "",
    ])
      expect(parseLines(Buffer.from(other))).toBeUndefined();
    expect(parseLines(Buffer.from([0xff]))).toBeUndefined();
    expect(parseLines(Buffer.from(text().slice(0, -1)))).toBeUndefined();
  });

  it("are none with more blocks than a signature can approve", () => {
    const many = (count: number): Uint8Array =>
      formatLines({ head: HEAD, blocks: Array.from({ length: count }, () => COMMIT) });
    expect(parseLines(many(10_000))?.blocks).toHaveLength(10_000);
    expect(parseLines(many(10_001))).toBeUndefined();
  });
});
