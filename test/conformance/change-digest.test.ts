import { createHash } from "node:crypto";
import { mkdirSync, renameSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { ObjectId, Repository } from "@countersign/core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { changeDigest } from "../../packages/core/src/cosign/digest.ts";
import { BACKENDS, collect } from "../contract/backends.ts";
import { allCommits, askGit } from "../contract/oracle.ts";
import type { Raw } from "../contract/raw.ts";
import { initRepo, type Repo } from "../rig/repository/repo.ts";
import { openScratch, type Scratch } from "../rig/repository/scratch.ts";

/** The SHA-256 of what the command in the specification prints for a commit. */
function gitDigest(repo: Repo, { oid, parents }: Raw): string {
  const before = parents[0] ?? repo.git(["hash-object", "-t", "tree", "/dev/null"]);
  const command = ["diff-tree", "-r", "--raw", "-z", "--no-abbrev", "--no-renames", "--no-commit-id", before, oid];
  return createHash("sha256").update(askGit(repo, command)).digest("hex");
}

async function ourDigests(repository: Repository, commits: readonly Raw[]): Promise<ReadonlyMap<ObjectId, string>> {
  const answers = await collect(repository.changes(commits));
  return new Map(answers.map(({ commit, changes }) => [commit, changeDigest(changes)]));
}

/** Commits of every kind: each makes a step that some reading of a diff could get wrong. */
function fill(repo: Repo): void {
  const at = (path: string | Buffer): string | Buffer =>
    typeof path === "string" ? join(repo.dir, path) : Buffer.concat([Buffer.from(`${repo.dir}/`), path]);
  const all = (message: string): void => {
    repo.git(["add", "-A"]);
    repo.commit(message, { files: {} });
  };
  repo.commit("a root", { files: { "a.txt": "a\n", "dir/b.txt": "b\n", "dir/c/d.txt": "d\n", run: "#!/bin/sh\n" } });
  repo.commit("nothing", { files: {} });
  repo.git(["update-index", "--chmod=+x", "run"]);
  repo.commit("a mode", { files: {} });
  repo.git(["reset", "-q", "--hard"]);
  repo.git(["mv", "a.txt", "moved.txt"]);
  repo.commit("a rename", { files: {} });
  symlinkSync("moved.txt", at("link"));
  all("a symbolic link");
  renameSync(at("moved.txt"), at("link"));
  all("a type");
  for (const [index, bytes] of [[0xff], [0xfe], [0x0a], [0x09, 0x22, 0x5c], [0x3a, 0x31], [0xc3, 0xa9]].entries()) {
    writeFileSync(at(Buffer.from(bytes)), `${index}\n`);
  }
  all("paths of any bytes");
  mkdirSync(at("link.d"));
  repo.git(["rm", "-q", "-r", "dir"]);
  repo.commit("a folder becomes a file", { files: { dir: "file\n", "dir.txt": "beside it\n" } });
  const first = repo.oid("HEAD");
  repo.git(["update-index", "--add", "--cacheinfo", `160000,${first},module`]);
  repo.commit("a submodule", { files: {} });
  repo.git(["update-index", "--cacheinfo", `160000,${repo.oid("HEAD")},module`]);
  repo.commit("the submodule moves", { files: {} });
  repo.git(["checkout", "-q", "-b", "side", first]);
  repo.commit("on the side", { files: { side: "s\n", link: "ours\n" } });
  repo.git(["checkout", "-q", "main"]);
  repo.git(["merge", "-q", "--no-ff", "--no-edit", "side"]);
  repo.git(["checkout", "-q", "--orphan", "other"]);
  repo.commit("another root", { files: { other: "o\n" } });
  repo.git(["checkout", "-q", "-f", "main"]);
  repo.git(["merge", "-q", "--no-edit", "--allow-unrelated-histories", "-s", "ours", "other", "side~1"]);
  repo.git(["rm", "-q", "-r", "."]);
  repo.commit("no file left", { files: {} });
}

describe.each(["sha1", "sha256"] as const)("in a repository with %s", (format) => {
  let scratch: Scratch;
  let repo: Repo;
  beforeAll(() => {
    scratch = openScratch();
    repo = initRepo(scratch, "repo", [`--object-format=${format}`]);
    fill(repo);
  });
  afterAll(() => scratch[Symbol.dispose]());

  // isomorphic-git reads no repository with SHA-256.
  const backends = format === "sha1" ? BACKENDS : BACKENDS.slice(0, 1);
  it.each(backends)("is the digest of what git diff-tree prints, read by $name", async ({ open }) => {
    const commits = allCommits(repo);
    expect(commits.length).toBeGreaterThan(12);
    const repository = await open(repo);
    const ours = await ourDigests(repository, commits);
    await repository.close();
    expect(ours).toEqual(new Map(commits.map((commit) => [commit.oid, gitDigest(repo, commit)])));
    expect(new Set(ours.values()).size).toBeGreaterThan(commits.length - 3);
  });
});

it("is the digest of nothing for no change", () => {
  expect(changeDigest([])).toBe(createHash("sha256").digest("hex"));
});
