import { describe, expect, it } from "vitest";
import { ASSISTED, attempt, expectAllowed, expectRefused, expectUndecided, VOUCHED } from "../rig/attempt.ts";
import { pushTo, refLine, runPrePush, zero } from "../rig/pre-push-hook.ts";
import { installPrePush, type ObjectFormat, openPushWorld, POLICY, type PushWorld } from "../rig/push-world.ts";
import { Repo } from "../rig/repo.ts";
import { join } from "node:path";

const FORMATS: readonly ObjectFormat[] = ["sha1", "sha256"];
const CLEAN = "Retry uploads\n";

describe.each(FORMATS)("what the user typed to name a commit of a %s repository", (format) => {
  const SOURCES = [
    ["a search text with blanks", ":/fix the bug"],
    ["a reflog entry with blanks", "HEAD@{0 seconds ago}"],
    ["a search text shaped like a line of the hook's input", (world: PushWorld) => `:/fix ${world.dev.oid("HEAD~1")} refs/heads/decoy ${zero(format)}`],
    ["a search text with a line end", ":/fix\nthe bug"],
    ["a relative name", "@~0"],
    ["an object id", (world: PushWorld) => world.dev.oid("HEAD")],
  ] as const;

  it.each(SOURCES)("does not matter where it is %s", (_, source) => {
    using world = openPushWorld({ format });
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
    using world = openPushWorld();
    const { status, stderr, stdout } = runPrePush(world.dev, { input });
    expect({ status, stdout }).toEqual({ status: 2, stdout: "" });
    expect(stderr).toContain("cannot decide, so the push is refused");
    expect(stderr).toContain("STDIN_MALFORMED");
  });

  it("are told from a good one that lacks its line end", () => {
    using world = openPushWorld();
    const assisted = world.dev.commit(ASSISTED);
    const input = refLine(assisted, "refs/heads/main", world.dev.oid("HEAD~1")).trimEnd();
    const { status, stderr } = runPrePush(world.dev, { input });
    expect(status).toBe(1);
    expect(stderr).toContain("COSIGN_MISSING");
  });
});

describe.each(FORMATS)("a ref that is created, deleted or unknown in a %s repository", (format) => {
  const SAME = POLICY.replace("[main]", '[main, "release/**"]');

  it("is free to be created before there is a policy", () => {
    using world = openPushWorld({ format, policy: null });
    world.dev.git(["push", "-q", "--no-verify", "--force", "origin", ":refs/heads/none"]);
    const tip = world.dev.commit(ASSISTED);
    expectAllowed(attempt(world, tip), "no policy on origin yet, so nothing is enforced");
  });

  it("is judged by what no protected branch has when it is created", () => {
    using world = openPushWorld({ format, policy: SAME });
    const assisted = world.dev.commit(ASSISTED);
    expectRefused(attempt(world, assisted, { branch: "release/1" }), "COSIGN_MISSING", "(1 new commit, 1 AI-assisted)");
    expectAllowed(attempt(world, world.dev.commit(VOUCHED, { args: ["--amend"] }), { branch: "release/1" }));
  });

  it("is not deleted when it is protected", () => {
    using world = openPushWorld({ format, policy: SAME });
    world.dev.git(["push", "-q", "--no-verify", "origin", "main:release/1", "main:feat"]);
    expectRefused(pushTo(world, ["origin", ":release/1"], { to: "release/1", deleted: true }), "BRANCH_DELETED", "deletes this protected branch");
    expectAllowed(pushTo(world, ["origin", ":feat"], { to: "feat", deleted: true }));
  });

  it("keeps its neighbours from landing when its own line is bad", () => {
    using world = openPushWorld({ format, policy: SAME });
    const { dev, server } = world;
    dev.git(["push", "-q", "--no-verify", "origin", "main:release/1"]);
    const main = server.ref("refs/heads/main");
    dev.commit(CLEAN);
    const push = pushTo(world, ["origin", ":release/1", "main"], { to: "release/1", deleted: true });
    expectRefused(push, "BRANCH_DELETED");
    expect(push.refs.get("refs/heads/main")).toBe(main);
  });

  it("is judged against what is last known where someone else pushed meanwhile", () => {
    using world = openPushWorld({ format });
    const { dev, server } = world;
    someoneElsePushes(world);
    const assisted = dev.commit(ASSISTED);
    const bad = pushTo(world, ["--force", "origin", "main"]);
    expectRefused(bad, "COSIGN_MISSING", assisted.slice(0, 12), "TIP_UNKNOWN", "git fetch");
    dev.commit(CLEAN, { args: ["--amend"] });
    expectUndecided(pushTo(world, ["--force", "origin", "main"]), "TIP_UNKNOWN", server.oid("refs/heads/main"), "git fetch");
    dev.git(["fetch", "-q", "origin"]);
    dev.git(["rebase", "-q", "refs/remotes/origin/main"]);
    expectAllowed(pushTo(world, ["origin", "main"]));
  });

  it("cannot be judged where nothing is known of the remote and its tip is not here", () => {
    using world = openPushWorld({ format });
    const { dev, server } = world;
    someoneElsePushes(world);
    dev.git(["remote", "remove", "origin"]);
    dev.commit(ASSISTED);
    expectUndecided(pushTo(world, ["--force", server.dir, "main"]), "git fetch");
  });

  it("is not rewritten by force once its tip is known", () => {
    using world = openPushWorld({ format });
    someoneElsePushes(world);
    world.dev.git(["fetch", "-q", "origin"]);
    world.dev.commit(CLEAN);
    const old = world.server.oid("refs/heads/main");
    expectRefused(pushTo(world, ["--force", "origin", "main"]), "HISTORY_REWRITTEN", old, "push without force");
    world.dev.git(["rebase", "-q", "refs/remotes/origin/main"]);
    expectAllowed(pushTo(world, ["--force", "origin", "main"]));
  });

  function someoneElsePushes({ scratch, server, dev }: PushWorld): void {
    const dir = join(scratch.dir, "other");
    dev.git(["clone", "-q", server.dir, dir]);
    const other = new Repo(scratch, dir, "Jim Junior <jim@acme.example>");
    other.commit("Someone else's\n");
    other.git(["push", "-q", "origin", "main"]);
  }
});

describe.each(FORMATS)("work that lies on the remote already in a %s repository", (format) => {
  function pushFeature(world: PushWorld, message: string): string {
    const tip = world.dev.commit(message);
    expectAllowed(attempt(world, tip, { branch: "feat" }));
    return tip;
  }

  it("is judged when an unprotected branch goes to main", () => {
    using world = openPushWorld({ format });
    const work = pushFeature(world, ASSISTED);
    expectRefused(attempt(world, work), "COSIGN_MISSING", work.slice(0, 12), "(1 new commit, 1 AI-assisted)");
  });

  it("is judged when it goes to main by a merge", () => {
    using world = openPushWorld({ format });
    const work = pushFeature(world, ASSISTED);
    world.dev.git(["reset", "-q", "--hard", "HEAD~1"]);
    world.dev.git(["merge", "-q", "--no-ff", "--no-edit", work]);
    expectRefused(attempt(world, world.dev.oid("HEAD")), "COSIGN_MISSING", work.slice(0, 12), "(2 new commits, 1 AI-assisted)");
  });

  it("passes to main where it is co-signed", () => {
    using world = openPushWorld({ format });
    expectAllowed(attempt(world, pushFeature(world, VOUCHED)), "co-signed by ada@acme.example");
  });
});

describe("the moment at which a push is judged", () => {
  it("is when git read the refs: what moves afterwards is neither pushed nor judged", () => {
    using world = openPushWorld();
    const { dev } = world;
    const clean = dev.commit(CLEAN);
    const assisted = dev.commit(ASSISTED);
    dev.git(["reset", "-q", "--hard", clean]);
    installPrePush(dev, { before: `git update-ref refs/heads/main ${assisted}` });
    expectAllowed(pushTo(world, ["origin", "main"], { tip: clean }));
    expect(dev.oid("refs/heads/main")).toBe(assisted);
  });

  it("is not later: a branch that is cleaned up while the hook runs is refused as it was", () => {
    using world = openPushWorld();
    const { dev } = world;
    const assisted = dev.commit(ASSISTED);
    installPrePush(dev, { before: "git update-ref refs/heads/main HEAD~1" });
    expectRefused(pushTo(world, ["origin", "main"], { tip: assisted }), "COSIGN_MISSING", assisted.slice(0, 12));
  });

  it("comes in a dry run too", () => {
    using world = openPushWorld();
    const assisted = world.dev.commit(ASSISTED);
    expectRefused(pushTo(world, ["--dry-run", "origin", "main"]), "COSIGN_MISSING", assisted.slice(0, 12));
    world.dev.commit(VOUCHED, { args: ["--amend"] });
    const before = world.server.ref("refs/heads/main");
    const passed = pushTo(world, ["--dry-run", "origin", "main"]);
    expect({ git: passed.status, hook: passed.hook, ref: passed.refs.get("refs/heads/main") }).toEqual({ git: 0, hook: 0, ref: before });
    expect(passed.stderr).toContain("co-signed by ada@acme.example");
  });
});

describe("a push of 20,000 refs", () => {
  it.each([["refs/heads/topic/", ASSISTED, 1], ["refs/heads/topic/", VOUCHED, 0], ["refs/tags/v", ASSISTED, 1]] as const)("is read to its end within seconds: %s… and %j", (prefix, message, status) => {
    using world = openPushWorld();
    const { dev } = world;
    const old = dev.oid("HEAD");
    const tip = dev.commit(message);
    let input = "";
    for (let number = 0; number < 20_000; number += 1) input += refLine(old, `${prefix}${number}`, zero());
    const started = performance.now();
    const result = runPrePush(dev, { input: input + refLine(tip, "refs/heads/main", old), url: world.server.dir });
    expect(performance.now() - started).toBeLessThan(10_000);
    expect(result.status).toBe(status);
    expect(result.stderr).toContain(status === 1 ? "COSIGN_MISSING" : "co-signed by");
  });

  it("needs no git for each of them where all are protected and hold nothing new", () => {
    using world = openPushWorld({ policy: POLICY.replace("[main]", '["**"]') });
    const old = world.dev.oid("HEAD");
    let input = "";
    // Fewer: at one process for each this would still take half a minute.
    for (let number = 0; number < 2000; number += 1) input += refLine(old, `refs/heads/topic/${number}`, zero());
    const started = performance.now();
    const result = runPrePush(world.dev, { input, url: world.server.dir });
    expect(result.status).toBe(0);
    expect(performance.now() - started).toBeLessThan(5000);
  });
});
