import { existsSync } from "node:fs";
import { join } from "node:path";
import { type Destination, judgePush, parseObjectId, readPolicy } from "@countersign/core";
import { GitRepository, openContext } from "@countersign/git/internal";
import { describe, expect, it } from "vitest";
import { ASSISTED, attempt, expectAllowed, expectRefused, VOUCHED } from "../../rig/worlds/attempt.ts";
import { pushTo } from "../../rig/worlds/pre-push-hook.ts";
import { type ObjectFormat, openPushWorld, POLICY, type PushWorld } from "../../rig/worlds/push-world.ts";

const FORMATS: readonly ObjectFormat[] = ["sha1", "sha256"];
const CLEAN = "Retry uploads\n";
/** A policy that protects nothing that matters, on every ref that could be taken for the real one. */
const DECOY = POLICY.replace("[main]", "[nothing]");

describe("a name that could mean two things", () => {
  const DECOYS = [
    ["a tag main", "refs/tags/main"],
    ["a tag origin/main", "refs/tags/origin/main"],
    ["a local branch origin/main", "refs/heads/origin/main"],
    ["a local branch origin/HEAD", "refs/heads/origin/HEAD"],
    ["a local branch HEAD", "refs/heads/HEAD"],
    ["a ref outside every folder", "refs/main"],
    ["a local branch that repeats the full name", "refs/heads/refs/remotes/origin/main"],
    ["another remote whose name begins alike", "refs/remotes/origin2/main"],
    ["a remote-tracking branch that ends alike", "refs/remotes/origin/x/main"],
  ] as const;

  it.each(DECOYS)("does not lead to another policy: %s", (_, decoy) => {
    using world = openPushWorld({ policy: POLICY.replace("[main]", "[main, stable]") });
    const { dev } = world;
    const policy = dev.oid("HEAD");
    dev.git(["update-ref", decoy, dev.commit("Weaken\n", { files: { "countersign.config.yaml": DECOY } })]);
    dev.git(["reset", "-q", "--hard", policy]);
    const assisted = dev.commit(ASSISTED);
    for (const branch of ["main", "stable"]) {
      expectRefused(attempt(world, assisted, { branch }), "COSIGN_MISSING", `at ${policy}, countersign.config.yaml`);
    }
    expectAllowed(attempt(world, dev.commit(VOUCHED, { args: ["--amend"] })));
  });

  it.each(FORMATS)("is no trouble where branches are named like object ids of %s", (format) => {
    using world = openPushWorld({ format });
    const { dev } = world;
    const base = dev.oid("HEAD");
    const assisted = dev.commit(ASSISTED);
    for (const id of [base, assisted])
      for (const length of [7, id.length]) dev.git(["update-ref", `refs/heads/${id.slice(0, length)}`, base]);
    expectRefused(pushTo(world, ["origin", "main"]), "COSIGN_MISSING", assisted.slice(0, 12));
    dev.commit(CLEAN, { args: ["--amend"] });
    expectAllowed(pushTo(world, ["origin", "main"]));
  });

  it.each(FORMATS)("does not turn a rewritten %s history into a failure of git", (format) => {
    using world = openPushWorld({ format });
    const { dev } = world;
    const old = dev.commit(CLEAN);
    expectAllowed(attempt(world, old));
    dev.git(["update-ref", `refs/heads/${old}`, old]);
    const other = dev.commit("Another\n", { args: ["--amend"] });
    expectRefused(attempt(world, other, { push: ["--force"] }), "HISTORY_REWRITTEN", old, "without force");
  });

  it("does not move what this clone takes for the remote's main branch", () => {
    using world = openPushWorld();
    const { dev } = world;
    const policy = dev.oid("HEAD");
    const weak = dev.commit("Weaken\n", { files: { "countersign.config.yaml": DECOY } });
    // git would follow refs/remotes/origin/HEAD here, so that refs/remotes/origin/main would be the weakened policy.
    expectRefused(attempt(world, weak, { branch: "HEAD" }), "BRANCH_NAMED_HEAD");
    const assisted = dev.commit(ASSISTED);
    expectRefused(attempt(world, assisted), "COSIGN_MISSING", "POLICY_CHANGED", `at ${policy}`);
  });
});

describe("a branch with an odd name", () => {
  const NAMES = [
    "-x",
    "--output=PWN",
    "$(touch$IFS,PWN)",
    "a`b`",
    "a;b",
    "a|b",
    "a&b",
    'a"b',
    "a'b",
    "a%b",
    "a{b",
    "@",
    "!x",
    "#x",
    "refs/heads/main",
    "heads/main",
    "MAIN",
    "main.x",
    "__proto__",
    "constructor",
    "toString",
    "‮niam",
    "mаin",
    "a\u0301",
    "x".repeat(200),
  ];

  it("is judged by the policy and shown without harm", () => {
    using world = openPushWorld({ policy: POLICY.replace("[main]", '["**"]') });
    const assisted = world.dev.commit(ASSISTED);
    for (const branch of NAMES) {
      const push = pushTo(world, ["origin", `${assisted}:refs/heads/${branch}`], {
        to: `refs/heads/${branch}`,
        tip: assisted,
      });
      expect({ branch, git: push.status, hook: push.hook, ref: push.refs.get(push.ref) }).toEqual({
        branch,
        git: 1,
        hook: 1,
        ref: undefined,
      });
      expect(push.stderr).toContain("COSIGN_MISSING");
      expect(push.stderr).not.toContain("\u202e");
    }
    expect(existsSync(join(world.dev.dir, "PWN"))).toBe(false);
  });

  it("is free where only main is protected", () => {
    using world = openPushWorld();
    const assisted = world.dev.commit(ASSISTED);
    expectRefused(attempt(world, assisted), "COSIGN_MISSING");
    for (const branch of NAMES) {
      const push = pushTo(world, ["origin", `${assisted}:refs/heads/${branch}`], {
        to: `refs/heads/${branch}`,
        tip: assisted,
      });
      expect({ branch, git: push.status, hook: push.hook, ref: push.refs.get(push.ref) }).toEqual({
        branch,
        git: 0,
        hook: 0,
        ref: assisted,
      });
    }
    expect(existsSync(join(world.dev.dir, "PWN"))).toBe(false);
  });

  it("may hold a byte that is no UTF-8", () => {
    using world = openPushWorld({ policy: POLICY.replace("[main]", '["release/**"]') });
    const { dev } = world;
    dev.commit(ASSISTED);
    // Node passes arguments as UTF-8, so a shell writes the byte.
    dev.git(["config", "alias.raw", `!git push origin "HEAD:refs/heads/release/$(printf '\\377')"`]);
    const count = world.server.git(["for-each-ref", "--format=%(refname)"]).split("\n").length;
    const refused = dev.try(["raw"]);
    expect(refused.status).toBe(1);
    expect(refused.stderr).toContain("COSIGN_MISSING");
    expect(world.server.git(["for-each-ref", "--format=%(refname)"]).split("\n")).toHaveLength(count);
  });
});

describe.each(FORMATS)("a symbolic ref of the server in a %s repository", (format) => {
  async function judgeOnServer(world: PushWorld, ref: string, tip: string, aliases: ReadonlyMap<string, string>) {
    const { server } = world;
    const repository = new GitRepository(openContext(server.dir, server.env), format);
    try {
      const main = parseObjectId(server.oid("refs/heads/main"));
      const destination: Destination = { branches: new Map([["main", main]]), defaultBranch: "main", aliases };
      const policy = await readPolicy(repository, { commit: main, ref: "refs/heads/main" });
      return await judgePush(repository, {
        updates: [{ ref, old: main, new: parseObjectId(tip) }],
        now: 1_800_000_000,
        destination,
        policy,
      });
    } finally {
      await repository.close();
    }
  }

  it.each([
    [ASSISTED, "deny", ["COSIGN_MISSING"]],
    [VOUCHED, "allow", []],
  ] as const)("stands for the branch that it names: %j", async (message, outcome, codes) => {
    using world = openPushWorld({ format });
    world.server.git(["symbolic-ref", "refs/heads/alias", "refs/heads/main"]);
    const tip = world.dev.commit(message);
    world.dev.git(["push", "-q", "--no-verify", "origin", `${tip}:refs/heads/in-transit`]);
    const repository = new GitRepository(openContext(world.server.dir, world.server.env), format);
    const aliases = new Map(
      (await repository.refs("refs/heads")).flatMap(({ name, target }) =>
        target === undefined ? [] : [[name, target] as const],
      ),
    );
    await repository.close();
    expect([...aliases]).toEqual([["refs/heads/alias", "refs/heads/main"]]);
    const decision = await judgeOnServer(world, "refs/heads/alias", tip, aliases);
    expect(decision.outcome).toBe(outcome);
    expect(decision.updates.map(({ branch, commits }) => ({ branch, commits }))).toEqual([
      { branch: "main", commits: 1 },
    ]);
    expect(
      decision.updates.flatMap(({ judged }) => judged.flatMap(({ violations }) => violations.map(({ code }) => code))),
    ).toEqual(codes);
  });

  it("cannot be used to delete the branch", async () => {
    using world = openPushWorld({ format });
    const aliases = new Map([["refs/heads/alias", "refs/heads/main"]]);
    const decision = await judgeOnServer(world, "refs/heads/alias", "0".repeat(format === "sha1" ? 40 : 64), aliases);
    expect(decision.outcome).toBe("deny");
    expect(decision.updates[0]?.violations.map(({ code }) => code)).toEqual(["BRANCH_DELETED"]);
  });
});
