import { afterAll, describe, it } from "vitest";
import {
  cosignHead,
  cosignTrailers,
  fromNow,
  messageOf,
  openKeyRing,
  reword,
  signedPolicy,
} from "../../rig/keys/cosign-commit.ts";
import { ASSISTED, attempt, expectAllowed, expectRefused } from "../../rig/worlds/attempt.ts";
import { openPushWorld, type PushWorld } from "../../rig/worlds/push-world.ts";

const ring = openKeyRing();
afterAll(() => ring[Symbol.dispose]());
const ada = ring.make("ada");
const policy = signedPolicy({ ada: [ada.line] });
const FILES = { "src/a.ts": "a\n" };
const BACK = { "src/a.ts": null };

/** Lands a signed commit, takes it back, and returns its message. */
function landAndRevert(world: PushWorld): string {
  world.dev.commit(ASSISTED, { files: FILES });
  const landed = cosignHead(world.dev, ada, { time: fromNow(-60) });
  expectAllowed(attempt(world, landed));
  world.dev.commit("Take it back\n", { files: BACK });
  expectAllowed(attempt(world, world.dev.oid("HEAD")));
  return messageOf(world.dev, landed);
}

/** Puts a signed co-sign on a commit that bears no mark, takes it back, and returns the message as that of a marked one. */
function cosignUnmarked({ dev }: PushWorld): string {
  dev.commit("Retry uploads\n", { files: FILES });
  const trailers = cosignTrailers(dev, "HEAD", ada);
  reword(dev, `Retry uploads\n\n${trailers}`);
  dev.commit("Take it back\n", { files: BACK });
  return ASSISTED + trailers;
}

describe("a signature is used up", () => {
  it("by a commit that needed none", () => {
    using world = openPushWorld({ policy });
    const message = cosignUnmarked(world);
    expectAllowed(attempt(world, world.dev.oid("HEAD")));
    expectRefused(attempt(world, world.dev.commit(message, { files: FILES })), "COSIGN_SPENT");
    reword(world.dev, ASSISTED);
    expectAllowed(attempt(world, cosignHead(world.dev, ada, { time: fromNow(1) })), "(signed)");
  });

  it("by a commit that needed none, in one push", () => {
    using world = openPushWorld({ policy });
    const message = cosignUnmarked(world);
    expectRefused(attempt(world, world.dev.commit(message, { files: FILES })), "COSIGN_SPENT");
  });

  it("before the baseline", () => {
    using world = openPushWorld({ policy });
    const { dev } = world;
    const message = landAndRevert(world);
    const moved = { "countersign.config.yaml": `${policy}baseline: ${dev.oid("HEAD")}\n` };
    dev.commit("Move the baseline\n\n", { files: moved });
    expectAllowed(attempt(world, cosignHead(dev, ada)));
    expectRefused(attempt(world, dev.commit(message, { files: FILES })), "COSIGN_SPENT");
    reword(dev, ASSISTED);
    expectAllowed(attempt(world, cosignHead(dev, ada)), "co-signed by ada@acme.example (signed)");
  });
});

describe("a signature that is used up", () => {
  it("does not keep another one of the same person from counting", () => {
    using world = openPushWorld({ policy });
    const message = landAndRevert(world);
    expectRefused(attempt(world, world.dev.commit(message, { files: FILES })), "COSIGN_SPENT");
    expectAllowed(attempt(world, cosignHead(world.dev, ada)), "co-signed by ada@acme.example (signed)");
  });

  it("does not keep a merge's co-sign from covering its commit", () => {
    using world = openPushWorld({ policy: signedPolicy({ ada: [ada.line] }, "proof: signed, coverage: merge") });
    const { dev } = world;
    const message = landAndRevert(world);
    dev.git(["checkout", "-q", "-b", "feat"]);
    dev.commit(message, { files: FILES });
    dev.git(["checkout", "-q", "main"]);
    dev.git(["merge", "-q", "--no-ff", "-m", "Merge", "feat"]);
    expectRefused(attempt(world, reword(dev, "Merge\n\n")), "COSIGN_SPENT");
    expectAllowed(attempt(world, cosignHead(dev, ada)), "2 new commits, 1 AI-assisted");
  });
});

describe("a signature is not used up", () => {
  it("by its own commit, where a clock was ahead and git lists it again", () => {
    using world = openPushWorld({ policy });
    const { dev } = world;
    const ahead = "2030-01-01T00:00:00Z";
    dev.commit(ASSISTED, { date: ahead });
    const trailers = cosignTrailers(dev, "HEAD", ada);
    dev.commit(ASSISTED + trailers, { files: {}, date: ahead, args: ["--amend"] });
    dev.git(["branch", "feat"]);
    for (let day = 1; day < 10; day += 1) dev.commit("Clean\n", { date: `2020-01-0${day}T00:00:00Z` });
    expectAllowed(attempt(world, dev.oid("HEAD")), "co-signed by ada@acme.example (signed)");
    dev.git(["checkout", "-q", "feat"]);
    const work = dev.commit("Clean\n", { date: "2030-01-02T00:00:00Z" });
    dev.git(["checkout", "-q", "main"]);
    dev.git(["merge", "-q", "--no-edit", work]);
    expectAllowed(attempt(world, dev.oid("HEAD")));
  });
});
