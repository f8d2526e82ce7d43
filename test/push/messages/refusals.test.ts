import { afterAll, describe, expect, it } from "vitest";
import { attempt, attemptCommit, expectAllowed, expectRefused, VOUCHED } from "../../rig/worlds/attempt.ts";
import { CLAUDE, COSIGN, openPushWorld } from "../../rig/worlds/push-world.ts";

const PROSE = ["One,", "two,", "three,", "four,", "five,", "six,", "seven."];
const SIGN_OFF = "Signed-off-by: Bob Builder <bob@acme.example>";
const MARK = "Assisted-by: Claude:claude-opus-5";

const NOT_IN_THE_BLOCK = [
  ["in a paragraph above the last one", `Retry\n\n${COSIGN}\n\n${MARK}\n`, 3],
  ["behind prose without a blank line", `Retry\n\nIt tries three times.\n${MARK}\n${COSIGN}\n`, 5],
  ["in the first paragraph", `Retry\n${MARK}\n${COSIGN}\n`, 3],
  ["in a message of trailers alone", `${MARK}\n${COSIGN}\n`, 2],
  [
    "with a sign-off among seven lines of prose",
    `Retry\n\n${MARK}\n\n${PROSE.join("\n")}\n${SIGN_OFF}\n${COSIGN}\n`,
    13,
  ],
  ["above a line of three dashes", `Retry\n\n${MARK}\n${COSIGN}\n---\nSeen on the staging host.\n`, 4],
  ["above a diffstat behind three dashes", `Retry\n\n${MARK}\n${COSIGN}\n\n---\n upload.ts | 2 +-\n`, 4],
  ["below a line of three dashes", `Retry\n\nSent by mail.\n\n---\n\n${MARK}\n${COSIGN}\n`, 8],
  ["folded into the line above", `Retry\n\n${MARK}\nReviewed-by: Bob Builder <bob@acme.example>\n ${COSIGN}\n`, 5],
  ["folded into the line above by a tab", `Retry\n\n${MARK}\n\t${COSIGN}\n`, 4],
  ["behind a paragraph break of a vertical tab", `Retry\n\nIt tries three times.\n\v\n${MARK}\n${COSIGN}\n`, 6],
  ["behind a paragraph break of a form feed", `Retry\n\nIt tries three times.\n\f\n${MARK}\n${COSIGN}\n`, 6],
  ["behind a no-break space", `Retry\n\nIt tries three times.\n\u00a0\n${MARK}\n${COSIGN}\n`, 6],
  ["beside a line that is no trailer", `Retry\n\n${MARK}\n${COSIGN}\nLooks good to me\n`, 4],
  ["above a late cherry-pick note", `Retry\n\n${MARK}\n${COSIGN}\n\n(cherry picked from commit 1234567)\n`, 4],
  ["below scissors", `Retry\n\n${MARK}\n\n# ------------------------ >8 ------------------------\n${COSIGN}\n`, 6],
] as const;

describe("a co-sign counts in the trailer block alone", () => {
  const world = openPushWorld();
  afterAll(() => world[Symbol.dispose]());

  it.each(NOT_IN_THE_BLOCK)("and is refused %s", (_, message, line) => {
    expectRefused(
      attemptCommit(world, message),
      "COSIGN_MISPLACED",
      `line ${line} looks like a co-sign but is not one`,
      "COSIGN_MISSING",
    );
  });

  it("and where it stands is of no concern without AI", () => {
    world.dev.git(["reset", "-q", "--hard", "origin/main"]);
    for (const [, message] of NOT_IN_THE_BLOCK)
      world.dev.commit(message.replace(MARK, "Reviewed-by: Bob Builder <bob@acme.example>"));
    expectAllowed(attempt(world, world.dev.oid("HEAD")));
  });

  it.each([
    ["the paragraph above it is blanks and tabs", `Retry\n\nIt tries three times.\n \t \n${MARK}\n${COSIGN}\n`],
    ["its value is folded", `Retry\n\n${MARK}\nCo-signed-by: Ada Lovelace\n <ada@acme.example>\n`],
    [
      "a sign-off stands among six lines of prose",
      `Retry\n\n${MARK}\n\n${PROSE.slice(1).join("\n")}\n${SIGN_OFF}\n${COSIGN}\n`,
    ],
    ["comments follow it", `Retry\n\n${MARK}\n${COSIGN}\n# a note\n#1 fixes\n`],
    ["a comment stands above it", `Retry\n\n${MARK}\n# a note\n${COSIGN}\n`],
    ["a list of conflicts follows it", `Retry\n\n${MARK}\n${COSIGN}\n\nConflicts:\n\tupload.ts\n`],
    [
      "scissors follow it",
      `Retry\n\n${MARK}\n${COSIGN}\n# ------------------------ >8 ------------------------\nupload.ts\n`,
    ],
    ["blank lines surround the message", `\n\n  \nRetry\n\n${MARK}\n${COSIGN}\n\n \n\n`],
    ["the last line has no end", `Retry\n\n${MARK}\n${COSIGN}`],
    [
      "prose holds dashes",
      `Retry\n\nThe --- of old.\n\n----\n\n--- a/upload.ts is no\n\n${MARK}\n${COSIGN}\n`.replace(
        "--- a/upload.ts",
        "---a/upload.ts",
      ),
    ],
    ["a cherry-pick note follows it at once", `Retry\n\n${MARK}\n${COSIGN}\n(cherry picked from commit 1234567)\n`],
  ])("and counts where %s", (_, message) => {
    expectAllowed(attemptCommit(world, message), "co-signed by ada@acme.example (declared, not proven)");
  });

  it.each([
    ["a carriage return", "\r"],
    ["a line separator", "\u2028"],
    ["a paragraph separator", "\u2029"],
    ["a vertical tab", "\v"],
    ["a next-line character", "\u0085"],
  ])("and is none behind %s within a line", (_, separator) => {
    const message = `Retry\n\n${MARK}\nReviewed-by: Bob${separator}${COSIGN}\n`;
    expectRefused(attemptCommit(world, message), "COSIGN_MISSING");
    expectAllowed(attemptCommit(world, `${message}${COSIGN}\n`), "co-signed by ada@acme.example");
  });
});

describe("a message with carriage returns gets the same verdict", () => {
  const world = openPushWorld();
  afterAll(() => world[Symbol.dispose]());
  const crlf = (message: string): string => message.replaceAll("\n", "\r\n");

  it("with a co-sign in its place", () => {
    expectAllowed(attemptCommit(world, crlf(VOUCHED)), "co-signed by ada@acme.example", "(line 3)");
  });

  it("without one", () => {
    expectRefused(attemptCommit(world, crlf(`Retry\n\n${CLAUDE}\n`)), "COSIGN_MISSING", "(line 3)");
  });

  it.each(NOT_IN_THE_BLOCK.slice(0, 6))("with a co-sign %s", (_, message, line) => {
    expectRefused(attemptCommit(world, crlf(message)), "COSIGN_MISPLACED", `line ${line} looks like a co-sign`);
  });
});

describe("a cherry-pick keeps", () => {
  const world = openPushWorld();
  afterAll(() => world[Symbol.dispose]());

  function pick(message: string, times: number): string {
    const { dev } = world;
    dev.git(["checkout", "-q", "-B", "topic", "origin/main"]);
    const picked = dev.commit(message);
    dev.git(["checkout", "-q", "-B", "main", "origin/main"]);
    for (let time = 0; time < times; time += 1) {
      dev.commit("Change something else\n");
      dev.git(["cherry-pick", "-x", time === 0 ? picked : "topic"]);
      dev.git(["branch", "-f", "topic"]);
      dev.git(["reset", "-q", "--hard", "HEAD~"]);
    }
    dev.git(["cherry-pick", "-x", "topic"]);
    return dev.oid("HEAD");
  }

  it.each([1, 2])("its co-sign, %i times noted", (times) => {
    const tip = pick(VOUCHED, times);
    expect(world.dev.git(["log", "-1", "--format=%B"])).toContain("(cherry picked from commit ");
    expectAllowed(attempt(world, tip), "co-signed by ada@acme.example");
  });

  it("its mark, where nobody co-signed", () => {
    expectRefused(attempt(world, pick(`Retry\n\n${CLAUDE}\n`, 1)), "COSIGN_MISSING", "claude-code");
  });

  it("its being without either", () => {
    expectAllowed(attempt(world, pick("Retry\n", 1)));
  });
});

describe("a co-sign vouches for nothing from", () => {
  const world = openPushWorld();
  afterAll(() => world[Symbol.dispose]());
  const assisted = (): string => {
    world.dev.git(["checkout", "-q", "-B", "main", "origin/main"]);
    return world.dev.commit(`Retry\n\n${CLAUDE}\n`);
  };

  it("a tag's message", () => {
    const tip = assisted();
    world.dev.git(["tag", "-f", "-a", "-F", "-", "v1", tip], { input: `v1\n\n${COSIGN}\n` });
    const result = attempt(world, "v1");
    expectRefused({ ...result, tip }, "COSIGN_MISSING");
  });

  it("a note", () => {
    const tip = assisted();
    world.dev.git(["notes", "add", "-f", "-m", COSIGN, tip]);
    expectRefused(attempt(world, tip), "COSIGN_MISSING");
  });

  it("a later empty commit", () => {
    assisted();
    expectRefused(
      attempt(world, world.dev.commit(`Approve\n\n${COSIGN}\n`, { files: {} })),
      "COSIGN_MISSING",
      '"Retry"',
    );
  });

  it("the merge that brings the commit in", () => {
    const topic = assisted();
    world.dev.git(["reset", "-q", "--hard", "origin/main"]);
    world.dev.git(["merge", "-q", "--no-ff", "-m", `Merge topic\n\n${COSIGN}`, topic]);
    expectRefused(attempt(world, world.dev.oid("HEAD")), "COSIGN_MISSING", '"Retry"');
  });

  it("anywhere else, while one on the commit itself does", () => {
    world.dev.git(["reset", "-q", "--hard", "origin/main"]);
    const topic = world.dev.commit(VOUCHED);
    world.dev.git(["reset", "-q", "--hard", "origin/main"]);
    world.dev.git(["merge", "-q", "--no-ff", "-m", "Merge topic", topic]);
    expectAllowed(attempt(world, world.dev.oid("HEAD")), "co-signed by ada@acme.example");
  });
});
