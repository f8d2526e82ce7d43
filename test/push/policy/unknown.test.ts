import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { initRepo, Repo } from "../../rig/repository/repo.ts";
import { commandsOf, follow } from "../../rig/text/advice.ts";
import { ASSISTED, expectAllowed, expectRefused, expectUndecided } from "../../rig/worlds/attempt.ts";
import { pushTo } from "../../rig/worlds/pre-push-hook.ts";
import { installPrePush, openPushWorld, POLICY, type PushWorld } from "../../rig/worlds/push-world.ts";

const BOTH = POLICY.replace("[main]", '[main, develop, "release/**"]');

/** A world with `main` and `release/1` on the server, and another clone of it, made by these commands. */
function cloned(world: PushWorld, ...commands: readonly (readonly string[])[]): Repo {
  const { scratch, server, dev } = world;
  dev.git(["push", "-q", "--no-verify", "origin", "main:release/1"]);
  const clone = new Repo(scratch, join(scratch.dir, "clone"));
  const [first = [], ...others] = commands;
  dev.git([...first, "-q", `file://${server.dir}`, clone.dir]);
  for (const command of others) clone.git(command);
  installPrePush(clone);
  return clone;
}

/** A commit on top of another that is on no branch. */
function onTop(repo: Repo, parent: string, message: string): string {
  return repo.git(["commit-tree", "-p", parent, "-m", message, `${parent}^{tree}`]);
}

interface Blind {
  readonly name: string;
  readonly clone: (world: PushWorld) => Repo;
  /** How a commit is pushed to `release/1`, if not by its id. */
  readonly into?: (repo: Repo, commit: string) => readonly string[];
  /** What is pushed to, if not `origin`. */
  readonly to?: (world: PushWorld) => string;
  readonly filled?: (world: PushWorld) => Readonly<Record<string, string>>;
  /** What it is pushed to once the advice was followed, if that is another name. */
  readonly known?: string;
}

const BLIND: readonly Blind[] = [
  {
    name: "fetches one branch alone",
    clone: (world) => cloned(world, ["clone", "--single-branch", "-b", "release/1"]),
  },
  { name: "is bare", clone: (world) => cloned(world, ["clone", "--bare"]) },
  {
    name: "is a mirror, which pushes all that it has",
    clone: (world) => cloned(world, ["clone", "--mirror"]),
    into: (repo, commit) => {
      repo.git(["update-ref", "refs/heads/release/1", commit]);
      return [];
    },
    filled: () => ({ NAME: "main" }),
  },
  {
    name: "has not noted that the default branch is develop",
    clone: (world) => {
      world.server.git(["branch", "-m", "main", "develop"]);
      return cloned(world, ["clone"], ["remote", "set-head", "origin", "--delete"]);
    },
  },
  {
    name: "keeps what it fetches elsewhere",
    clone: (world) =>
      cloned(
        world,
        ["clone"],
        ["config", "remote.origin.fetch", "+refs/heads/*:refs/fetched/*"],
        ["remote", "set-head", "origin", "--delete"],
        ["update-ref", "-d", "refs/remotes/origin/main"],
        ["update-ref", "-d", "refs/remotes/origin/release/1"],
        ["fetch", "-q"],
      ),
  },
  {
    name: "has a second remote that was never fetched",
    clone: (world) => cloned(world, ["clone"], ["remote", "add", "other", world.server.dir]),
    to: () => "other",
    known: "other",
  },
  {
    name: "names the server by another spelling",
    clone: (world) => cloned(world, ["clone"]),
    to: ({ server }) => `file://${server.dir}/`,
    filled: ({ server }) => ({ NAME: "again", ADDRESS: `file://${server.dir}/` }),
    known: "again",
  },
];

const byId = (_: Repo, commit: string): readonly string[] => [`${commit}:refs/heads/release/1`];

describe.each(BLIND)("a push from a clone that $name", (row) => {
  const { clone: make, into = byId, to = () => "origin", filled, known = "origin" } = row;

  it("is not judged by the want of a policy, and is judged once its advice was followed", () => {
    using world = openPushWorld({ policy: BOTH });
    const repo = make(world);
    const tip = world.server.oid("release/1");
    const assisted = onTop(repo, tip, ASSISTED);
    const blind = pushTo(world, [to(world), ...into(repo, assisted)], { repo, to: "release/1", tip: assisted });
    expectUndecided(blind, "POLICY_REF_UNKNOWN", "release/1");
    follow(repo, commandsOf(blind.stderr), filled?.(world));
    const refused = pushTo(world, [known, ...into(repo, assisted)], { repo, to: "release/1", tip: assisted });
    expectRefused(refused, "COSIGN_MISSING");
    const clean = onTop(repo, tip, "By hand");
    expectAllowed(pushTo(world, [known, ...into(repo, clean)], { repo, to: "release/1", tip: clean }));
  });
});

describe("a push to a remote that surely has no policy", () => {
  it("passes with one line where it is the first one, and the next one is judged", () => {
    using world = openPushWorld({ policy: BOTH });
    const { dev, scratch } = world;
    const empty = initRepo(scratch, "empty.git", ["--bare"]);
    dev.git(["remote", "add", "empty", empty.dir]);
    const first = dev.try(["push", "empty", "main", "main:release/1", "main:refs/tags/v1"]);
    expect({ status: first.status, ref: empty.oid("release/1") }).toEqual({ status: 0, ref: dev.oid("main") });
    expect(first.stderr).toContain("empty has no policy yet, so nothing is enforced\n");
    dev.commit(ASSISTED);
    const second = dev.try(["push", "empty", "main"]);
    expect(second.status).toBe(1);
    expect(second.stderr).toContain("COSIGN_MISSING");
  });

  it("passes where the branch that it begins with is the one that git is set to begin with", () => {
    using world = openPushWorld({ policy: BOTH });
    const { dev, scratch } = world;
    const empty = initRepo(scratch, "empty.git", ["--bare"]);
    dev.git(["remote", "add", "empty", empty.dir]);
    expect(dev.try(["push", "empty", "main:trunk"]).stderr).toContain("POLICY_REF_UNKNOWN");
    expect(dev.try(["-c", "init.defaultBranch=trunk", "push", "empty", "main:trunk"]).status).toBe(0);
    expect(empty.oid("trunk")).toBe(dev.oid("main"));
  });

  it("passes for a topic of a fork, once that was fetched, and tags at any time", () => {
    using world = openPushWorld({ policy: BOTH });
    const { dev, scratch, server } = world;
    const fork = initRepo(scratch, "fork.git", ["--bare"]);
    server.git(["push", "-q", fork.dir, "main"]);
    dev.git(["remote", "add", "fork", fork.dir]);
    dev.commit(ASSISTED);
    const tag = dev.try(["push", "fork", "HEAD:refs/tags/v1"]);
    expect({ status: tag.status, told: tag.stderr.includes("refs/tags/v1 is not judged") }).toEqual({
      status: 0,
      told: true,
    });
    expect(dev.try(["push", "fork", "HEAD:topic"]).status).toBe(1);
    dev.git(["fetch", "-q", "fork"]);
    expect(dev.try(["push", "fork", "HEAD:topic"])).toMatchObject({ status: 0 });
    expect(dev.try(["push", "fork", "HEAD:main"]).stderr).toContain("COSIGN_MISSING");
  });
});
