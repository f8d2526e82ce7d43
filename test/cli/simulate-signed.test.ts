import { describe, expect, it } from "vitest";
import {
  cosignHead,
  cosignTrailers,
  fromNow,
  makeSigner,
  messageOf,
  reword,
  signedPolicy,
} from "../rig/keys/cosign-commit.ts";
import { countersign } from "../rig/process/countersign.ts";
import { ASSISTED } from "../rig/worlds/attempt.ts";
import { CLAUDE, openPushWorld, type PushWorld } from "../rig/worlds/push-world.ts";

const ADA = makeSigner();
const DAY = 24 * 60 * 60;

function openSignedWorld(cosign = "proof: signed"): PushWorld {
  return openPushWorld({ policy: signedPolicy({ ada: [ADA.line] }, cosign) });
}

function simulate({ dev }: PushWorld, ...args: readonly string[]) {
  dev.git(["push", "-q", "--no-verify", "--force", "origin", "main"]);
  const { status, stdout, stderr } = countersign(dev, ["simulate", "--format", "json", ...args]);
  expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
  return JSON.parse(stdout);
}

function date(secondsFromNow: number): string {
  return `${Math.floor(Date.now() / 1000) + secondsFromNow} +0000`;
}

describe("a signed co-sign in a simulation", () => {
  it("counts for the change that it is over, and for no other", () => {
    using world = openSignedWorld();
    world.dev.commit(ASSISTED);
    cosignHead(world.dev, ADA);
    expect(simulate(world)).toMatchObject({ assisted: 1, refused: 0 });
    world.dev.write({ "more.txt": "x\n" });
    reword(world.dev, messageOf(world.dev));
    expect(simulate(world)).toMatchObject({ assisted: 1, refused: 1, codes: { COSIGN_MISMATCH: 1 } });
  });

  it("is as old as it was when the commit landed, not as it is now", () => {
    using world = openSignedWorld("proof: signed, maxAge: 10d");
    world.dev.commit(ASSISTED, { date: date(-100 * DAY) });
    const trailers = cosignTrailers(world.dev, "HEAD", ADA, { time: fromNow(-105 * DAY) });
    world.dev.commit(`${messageOf(world.dev)}${trailers}`, { files: {}, args: ["--amend"], date: date(-100 * DAY) });
    expect(simulate(world)).toMatchObject({ assisted: 1, refused: 0 });
    const early = cosignTrailers(world.dev, "HEAD", ADA, { time: fromNow(-111 * DAY) });
    world.dev.commit(`${ASSISTED}${early}`, { files: {}, args: ["--amend"], date: date(-100 * DAY) });
    expect(simulate(world)).toMatchObject({ refused: 1, codes: { COSIGN_STALE: 1 } });
  });

  it("counts where it was made long after the commit, which keeps its date", () => {
    using world = openSignedWorld();
    world.dev.commit(ASSISTED, { date: date(-50 * DAY) });
    const trailers = cosignTrailers(world.dev, "HEAD", ADA, { time: fromNow(-20 * DAY) });
    world.dev.commit(`${messageOf(world.dev)}${trailers}`, { files: {}, args: ["--amend"], date: date(-50 * DAY) });
    expect(simulate(world)).toMatchObject({ assisted: 1, refused: 0 });
  });

  it("does not count while it is yet to come", () => {
    using world = openSignedWorld();
    world.dev.commit(ASSISTED);
    cosignHead(world.dev, ADA, { time: fromNow(DAY) });
    expect(simulate(world)).toMatchObject({ refused: 1, codes: { COSIGN_STALE: 1 } });
  });

  it("is the first commit's by right, and spent for the one that came again", () => {
    using world = openSignedWorld();
    const { dev } = world;
    dev.commit(ASSISTED, { files: { "a.txt": "a\n" }, date: date(-10 * DAY) });
    const first = reword(dev, messageOf(dev) + cosignTrailers(dev, "HEAD", ADA, { time: fromNow(-10 * DAY) }));
    const message = messageOf(dev);
    dev.commit("Take it back\n", { files: { "a.txt": null }, date: date(-9 * DAY) });
    expect(simulate(world)).toMatchObject({ assisted: 1, refused: 0 });
    const again = dev.commit(message, { files: { "a.txt": "a\n" }, date: date(-8 * DAY) });
    const spent = simulate(world);
    expect(spent).toMatchObject({ assisted: 2, refused: 1, codes: { COSIGN_SPENT: 1 } });
    expect(spent.newest[0]).toMatchObject({ commit: again });
    // The first one lies outside of what is replayed, and still was first.
    expect(simulate(world, "--commits", "1")).toMatchObject({ commits: 1, refused: 1 });
    expect(simulate(world, `${first}^..${first}`)).toMatchObject({ commits: 1, refused: 0 });
  });
});

describe("a co-signed merge in a simulation", () => {
  it.each([
    ["vouches for what it brought in where the policy says so", "proof: signed, coverage: merge", 0],
    ["vouches for itself alone where it does not", "proof: signed", 1],
  ])("%s", (_, cosign, refused) => {
    using world = openSignedWorld(cosign);
    const { dev } = world;
    dev.git(["switch", "-q", "-c", "topic"]);
    dev.commit(ASSISTED, { date: date(-50 * DAY) });
    dev.git(["switch", "-q", "main"]);
    dev.git(["merge", "-q", "--no-ff", "-m", `Merge topic\n\n${CLAUDE}\n`, "topic"]);
    reword(dev, `${messageOf(dev)}${cosignTrailers(dev, "HEAD", ADA)}`);
    expect(simulate(world)).toMatchObject({ assisted: 2, refused });
    expect(simulate(world, "--merges", "1")).toMatchObject({ assisted: 2, refused, merges: { count: 1, refused } });
  });
});
