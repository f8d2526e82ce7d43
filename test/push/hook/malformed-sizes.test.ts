import { afterAll, describe, expect, it } from "vitest";
import { type Attempt, attempt, expectAllowed, expectRefused } from "../../rig/worlds/attempt.ts";
import { CLAUDE, COSIGN, openPushWorld, type PushWorld } from "../../rig/worlds/push-world.ts";

const MIB = 1024 * 1024;

/** Pushes a commit with this message. In quadratic time these would outlast the test. */
function pushMessage(world: PushWorld, message: string): Attempt {
  const { dev } = world;
  const base = dev.oid("refs/remotes/origin/main");
  const person = "Bob Builder <bob@acme.example> 1790000000 +0000";
  const headers = `tree ${dev.oid(`${base}^{tree}`)}\nparent ${base}\nauthor ${person}\ncommitter ${person}\n`;
  const tip = dev.writeCommit(`${headers}\n${message}`);
  return attempt(world, tip);
}

describe("a message beyond the limits is refused", () => {
  const world = openPushWorld();
  afterAll(() => world[Symbol.dispose]());

  it("with 100,000 trailers", () => {
    const trailers = "K: v\n".repeat(100_000);
    expectRefused(
      pushMessage(world, `Retry\n\n${CLAUDE}\n${COSIGN}\n${trailers}`),
      "COMMIT_MALFORMED",
      "100002 trailers; the limit is 1000",
    );
    expectAllowed(pushMessage(world, `Retry\n\n${trailers}`));
    expectAllowed(pushMessage(world, `Retry\n\n${CLAUDE}\n${COSIGN}\n${"K: v\n".repeat(998)}`), "co-signed by");
  });

  it("with a line of 50 MB", () => {
    expectRefused(
      pushMessage(world, `Retry\n\n${CLAUDE}\n\n${"a".repeat(50_000_000)}\n\n${COSIGN}\n`),
      "COMMIT_MALFORMED",
      /it has 50000\d{3} bytes/,
    );
  });

  it("with a value folded over a million lines", () => {
    expectRefused(
      pushMessage(world, `Retry\n\n${CLAUDE}\nK: v\n${" x\n".repeat(1_000_000)}${COSIGN}\n`),
      "COMMIT_MALFORMED",
      "bytes; the limit is 1048576",
    );
  });

  it("with one byte more than 1 MiB, while one of 1 MiB passes", () => {
    const fill = (size: number): string => {
      const end = `\n\n${CLAUDE}\n${COSIGN}\n`;
      return `Retry\n\n${"prose ".repeat(MIB).slice(0, size - end.length - 7)}${end}`;
    };
    expectRefused(
      pushMessage(world, fill(MIB + 1)),
      "COMMIT_MALFORMED",
      "its message has 1048577 bytes; the limit is 1048576",
    );
    expectAllowed(pushMessage(world, fill(MIB)), "co-signed by");
  });
});

describe("a message within the limits is read in linear time", () => {
  const world = openPushWorld();
  afterAll(() => world[Symbol.dispose]());
  const fill = (part: string): string => part.repeat(Math.floor((MIB - 300) / Buffer.byteLength(part)));

  const HOSTILE = [
    ["one letter in one line", fill("a")],
    ["addresses without an end", fill("a@")],
    ["opening brackets", fill("<")],
    ["blanks before a colon", `Co-signed-by${fill(" ").slice(40)}: x`],
    ["a key without an end", `Co-signed-by: ${fill("Co-authored-by")}`.slice(0, MIB - 300)],
    ["quotation marks", fill("> ")],
    ["list marks", fill("- ")],
    ["fences", fill("```\n")],
    ["tabs", fill("\t")],
    ["blank lines", fill("\n")],
    ["carriage returns", fill("\r\n")],
    ["folds", `K: v\n${fill(" \n").slice(10)}x`],
    ["comments", fill("#\n")],
    ["prose of one letter a line", fill("a\n")],
    ["trailers without a value", fill("Co-authored-by: \n")],
    ["near misses", fill("Co signed by: x\n")],
    ["headers of squashed commits", fill("commit 1234567\nAuthor: a <\n")],
    ["letters of two bytes", fill("\u0441")],
  ] as const;

  it.each(HOSTILE)("with %s", (_, text) => {
    expectAllowed(pushMessage(world, `Retry\n\n${CLAUDE}\n\n${text}\n\n${COSIGN}\n`), "co-signed by ada@acme.example");
  });

  it("with as much of it in every commit of a push", () => {
    const { dev } = world;
    dev.git(["reset", "-q", "--hard", "refs/remotes/origin/main"]);
    for (const [, text] of HOSTILE) dev.commit(`Retry\n\n${CLAUDE}\n\n${text}\n\nThe end.\n`, { files: {} });
    const result = attempt(world, dev.oid("HEAD"));
    expectRefused(result, "COSIGN_MISSING", `(${HOSTILE.length} new commits, ${HOSTILE.length} AI-assisted)`);
    expect(result.stderr.length).toBeLessThan(64 * 1024);
  });
});
