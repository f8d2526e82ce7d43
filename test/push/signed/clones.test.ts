import { afterAll, describe, it } from "vitest";
import { cosignHead, fromNow, messageOf, openKeyRing, reword, signedPolicy } from "../../rig/keys/cosign-commit.ts";
import { Repo } from "../../rig/repository/repo.ts";
import { ASSISTED, expectAllowed, expectRefused, expectUndecided } from "../../rig/worlds/attempt.ts";
import { pushTo } from "../../rig/worlds/pre-push-hook.ts";
import { installPrePush, openPushWorld, type PushWorld } from "../../rig/worlds/push-world.ts";

const ring = openKeyRing();
afterAll(() => ring[Symbol.dispose]());
const ada = ring.make("ada");
const policy = signedPolicy({ ada: [ada.line] });
const FILES = { "src/a.ts": "a\n" };

/** A clone of the server with the hook, made with some options. */
function cloneOf({ scratch, server }: PushWorld, ...options: readonly string[]): Repo {
  server.git(["config", "uploadpack.allowFilter", "true"]);
  const repo = new Repo(scratch, `${scratch.dir}/clone`);
  server.git(["clone", "-q", ...options, `file://${server.dir}`, repo.dir]);
  installPrePush(repo);
  return repo;
}

describe("a signed co-sign passes", () => {
  it.each([
    ["a clone without blobs", "--filter=blob:none"],
    ["a clone without trees", "--filter=tree:0"],
    ["a clone of one branch", "--single-branch"],
  ])("from %s", (_, option) => {
    using world = openPushWorld({ policy });
    for (const name of ["one", "two", "three"]) world.dev.commit(`Add ${name}\n`);
    world.dev.git(["push", "-q", "--no-verify", "origin", "main"]);
    const repo = cloneOf(world, option);
    repo.commit(ASSISTED, { files: FILES });
    expectRefused(pushTo(world, ["origin", "main"], { repo }), "COSIGN_MISSING");
    cosignHead(repo, ada);
    expectAllowed(pushTo(world, ["origin", "main"], { repo }), "co-signed by ada@acme.example (signed)");
  });
});

it("a used signature is found from a clone without blobs or trees", () => {
  using world = openPushWorld({ policy });
  const { dev } = world;
  dev.commit(ASSISTED, { files: FILES });
  const landed = cosignHead(dev, ada, { time: fromNow(-60) });
  dev.commit("Take it back\n", { files: { "src/a.ts": null } });
  expectAllowed(pushTo(world, ["origin", "main"]));
  const repo = cloneOf(world, "--filter=tree:0");
  repo.commit(messageOf(dev, landed), { files: FILES });
  expectRefused(pushTo(world, ["origin", "main"], { repo }), "COSIGN_SPENT");
});

it("a signature is not judged in a shallow clone, which may lack the commit that used it", () => {
  using world = openPushWorld({ policy });
  const { dev } = world;
  dev.commit(ASSISTED, { files: FILES });
  const landed = cosignHead(dev, ada, { time: fromNow(-60) });
  dev.commit("Take it back\n", { files: { "src/a.ts": null } });
  expectAllowed(pushTo(world, ["origin", "main"]));
  const repo = cloneOf(world, "--depth=1");
  repo.commit(messageOf(dev, landed), { files: FILES });
  expectUndecided(pushTo(world, ["origin", "main"], { repo }), "HISTORY_SHALLOW", "git fetch --unshallow");
  repo.git(["fetch", "-q", "--unshallow"]);
  expectRefused(pushTo(world, ["origin", "main"], { repo }), "COSIGN_SPENT");
  reword(repo, ASSISTED);
  cosignHead(repo, ada);
  expectAllowed(pushTo(world, ["origin", "main"], { repo }), "co-signed by ada@acme.example (signed)");
});
