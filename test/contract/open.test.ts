import nodeFs, { rmSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import type { ObjectId } from "@countersign/core";
import { openIsomorphicRepository } from "@countersign/isomorphic/internal";
import { expect, it } from "vitest";
import { initRepo } from "../rig/repository/repo.ts";
import { openScratch } from "../rig/repository/scratch.ts";
import { collect } from "./backends.ts";

const fs = nodeFs;

it("refuses a SHA-256 repository in words that say so", async () => {
  using scratch = openScratch();
  const repo = initRepo(scratch, "repo", ["--object-format=sha256"]);
  await expect(openIsomorphicRepository({ fs, gitdir: join(repo.dir, ".git") })).rejects.toThrow("sha256");
});

it("refuses a folder that is no repository", async () => {
  using scratch = openScratch();
  for (const gitdir of [scratch.dir, join(scratch.dir, "absent")]) {
    await expect(openIsomorphicRepository({ fs, gitdir })).rejects.toMatchObject({ code: "NOT_A_REPOSITORY" });
  }
});

it("reads a bare repository, named with or without a slash at the end", async () => {
  using scratch = openScratch();
  const repo = initRepo(scratch, "repo");
  const oid = repo.commit("one");
  repo.git(["clone", "-q", "--bare", repo.dir, join(scratch.dir, "bare.git")]);
  for (const gitdir of [join(scratch.dir, "bare.git"), join(scratch.dir, "bare.git/")]) {
    const repository = await openIsomorphicRepository({ fs, gitdir });
    expect(await repository.refs("refs/heads")).toEqual([{ name: "refs/heads/main", oid }]);
  }
});

it("reads a linked work tree: its own HEAD, and the refs and objects that it shares", async () => {
  using scratch = openScratch();
  const repo = initRepo(scratch, "repo");
  const oid = repo.commit("one");
  repo.git(["worktree", "add", "-q", "-b", "side", join(scratch.dir, "linked")]);
  const repository = await openIsomorphicRepository({ fs, gitdir: join(scratch.dir, "linked/.git") });
  expect(await repository.symbolicRef("HEAD")).toBe("refs/heads/side");
  expect((await repository.refs("refs/heads")).map(({ name }) => name)).toEqual(["refs/heads/main", "refs/heads/side"]);
  expect(await repository.peelToCommit(oid as ObjectId)).toBe(oid);
});

it("reads the objects that a repository borrows from others", async () => {
  using scratch = openScratch();
  const repo = initRepo(scratch, "repo");
  const oid = repo.commit("one") as ObjectId;
  repo.git(["clone", "-q", "--shared", repo.dir, join(scratch.dir, "borrower")]);
  repo.git(["clone", "-q", "--shared", join(scratch.dir, "borrower"), join(scratch.dir, "second")]);
  const repository = await openIsomorphicRepository({ fs, gitdir: join(scratch.dir, "second/.git") });
  expect((await collect(repository.commits({ tips: [oid], exclude: [] }))).map((commit) => commit.oid)).toEqual([oid]);
});

it("takes a symbolic link for the symbolic ref that git takes it for", async () => {
  using scratch = openScratch();
  const repo = initRepo(scratch, "repo");
  repo.commit("one");
  const head = join(repo.dir, ".git/HEAD");
  rmSync(head);
  symlinkSync("refs/heads/main", head);
  const repository = await openIsomorphicRepository({ fs, gitdir: join(repo.dir, ".git") });
  expect(repo.git(["symbolic-ref", "HEAD"])).toBe("refs/heads/main");
  expect(await repository.symbolicRef("HEAD")).toBe("refs/heads/main");
});

it("follows no circle of symbolic refs, and takes none for absent", async () => {
  using scratch = openScratch();
  const repo = initRepo(scratch, "repo");
  nodeFs.writeFileSync(join(repo.dir, ".git/refs/heads/a"), "ref: refs/heads/b\n");
  nodeFs.writeFileSync(join(repo.dir, ".git/refs/heads/b"), "ref: refs/heads/a\n");
  const repository = await openIsomorphicRepository({ fs, gitdir: join(repo.dir, ".git") });
  expect(await repository.refs("refs")).toEqual([]);
  await expect(repository.symbolicRef("refs/heads/a")).rejects.toMatchObject({ code: "REVISION_UNKNOWN" });
});
