import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { Repo } from "../../rig/repository/repo.ts";
import { ASSISTED, attempt, expectAllowed, expectRefused, expectUndecided, VOUCHED } from "../../rig/worlds/attempt.ts";
import { pushTo } from "../../rig/worlds/pre-push-hook.ts";
import { type ObjectFormat, openPushWorld, POLICY, type PushWorld } from "../../rig/worlds/push-world.ts";

const FORMATS: readonly ObjectFormat[] = ["sha1", "sha256"];
const CLEAN = "Retry uploads\n";

describe.each(FORMATS)("a ref that is created, deleted or unknown in a %s repository", (format) => {
  const SAME = POLICY.replace("[main]", '[main, "release/**"]');

  it("is free to be created before there is a policy", () => {
    using world = openPushWorld({ format, policy: null });
    const tip = world.dev.commit(ASSISTED);
    expectAllowed(attempt(world, tip), "origin has no policy yet, so nothing is enforced");
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
    expectRefused(
      pushTo(world, ["origin", ":release/1"], { to: "release/1", deleted: true }),
      "BRANCH_DELETED",
      "deletes this protected branch",
    );
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
    expectUndecided(
      pushTo(world, ["--force", "origin", "main"]),
      "TIP_UNKNOWN",
      server.oid("refs/heads/main"),
      "git fetch",
    );
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
    expectRefused(
      attempt(world, world.dev.oid("HEAD")),
      "COSIGN_MISSING",
      work.slice(0, 12),
      "(2 new commits, 1 AI-assisted)",
    );
  });

  it("passes to main where it is co-signed", () => {
    using world = openPushWorld({ format });
    expectAllowed(attempt(world, pushFeature(world, VOUCHED)), "co-signed by ada@acme.example");
  });
});
