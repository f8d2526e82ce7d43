import { describe, expect, it } from "vitest";
import { ASSISTED, expectAllowed, expectRefused, expectUndecided, VOUCHED } from "../../rig/worlds/attempt.ts";
import { pushTo, refLine, runPrePush, zero } from "../../rig/worlds/pre-push-hook.ts";
import {
  installPrePush,
  type ObjectFormat,
  openPushWorld,
  POLICY,
  type PushWorld,
} from "../../rig/worlds/push-world.ts";

const FORMATS: readonly ObjectFormat[] = ["sha1", "sha256"];
const CLEAN = "Retry uploads\n";

describe.each(FORMATS)("what the user typed to name a commit of a %s repository", (format) => {
  const SOURCES = [
    ["a search text with blanks", ":/fix the bug"],
    ["a reflog entry with blanks", "HEAD@{0 seconds ago}"],
    [
      "a search text shaped like a line of the hook's input",
      (world: PushWorld) => `:/fix ${world.dev.oid("HEAD~1")} refs/heads/decoy ${zero(format)}`,
    ],
    ["a search text with a line end", ":/fix\nthe bug"],
    ["a relative name", "@~0"],
    ["an object id", (world: PushWorld) => world.dev.oid("HEAD")],
  ] as const;

  it.each(SOURCES)("does not matter where it is %s", (_, source) => {
    using world = openPushWorld({ format, ownProcess: true });
    const { dev } = world;
    const subject = `fix the bug; fix\nthe bug; fix ${dev.oid("HEAD")} refs/heads/decoy ${zero(format)}`;
    const assisted = dev.commit(`${subject}\n\n${ASSISTED}`);
    const typed = typeof source === "string" ? source : source(world);
    const push = pushTo(world, ["origin", `${typed}:refs/heads/main`]);
    if (typed.includes("\n")) expectUndecided(push, "STDIN_MALFORMED");
    else expectRefused(push, "COSIGN_MISSING", assisted.slice(0, 12));
    dev.commit(`${subject}\n\n${VOUCHED}`, { files: {}, args: ["--amend"] });
    const again = typeof source === "string" ? source : source(world);
    if (!typed.includes("\n")) expectAllowed(pushTo(world, ["origin", `${again}:refs/heads/main`]));
  });
});

describe("lines that git would not write", () => {
  const ID = "1".repeat(40);
  it.each([
    ["too few fields", `${ID} refs/heads/main ${ID}\n`],
    ["one word", "nonsense\n"],
    ["an empty line in between", `HEAD ${ID} refs/heads/main ${ID}\n\nHEAD ${ID} refs/heads/main ${ID}\n`],
    ["a short id", `HEAD ${ID.slice(1)} refs/heads/main ${ID}\n`],
    ["an id in capitals", `HEAD ${"A".repeat(40)} refs/heads/main ${ID}\n`],
    ["ids of two formats", `HEAD ${ID} refs/heads/main ${"1".repeat(64)}\n`],
    ["a ref without its full name", `HEAD ${ID} main ${ID}\n`],
    ["a carriage return", `HEAD ${ID} refs/heads/main ${ID}\r\n`],
    ["a blank at the end", `HEAD ${ID} refs/heads/main ${ID} \n`],
    ["two blanks", `HEAD ${ID}  refs/heads/main ${ID}\n`],
    ["the first bytes of a line alone", `HEAD ${ID} refs/heads/ma`],
    ["bytes that are no text", Buffer.from([0, 255, 254, 10])],
  ])("stop the push: %s", (_, input) => {
    using world = openPushWorld({ ownProcess: true });
    const { status, stderr, stdout } = runPrePush(world.dev, { input });
    expect({ status, stdout }).toEqual({ status: 2, stdout: "" });
    expect(stderr).toContain("cannot decide, so the push is refused");
    expect(stderr).toContain("STDIN_MALFORMED");
  });

  it("are told from a good one that lacks its line end", () => {
    using world = openPushWorld({ ownProcess: true });
    const assisted = world.dev.commit(ASSISTED);
    const input = refLine(assisted, "refs/heads/main", world.dev.oid("HEAD~1")).trimEnd();
    const { status, stderr } = runPrePush(world.dev, { input });
    expect(status).toBe(1);
    expect(stderr).toContain("COSIGN_MISSING");
  });
});

describe("the moment at which a push is judged", () => {
  it("is when git read the refs: what moves afterwards is neither pushed nor judged", () => {
    using world = openPushWorld({ ownProcess: true });
    const { dev } = world;
    const clean = dev.commit(CLEAN);
    const assisted = dev.commit(ASSISTED);
    dev.git(["reset", "-q", "--hard", clean]);
    installPrePush(dev, { before: `git update-ref refs/heads/main ${assisted}` });
    expectAllowed(pushTo(world, ["origin", "main"], { tip: clean }));
    expect(dev.oid("refs/heads/main")).toBe(assisted);
  });

  it("is not later: a branch that is cleaned up while the hook runs is refused as it was", () => {
    using world = openPushWorld({ ownProcess: true });
    const { dev } = world;
    const assisted = dev.commit(ASSISTED);
    installPrePush(dev, { before: "git update-ref refs/heads/main HEAD~1" });
    expectRefused(pushTo(world, ["origin", "main"], { tip: assisted }), "COSIGN_MISSING", assisted.slice(0, 12));
  });

  it("comes in a dry run too", () => {
    using world = openPushWorld({ ownProcess: true });
    const assisted = world.dev.commit(ASSISTED);
    expectRefused(pushTo(world, ["--dry-run", "origin", "main"]), "COSIGN_MISSING", assisted.slice(0, 12));
    world.dev.commit(VOUCHED, { args: ["--amend"] });
    const before = world.server.ref("refs/heads/main");
    const passed = pushTo(world, ["--dry-run", "origin", "main"]);
    expect({ git: passed.status, hook: passed.hook, ref: passed.refs.get("refs/heads/main") }).toEqual({
      git: 0,
      hook: 0,
      ref: before,
    });
    expect(passed.stderr).toContain("co-signed by ada@acme.example");
  });
});

describe("a push of 20,000 refs", () => {
  it.each([
    ["refs/heads/topic/", ASSISTED, 1],
    ["refs/heads/topic/", VOUCHED, 0],
    ["refs/tags/v", ASSISTED, 1],
  ] as const)("is read to its end: %s… and %j", (prefix, message, status) => {
    using world = openPushWorld({ ownProcess: true });
    const { dev } = world;
    const old = dev.oid("HEAD");
    const tip = dev.commit(message);
    let input = "";
    for (let number = 0; number < 20_000; number += 1) input += refLine(old, `${prefix}${number}`, zero());
    const result = runPrePush(dev, { input: input + refLine(tip, "refs/heads/main", old), url: world.server.dir });
    expect(result.status).toBe(status);
    expect(result.stderr).toContain(status === 1 ? "COSIGN_MISSING" : "co-signed by");
  });

  it("needs no git for each of them where all are protected and hold nothing new", () => {
    using world = openPushWorld({ policy: POLICY.replace("[main]", '["**"]') });
    const old = world.dev.oid("HEAD");
    let input = "";
    // At one process for each this would outlast the test.
    for (let number = 0; number < 20_000; number += 1) input += refLine(old, `refs/heads/topic/${number}`, zero());
    const result = runPrePush(world.dev, { input, url: world.server.dir });
    expect(result.status).toBe(0);
  });
});
