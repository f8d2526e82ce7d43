import { readdirSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import {
  ASSISTED,
  attempt,
  attemptCommit,
  expectAllowed,
  expectRefused,
  expectUndecided,
  VOUCHED,
} from "../rig/worlds/attempt.ts";
import { POLICY } from "../rig/worlds/push-world.ts";
import { installPreReceive, openReceiveWorld } from "../rig/worlds/receive-world.ts";

const POLICY_FILE = "countersign.config.yaml";
const RELEASES = POLICY.replace("branches: [main]", 'branches: [main, "release/**"]');

describe("a push that skips the hook of the clone", () => {
  it("is refused by the server where a co-sign is missing, and stored where there is one", () => {
    using world = openReceiveWorld();
    const refused = attemptCommit(world, ASSISTED);
    expectRefused(refused, "COSIGN_MISSING", "refs/heads/main at");
    const said = refused.stderr.split("\nTo ")[0] ?? "";
    // git puts `remote: ` before each line.
    expect(said.split("\n").filter((line) => line.length > 72)).toEqual([]);
    expectAllowed(attemptCommit(world, VOUCHED), "co-signed by ada@acme.example");
    expectAllowed(attemptCommit(world, "By hand\n"));
  });

  it("is judged in whole: one branch that must not move keeps the others back, and each is named", () => {
    using world = openReceiveWorld({ policy: RELEASES });
    const tip = world.dev.commit(ASSISTED);
    const push = world.push("origin", `${tip}:main`, `${tip}:refs/heads/release/1`, `${tip}:refs/heads/topic`);
    expect({ status: push.status, hook: push.hook, topic: push.refs.get("refs/heads/topic") }).toEqual({
      status: 1,
      hook: 1,
      topic: undefined,
    });
    expect(push.stderr).toContain("refused refs/heads/main");
    expect(push.stderr).toContain("refused refs/heads/release/1");
    expectAllowed(attempt(world, tip, { branch: "topic" }));
  });

  it("leaves nothing behind on the server, refused or not", () => {
    using world = openReceiveWorld();
    attemptCommit(world, ASSISTED);
    attemptCommit(world, VOUCHED);
    expect(readdirSync(join(world.server.dir, "objects")).filter((name) => name.startsWith("tmp_"))).toEqual([]);
    expect(world.server.git(["fsck", "--no-dangling"])).toBe("");
  });
});

describe("the objects of a push in quarantine", () => {
  it("are read where git's environment leads, and not believed to be absent where it is lost", () => {
    using world = openReceiveWorld();
    installPreReceive(world.server, { through: 'env -i PATH="$PATH"' });
    expectUndecided(attemptCommit(world, "By hand\n"), "QUARANTINE_LOST");
    installPreReceive(world.server);
    expectAllowed(attemptCommit(world, "By hand\n"));
  });
});

describe("a symbolic ref of the server", () => {
  it.each([
    ["refs/heads/alias", "refs/heads/main"],
    ["refs/public/main", "refs/heads/main"],
    ["refs/heads/next", "refs/heads/release/2"],
  ])("%s moves what it stands for, %s, and is judged as that", (alias, target) => {
    using world = openReceiveWorld({ policy: RELEASES });
    world.server.git(["symbolic-ref", alias, target]);
    const push = (message: string) => world.push("origin", `${world.dev.commit(message)}:${alias}`);
    const refused = push(ASSISTED);
    expect({ hook: refused.hook, said: refused.stderr.includes("COSIGN_MISSING") }).toEqual({ hook: 1, said: true });
    world.dev.git(["reset", "-q", "--hard", "refs/remotes/origin/main"]);
    const allowed = push(VOUCHED);
    expect({ hook: allowed.hook, moved: allowed.refs.get(target) }).toEqual({ hook: 0, moved: world.dev.oid("HEAD") });
  });

  it("that stands for a branch that nothing protects is free", () => {
    using world = openReceiveWorld();
    world.server.git(["symbolic-ref", "refs/heads/alias", "refs/heads/topic"]);
    const push = world.push("origin", `${world.dev.commit(ASSISTED)}:refs/heads/alias`);
    expect(push.hook).toBe(0);
  });
});

describe("a namespace", () => {
  const env = { GIT_NAMESPACE: "team/a" };
  const start = "refs/namespaces/team/refs/namespaces/a/";

  it("has a policy of its own, on the branch that its own HEAD names", () => {
    using world = openReceiveWorld({ policy: null });
    const { dev, server } = world;
    const policy = dev.commit("Adopt\n", { files: { [POLICY_FILE]: POLICY } });
    const push = (tip: string) => dev.try(["push", "--no-verify", "origin", `${tip}:refs/heads/main`], { env });
    expect(push(policy).status).toBe(0);
    server.git(["symbolic-ref", `${start}HEAD`, `${start}refs/heads/main`]);
    const refused = push(dev.commit(ASSISTED));
    expect({ status: refused.status, said: refused.stderr.includes("COSIGN_MISSING") }).toEqual({
      status: 1,
      said: true,
    });
    expect(server.ref(`${start}refs/heads/main`)).toBe(policy);
    // What stands outside of it has none.
    const outside = world.push("origin", "HEAD:refs/heads/main");
    expect({ hook: outside.hook, said: outside.stderr.includes("no policy") }).toEqual({ hook: 0, said: true });
  });
});

describe("a server without a policy", () => {
  it("lets pushes through and says so, also where HEAD names a branch that nobody has pushed", () => {
    using world = openReceiveWorld({ policy: null });
    expectAllowed(attemptCommit(world, ASSISTED), "no policy yet");
    world.server.git(["symbolic-ref", "HEAD", "refs/heads/trunk"]);
    expectAllowed(attempt(world, world.dev.commit(ASSISTED)), "no policy yet");
  });

  it("is not taken for one without where HEAD names no branch that is there, and another branch has a policy", () => {
    using world = openReceiveWorld();
    world.server.git(["symbolic-ref", "HEAD", "refs/heads/trunk"]);
    expectUndecided(attemptCommit(world, "By hand\n"), "POLICY_REF_UNKNOWN");
  });
});

it("a push whose list of refs did not come through is not let in", () => {
  using world = openReceiveWorld({ before: "exec </dev/null" });
  expectUndecided(attemptCommit(world, "By hand\n"), "STDIN_EMPTY");
});

it("settings that the push brings along are not the server's", () => {
  using world = openReceiveWorld({
    before: "export GIT_CONFIG_COUNT=1 GIT_CONFIG_KEY_0=countersign.policyRef GIT_CONFIG_VALUE_0=refs/heads/none",
  });
  world.server.git(["symbolic-ref", "HEAD", "refs/heads/trunk"]);
  expectUndecided(attemptCommit(world, "By hand\n"), "POLICY_REF_UNKNOWN");
});
