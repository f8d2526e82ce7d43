import { describe, expect, it } from "vitest";
import { initRepo } from "../../rig/repository/repo.ts";
import { ASSISTED, expectAllowed, expectRefused, VOUCHED } from "../../rig/worlds/attempt.ts";
import { pushTo, refLine, runPrePush } from "../../rig/worlds/pre-push-hook.ts";
import { openPushWorld, POLICY } from "../../rig/worlds/push-world.ts";

const CLEAN = "Retry uploads\n";
const RELEASES = POLICY.replace("[main]", '[main, "release/**"]');

describe("a push of several refs", () => {
  it("is refused as a whole for one bad line, wherever it stands", () => {
    for (const order of [
      ["feat", "main"],
      ["main", "feat"],
    ]) {
      using world = openPushWorld();
      const { dev } = world;
      dev.git(["branch", "feat", dev.commit(CLEAN)]);
      const assisted = dev.commit(ASSISTED);
      const push = pushTo(world, ["origin", ...order]);
      expectRefused(push, "COSIGN_MISSING", assisted.slice(0, 12));
      expect(push.refs.get("refs/heads/feat")).toBeUndefined();
      dev.commit(VOUCHED, { args: ["--amend"] });
      const passed = pushTo(world, ["origin", ...order]);
      expectAllowed(passed);
      expect(passed.refs.get("refs/heads/feat")).toBe(dev.oid("feat"));
    }
  });

  it("has all that is wrong with it in one report", () => {
    using world = openPushWorld({ policy: RELEASES });
    const { dev, server } = world;
    dev.git(["push", "-q", "--no-verify", "origin", "main:release/1", "main:release/2"]);
    const kept = server.git(["for-each-ref"]);
    const one = dev.commit(ASSISTED);
    const two = dev.commit(`Second\n\n${ASSISTED}`);
    const push = pushTo(
      world,
      ["origin", ":release/1", `${one}:release/2`, `${two}:main`, `${two}:refs/heads/release/3`],
      { to: "main", tip: two },
    );
    expectRefused(
      push,
      "BRANCH_DELETED",
      "refused refs/heads/release/1",
      "refused refs/heads/release/2",
      "refused refs/heads/release/3",
      one.slice(0, 12),
      two.slice(0, 12),
    );
    expect(server.git(["for-each-ref"])).toBe(kept);
  });

  it("goes by the branches that they land on, not by the local ones", () => {
    using world = openPushWorld();
    const { dev } = world;
    dev.git(["branch", "other", dev.commit(CLEAN)]);
    const assisted = dev.commit(ASSISTED);
    expectAllowed(pushTo(world, ["origin", "main:other", "other:main"], { to: "other", tip: assisted }));
    dev.git(["checkout", "-q", "--detach"]);
    expectRefused(pushTo(world, ["origin", "HEAD:refs/heads/main"]), "COSIGN_MISSING", assisted.slice(0, 12));
  });

  it("is judged with --all, --mirror, --follow-tags and --atomic", () => {
    for (const option of ["--all", "--mirror", "--follow-tags", "--atomic"]) {
      using world = openPushWorld();
      const { dev } = world;
      dev.git(["tag", "-a", "-m", "v1", "v1"]);
      const assisted = dev.commit(ASSISTED);
      const args = option === "--all" || option === "--mirror" ? [option, "origin"] : [option, "origin", "main"];
      const push = pushTo(world, args);
      expectRefused(push, "COSIGN_MISSING", assisted.slice(0, 12));
      expect([...push.refs.keys()]).toEqual(["refs/heads/main"]);
      dev.commit(VOUCHED, { args: ["--amend"] });
      expectAllowed(pushTo(world, args));
    }
  });

  it("is not told by git of what a mirror deletes, so that only the server can refuse that", () => {
    using world = openPushWorld({ policy: RELEASES });
    world.dev.git(["push", "-q", "--no-verify", "origin", "main:release/1"]);
    const push = pushTo(world, ["--mirror", "origin"], { to: "release/1", deleted: true });
    expectAllowed(push, "[deleted]");
  });
});

describe("a ref that is no branch", () => {
  it("is free: tags on commits, trees and blobs, notes and refs of one's own", () => {
    using world = openPushWorld();
    const { dev } = world;
    dev.commit(ASSISTED);
    dev.git(["tag", "light"]);
    dev.git(["tag", "-a", "-m", "annotated", "annotated"]);
    dev.git(["tag", "-a", "-m", "twice", "twice", "annotated"]);
    dev.git(["tag", "tree", "HEAD^{tree}"]);
    dev.git(["tag", "-a", "-m", "blob", "blob", "HEAD:README.md"]);
    dev.git(["notes", "add", "-m", "note"]);
    dev.git(["update-ref", "refs/foo/bar", "HEAD"]);
    const refs = ["refs/tags/*", "refs/notes/*", "refs/foo/*"].map((ref) => `${ref}:${ref}`);
    const push = pushTo(world, ["origin", ...refs], { to: "refs/foo/bar" });
    expectAllowed(push);
    expect([...push.refs.keys()]).toHaveLength(8);
    expectAllowed(pushTo(world, ["origin", "HEAD:refs/tags/main"], { to: "refs/tags/main" }));
    expectRefused(pushTo(world, ["origin", "light:refs/heads/main"]), "COSIGN_MISSING");
  });

  it("cannot be put in a protected branch's place", () => {
    using world = openPushWorld();
    const { dev } = world;
    const old = dev.oid("HEAD");
    for (const object of [dev.oid("HEAD^{tree}"), dev.oid("HEAD:README.md")]) {
      const { status, stderr } = runPrePush(dev, { input: refLine(object, "refs/heads/main", old) });
      expect(status).toBe(2);
      expect(stderr).toContain("NOT_A_COMMIT");
      expect(stderr).toContain("push a branch or a commit");
    }
    dev.git(["tag", "-a", "-m", "v1", "v1", dev.commit(ASSISTED)]);
    expect(runPrePush(dev, { input: refLine(dev.oid("refs/tags/v1"), "refs/heads/main", old) })).toMatchObject({
      status: 1,
    });
  });

  it("does not hide an object that is not here", () => {
    using world = openPushWorld();
    const { status, stderr } = runPrePush(world.dev, {
      input: refLine("1".repeat(40), "refs/heads/main", world.dev.oid("HEAD")),
    });
    expect(status).toBe(2);
    expect(stderr).toContain("NOT_A_COMMIT");
  });
});

describe("another way to name the server", () => {
  it.each([
    ["its path", (dir: string) => dir, []],
    ["a relative path", () => "../server.git", []],
    ["a file URL", (dir: string) => `file://${dir}`, []],
    ["a shortened URL", () => "short:server.git", ["-c"]],
  ] as const)("does not change the verdict: %s", (_, name, git) => {
    using world = openPushWorld();
    const { dev, server, scratch } = world;
    const options = git.length === 0 ? [] : ["-c", `url.${scratch.dir}/.insteadOf=short:`];
    const assisted = dev.commit(ASSISTED);
    const push = (branch: string) => pushTo(world, [name(server.dir), `main:${branch}`], { to: branch, git: options });
    expectRefused(push("main"), "COSIGN_MISSING", assisted.slice(0, 12));
    dev.commit(VOUCHED, { args: ["--amend"] });
    expectAllowed(push("main"));
  });

  it.each([
    ["its path", (dir: string) => dir],
    ["a shortened URL", () => "short:server.git"],
  ] as const)("leads to what is known of the remote that has that URL: %s", (_, name) => {
    using world = openPushWorld({ policy: RELEASES });
    const { dev, server, scratch } = world;
    const assisted = dev.commit(ASSISTED);
    const push = () =>
      pushTo(world, [name(server.dir), "HEAD:refs/heads/release/1"], {
        to: "release/1",
        git: ["-c", `url.${scratch.dir}/.insteadOf=short:`],
      });
    expectRefused(push(), "COSIGN_MISSING", assisted.slice(0, 12));
    dev.commit(VOUCHED, { args: ["--amend"] });
    expectAllowed(push());
  });

  it("is judged by each server's own tip where a remote has two", () => {
    using world = openPushWorld();
    const { dev, server, scratch } = world;
    const second = initRepo(scratch, "second.git", ["--bare"]);
    dev.git(["push", "-q", "--no-verify", second.dir, "main"]);
    dev.git(["remote", "set-url", "--add", "--push", "origin", server.dir]);
    dev.git(["remote", "set-url", "--add", "--push", "origin", second.dir]);
    const before = second.ref("refs/heads/main");
    dev.commit(ASSISTED);
    expectRefused(pushTo(world, ["origin", "main"]), "COSIGN_MISSING");
    expect(second.ref("refs/heads/main")).toBe(before);
    const tip = dev.commit(VOUCHED, { args: ["--amend"] });
    expectAllowed(pushTo(world, ["origin", "main"]));
    expect(second.ref("refs/heads/main")).toBe(tip);
  });
});
