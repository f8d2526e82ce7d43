import { afterAll, beforeAll, describe, it } from "vitest";
import { attempt, expectAllowed, expectRefused, VOUCHED } from "../rig/worlds/attempt.ts";
import { CLAUDE, openPushWorld, type PushWorld } from "../rig/worlds/push-world.ts";

let world: PushWorld;
beforeAll(() => {
  world = openPushWorld();
});
afterAll(() => world[Symbol.dispose]());

function times(count: number, line: (index: number) => string): string {
  return Array.from({ length: count }, (_, index) => `${line(index)}\n`).join("");
}

const TAIL = "-!".repeat(2000);
const BOB = "Co-signed-by: Bob <bob@acme.example>";

/** A signature's shape alone. */
function scribble(index: number): string {
  const second = String(index % 60).padStart(2, "0");
  return `Co-signature: bob@acme.example 2026-11-23T09:00:${second}Z - <bob@acme.example> U1NIU0lH${index}`;
}

/** So many commits, each of which has other contents in every one of so many files. */
function flipFiles(commits: number, files: number): string {
  const data = (text: string): string => `data ${Buffer.byteLength(text)}\n${text}\n`;
  const first = `from ${world.server.ref("refs/heads/main")}\n`;
  const lines = ["blob\nmark :1\ndata 1\nx\n", "blob\nmark :2\ndata 1\ny\n"];
  for (let number = 0; number < commits; number += 1) {
    const made = `commit refs/heads/flips\ncommitter Bob <bob@acme.example> ${1_800_000_000 + number} +0000\n`;
    const changed = times(files, (file) => `M 100644 :${1 + (number % 2)} d${file % 50}/f${file}`);
    lines.push(`${made}${data(`Work\n\n${CLAUDE}\n`)}${number === 0 ? first : ""}${changed}`);
  }
  world.dev.git(["fast-import", "--quiet", "--force"], { input: lines.join("") });
  return world.dev.oid("refs/heads/flips");
}

describe("a push that was made to take long is answered", () => {
  it("with 200 names, and 200 signatures of nothing, in one commit", () => {
    const tip = world.dev.commit(`Work\n\n${CLAUDE}\n${times(200, () => BOB)}${times(200, scribble)}`);
    expectRefused(attempt(world, tip));
    world.dev.git(["reset", "-q", "--hard", "refs/remotes/origin/main"]);
  });

  it("with tens of thousands of marks in one commit", () => {
    const tip = world.dev.commit(`Work\n\n${times(20_000, () => "Assisted-by: Kiro")}`);
    expectRefused(attempt(world, tip), "COMMIT_MALFORMED", "20000 trailers; the limit is 1000");
    world.dev.git(["reset", "-q", "--hard", "refs/remotes/origin/main"]);
  });

  it("with some commits between two trees of thousands of files", () => {
    expectRefused(attempt(world, flipFiles(6, 3000)), "COSIGN_MISSING", "6 new commits, 6 AI-assisted");
  });
});

describe("and an honest one beside it lands", () => {
  it("though its message has lines of very long tails", () => {
    const log = times(60, () => `\nAssisted-by: ${TAIL} a`);
    expectAllowed(attempt(world, world.dev.commit(`Attach the log\n${log}\nEnd of the log.\n`)));
  });

  it("though a person changed thousands of files and another one co-signed what an agent did", () => {
    const files = Object.fromEntries(Array.from({ length: 500 }, (_, file) => [`many/f${file}`, `${file}\n`]));
    world.dev.commit("Move the fixtures\n", { files });
    expectAllowed(attempt(world, world.dev.commit(VOUCHED)));
  });
});
