import { afterAll, describe, it } from "vitest";
import { type Attempt, type AttemptOptions, attempt, expectAllowed, expectRefused } from "../../rig/worlds/attempt.ts";
import { CLAUDE, COSIGN, openPushWorld, type PushWorld } from "../../rig/worlds/push-world.ts";

const BOB = "Bob Builder <bob@acme.example> 1790000000 +0000";
const EVE = "Ada Lovelace <ada@acme.example> 1790000000 +0000";
const FORMATS = ["sha1", "sha256"] as const;

type Headers = (tree: string, parent: string) => readonly string[];

/** Writes and pushes a commit on top of the server's `main`, byte for byte. */
function pushRaw(world: PushWorld, headers: Headers, message: string | Buffer, options: AttemptOptions = {}): Attempt {
  const parent = world.dev.oid("refs/remotes/origin/main");
  const lines = headers(world.dev.oid(`${parent}^{tree}`), parent);
  const head = Buffer.from(lines.map((line) => `${line}\n`).join(""), "latin1");
  return attempt(world, world.dev.writeCommit(Buffer.concat([head, Buffer.from("\n"), Buffer.from(message)])), options);
}

const sound = (tree: string, parent: string): string[] => [
  `tree ${tree}`,
  `parent ${parent}`,
  `author ${BOB}`,
  `committer ${BOB}`,
];

describe.each(FORMATS)("a commit that tools read differently is refused (%s)", (format) => {
  const world = openPushWorld({ format });
  afterAll(() => world[Symbol.dispose]());
  const human = "Retry uploads\n";

  it.each([
    ["a NUL between a co-sign and a mark", `Retry\n\n${COSIGN}\n\0\n\n${CLAUDE}\n`],
    ["a NUL between a mark and a co-sign", `Retry\n\n${CLAUDE}\n\0\n\n${COSIGN}\n`],
    ["a NUL at the end of a human message", "Retry\n\0"],
  ])("with %s", (_, message) => {
    expectRefused(pushRaw(world, sound, message), "COMMIT_MALFORMED", "the message holds a NUL byte");
  });

  const parentLess = (lines: string[]): string[] => lines.filter((line) => !line.startsWith("parent"));
  it.each<[string, Headers, string]>([
    ["a NUL in a header", (t, p) => [...sound(t, p), "note a\0b"], "a header holds a NUL byte"],
    ["a NUL in the author's name", (t, p) => sound(t, p).with(2, `author Bob\0${BOB}`), "a header holds a NUL byte"],
    ["two authors", (t, p) => sound(t, p).toSpliced(3, 0, `author ${EVE}`), '"author" is repeated or out of order'],
    ["two committers", (t, p) => [...sound(t, p), `committer ${EVE}`], '"committer" is repeated or out of order'],
    ["two trees", (t, p) => sound(t, p).toSpliced(1, 0, `tree ${t}`), '"tree" is repeated or out of order'],
    [
      "a parent behind the committer",
      (t, p) => [...parentLess(sound(t, p)), `parent ${p}`],
      '"parent" is repeated or out of order',
    ],
    [
      "a parent behind the author",
      (t, p) => parentLess(sound(t, p)).toSpliced(2, 0, `parent ${p}`),
      '"parent" is repeated or out of order',
    ],
    [
      "the committer before the author",
      (t, p) => [`tree ${t}`, `parent ${p}`, `committer ${BOB}`, `author ${BOB}`],
      'the header before "committer" is missing',
    ],
    ["no committer", (t, p) => sound(t, p).slice(0, 3), "it has no tree, author or committer"],
    ["no author", (t, p) => sound(t, p).toSpliced(2, 1), 'the header before "committer" is missing'],
    [
      "a carriage return line before a second author",
      (t, p) => [...sound(t, p), "\r", `author ${EVE}`],
      'is not "key value"',
    ],
    [
      "a carriage return before a second author in one line",
      (t, p) => sound(t, p).with(2, `author ${BOB}\rauthor ${EVE}`),
      "line break",
    ],
    ["an author continued on a second line", (t, p) => sound(t, p).toSpliced(3, 0, ` author ${EVE}`), "line break"],
    ["a header line without a value", (t, p) => [...sound(t, p), "encoding"], 'is not "key value"'],
    ["two encodings", (t, p) => [...sound(t, p), "encoding UTF-8", "encoding ISO-8859-1"], '"encoding" is repeated'],
    [
      "a parent in upper case",
      (t, p) => sound(t, p).toSpliced(2, 0, `parent ${p.toUpperCase()}`),
      "is not an object id",
    ],
  ])("with %s", (_, headers, problem) => {
    // Forced, since git takes some of them for commits without a parent. No co-sign changes the verdict.
    const result = pushRaw(world, headers, `Retry\n\n${CLAUDE}\n${COSIGN}\n`, { push: ["--force"] });
    expectRefused(result, "COMMIT_MALFORMED", problem);
  });

  it("whether or not an agent took part", () => {
    const headers: Headers = (t, p) => sound(t, p).toSpliced(3, 0, `author ${EVE}`);
    expectRefused(pushRaw(world, headers, human), "COMMIT_MALFORMED", '"author" is repeated');
  });

  it("while its sound twins pass", () => {
    const extra = (t: string, p: string): string[] => [
      ...sound(t, p),
      "HG:extra a",
      "HG:extra b",
      "change-id kxyz",
      "gpgsig -----BEGIN-----",
      " abc",
      " ",
      " -----END-----",
    ];
    expectAllowed(pushRaw(world, extra, human));
    expectAllowed(pushRaw(world, extra, `Retry\n\n${CLAUDE}\n${COSIGN}\n`), "co-signed by ada@acme.example");
    expectRefused(pushRaw(world, extra, `Retry\n\n${CLAUDE}\n`), "COSIGN_MISSING");
  });
});

describe("a message in another encoding", () => {
  const world = openPushWorld();
  afterAll(() => world[Symbol.dispose]());
  const inEncoding =
    (encoding: string) =>
    (t: string, p: string): string[] => [...sound(t, p), `encoding ${encoding}`];
  const cosigned = (name: string): Buffer =>
    Buffer.from(`Retry\n\n${CLAUDE}\nCo-signed-by: ${name} <ada@acme.example>\n`, "latin1");

  it.each(["ISO-8859-1", "iso8859-15", "latin1", "windows-1252", "CP1251"])(
    "that is a superset of ASCII (%s) can hold a co-sign",
    (encoding) => {
      expectAllowed(
        pushRaw(world, inEncoding(encoding), cosigned("Ada L\u00f6velace")),
        "co-signed by ada@acme.example",
      );
      expectRefused(pushRaw(world, inEncoding(encoding), `Retry\n\n${CLAUDE}\n`), "COSIGN_MISSING");
    },
  );

  it.each(["UTF-8", "utf8", "US-ASCII"])("that is the usual one by name (%s) can hold a co-sign", (encoding) => {
    expectAllowed(pushRaw(world, inEncoding(encoding), cosigned("Ada")), "co-signed by ada@acme.example");
    expectRefused(
      pushRaw(world, inEncoding(encoding), cosigned("Ada L\u00f6velace")),
      "COSIGN_INVALID",
      "not valid UTF-8",
    );
  });

  it.each(["Shift_JIS", "GB18030", " UTF-8", "UTF-8 "])(
    "whose ASCII can be read, and a co-sign in it cannot (%j), is a person's as any other",
    (encoding) => {
      expectRefused(
        pushRaw(world, inEncoding(encoding), cosigned("Ada")),
        "COMMIT_ENCODING",
        `declared to be in ${encoding}`,
        "commit --amend --no-edit",
      );
      expectAllowed(pushRaw(world, inEncoding(encoding), "Retry\n"));
    },
  );

  it.each(["IBM037", "UTF-7", "UTF-16LE", "UTF-16", "ISO-2022-JP", "bogus"])(
    "whose ASCII cannot be read (%j) is refused, whatever its message says",
    (encoding) => {
      const refused = [
        pushRaw(world, inEncoding(encoding), cosigned("Ada")),
        pushRaw(world, inEncoding(encoding), "Retry\n"),
      ];
      for (const push of refused) {
        expectRefused(push, "COMMIT_ENCODING", `declared to be in ${encoding}`, "commit --amend --no-edit");
      }
    },
  );

  it.each([
    ["IBM037", Buffer.from("c39660a2898795858460a8827a", "hex")],
    ["UTF-7", Buffer.from("\nCo-authored-by: Claude <noreply+AEA-anthropic.com>\n")],
    [
      "ISO-2022-JP",
      Buffer.from("\n\u001b$B#C#o\u001b(B-authored-by: Claude <noreply\u001b$B!w\u001b(Banthropic.com>\n"),
    ],
  ])("hides no mark and no co-sign that only a reader of %s would see", (encoding, hidden) => {
    expectRefused(
      pushRaw(world, inEncoding(encoding), Buffer.concat([Buffer.from("Retry\n"), hidden])),
      "COMMIT_ENCODING",
    );
  });
});

describe.each(FORMATS)("bytes that are no UTF-8 (%s)", (format) => {
  const world = openPushWorld({ format });
  afterAll(() => world[Symbol.dispose]());
  const bytes = (text: string): Buffer => Buffer.from(text, "latin1");
  const author = (t: string, p: string): string[] =>
    sound(t, p).with(2, `author B\u00ff <b\u00ff@acme.example> 1790000000 +0000`);

  it.each([
    ["in the subject", sound, bytes(`Retry \u00ff\u00fe\n\n${CLAUDE}\n`)],
    ["in the body", sound, bytes(`Retry\n\n\u00ff\n\n${CLAUDE}\n`)],
    ["in the author", author, bytes(`Retry\n\n${CLAUDE}\n`)],
  ])("hide no mark %s, and no co-sign either", (_, headers, message) => {
    expectRefused(pushRaw(world, headers, message), "COSIGN_MISSING", "claude-code");
    expectAllowed(
      pushRaw(world, headers, Buffer.concat([message, Buffer.from(`${COSIGN}\n`)])),
      "co-signed by ada@acme.example",
    );
    expectAllowed(pushRaw(world, headers, message.subarray(0, 6)));
  });

  it("make a co-sign that holds them none", () => {
    const message = bytes(`Retry\n\n${CLAUDE}\nCo-signed-by: Ada \u00ff <ada@acme.example>\n`);
    expectRefused(pushRaw(world, sound, message), "COSIGN_INVALID", "line 4", "not valid UTF-8");
  });

  it("in a path are no hindrance", () => {
    const { dev } = world;
    const blob = dev.git(["hash-object", "-w", "--stdin"], { input: "x\n" });
    const policy = dev.git(["ls-tree", "refs/remotes/origin/main", "countersign.config.yaml"]);
    const tree = dev.git(["mktree", "-z"], { input: bytes(`${policy}\x00100644 blob ${blob}\ta\u00ff\n"b.txt\0`) });
    const onTree: Headers = (_, parent) => sound(tree, parent);
    expectRefused(pushRaw(world, onTree, `Retry\n\n${CLAUDE}\n`), "COSIGN_MISSING");
    expectAllowed(pushRaw(world, onTree, `Retry\n\n${CLAUDE}\n${COSIGN}\n`), "co-signed by ada@acme.example");
  });
});

describe("a commit without a message", () => {
  const world = openPushWorld();
  afterAll(() => world[Symbol.dispose]());

  it.each([
    ["nothing behind the headers", ""],
    ["line ends alone", "\n\n\n"],
    ["blanks without a line end", "   "],
  ])("is a human's with %s", (_, message) => {
    expectAllowed(pushRaw(world, sound, message));
    const agent = (t: string, p: string): string[] =>
      sound(t, p).with(2, "author Claude <noreply@anthropic.com> 1790000000 +0000");
    expectRefused(pushRaw(world, agent, message), "COSIGN_MISSING", "claude-code (author)");
  });

  it("and without the blank line before it is read as well", () => {
    const parent = world.dev.oid("refs/remotes/origin/main");
    const headers = sound(world.dev.oid(`${parent}^{tree}`), parent);
    expectAllowed(attempt(world, world.dev.writeCommit(headers.map((line) => `${line}\n`).join(""))));
  });
});
