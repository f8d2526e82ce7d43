import { join } from "node:path";
import type { ConfiguredRepository } from "@countersign/core";
import { findDestination } from "@countersign/core/internal";
import { describe, expect, it } from "vitest";
import { initRepo, Repo } from "../rig/repository/repo.ts";
import { openScratch } from "../rig/repository/scratch.ts";
import { openPushWorld } from "../rig/worlds/push-world.ts";
import { BACKENDS } from "./backends.ts";

describe.each(BACKENDS)("over $name a repository says how it is set up:", ({ name, open }) => {
  async function ask<T>(repo: Repo, question: (repository: ConfiguredRepository) => Promise<T>): Promise<T> {
    const repository = await open(repo);
    const answer = await question(repository);
    await repository.close();
    return answer;
  }

  it("whether it is bare, as git tells it", async () => {
    using scratch = openScratch();
    const origin = initRepo(scratch, "origin");
    origin.commit("one");
    for (const kind of ["plain", "bare"]) {
      const dir = join(scratch.dir, kind);
      origin.git(["clone", "-q", ...(kind === "bare" ? ["--bare"] : []), origin.dir, dir]);
      const repo = new Repo(scratch, dir);
      const linked = new Repo(scratch, join(scratch.dir, `${kind}-linked`));
      repo.git(["worktree", "add", "-q", "--detach", linked.dir]);
      // In memory there is nothing but the one folder.
      for (const one of name.endsWith("memory") ? [repo] : [repo, linked]) {
        for (const setting of [
          ["core.bare", kind === "bare" ? "yes" : "no"],
          ["--unset", "core.bare"],
        ]) {
          const told = one.git(["rev-parse", "--is-bare-repository"]) === "true";
          expect(await ask(one, (repository) => repository.isBare())).toBe(told);
          repo.git(["config", ...setting]);
        }
      }
    }
  });

  it("its remotes and its settings, as git reads them", async () => {
    using scratch = openScratch();
    const repo = initRepo(scratch, "repo");
    expect(await ask(repo, (repository) => repository.remotes())).toEqual([]);
    repo.git(["remote", "add", "origin", "../elsewhere"]);
    repo.git(["remote", "add", "a.fork", "ssh://host/fork"]);
    const names = repo.git(["remote"]).split("\n").sort();
    expect([...(await ask(repo, (repository) => repository.remotes()))].sort()).toEqual(names);
    for (const value of ["refs/heads/policy", " a # b; c ", "2"]) {
      repo.git(["config", "--replace-all", "countersign.policyRef", value]);
      expect(await ask(repo, (repository) => repository.setting("countersign.policyRef"))).toBe(value);
    }
    repo.git(["config", "--add", "countersign.POLICYREF", "the last one counts"]);
    expect(await ask(repo, (repository) => repository.setting("countersign.policyRef"))).toBe("the last one counts");
    expect(await ask(repo, (repository) => repository.setting("countersign.remote"))).toBeUndefined();
  });

  it("which commit a revision names, by git's rules", async () => {
    using scratch = openScratch();
    const repo = initRepo(scratch, "repo");
    const first = repo.commit("one");
    repo.git(["checkout", "-q", "-b", "side"]);
    repo.commit("two");
    repo.git(["checkout", "-q", "main"]);
    repo.commit("three");
    repo.git(["merge", "-q", "--no-ff", "-m", "four", "side"]);
    repo.git(["tag", "-a", "-m", "first", "v1", first]);
    repo.git(["tag", "side", first]);
    repo.git(["update-ref", "refs/remotes/origin/main", first]);
    repo.git(["symbolic-ref", "refs/remotes/origin/HEAD", "refs/remotes/origin/main"]);
    const revisions = [
      ...["HEAD", "@", "main", "heads/side", "side", "refs/tags/side", "v1", "v1^{commit}", "tags/v1", "origin/main"],
      ...["origin", "HEAD^", "HEAD^2", "HEAD^2~1", "HEAD~2", "@~", "HEAD^0", "HEAD~0", "HEAD^^", "main~1^1"],
      ...[first, first.slice(0, 7), `${first.slice(0, 12)}~0`, "HEAD^3", "HEAD~9", "absent", "", "^HEAD", "-x", "a..b"],
      ...["v1~1", "refs/heads/absent", "../config", "HEAD^{", "0000000", "0".repeat(40)],
    ];
    for (const revision of revisions) {
      const { status, stdout } = repo.try([
        "rev-parse",
        "--verify",
        "--quiet",
        "--end-of-options",
        `${revision}^{commit}`,
      ]);
      const commit = await ask(repo, async (repository) => {
        const oid = await repository.resolve(revision);
        return oid && repository.peelToCommit(oid);
      });
      // To git, and to it alone, a commit that is left out is an answer.
      const named = status === 0 && !stdout.startsWith("^");
      expect([revision, commit]).toEqual([revision, named ? stdout.trim() : undefined]);
    }
  });

  it("and so where its work lands", async () => {
    using world = openPushWorld();
    const { dev, server } = world;
    const commit = dev.oid("HEAD");
    const lands = async (repo: Repo, ref: string): Promise<void> =>
      expect(await ask(repo, findDestination)).toMatchObject({
        destination: { defaultBranch: "main" },
        location: { known: "place", place: { commit, ref } },
      });
    await lands(dev, "refs/remotes/origin/main");
    dev.git(["remote", "rename", "origin", "upstream"]);
    await lands(dev, "refs/remotes/upstream/main");
    await lands(server, "refs/heads/main");
  });
});
