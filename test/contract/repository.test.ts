import type { ObjectId, Repository } from "@countersign/core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { initRepo, type Repo } from "../rig/repository/repo.ts";
import { openScratch, type Scratch } from "../rig/repository/scratch.ts";
import { BACKENDS, collect } from "./backends.ts";
import {
  allCommits,
  askGit,
  askGitLines,
  bestCommon,
  formatNumstat,
  formatRaw,
  numstat,
  rawDiff,
  reach,
  rootDiff,
} from "./oracle.ts";
import type { Raw } from "./raw.ts";
import { WORLDS } from "./worlds.ts";

describe.each(WORLDS)("in $name", ({ build }) => {
  let scratch: Scratch;
  let repo: Repo;
  let commits: readonly Raw[];
  beforeAll(() => {
    scratch = openScratch();
    repo = initRepo(scratch, "repo");
    build(repo);
    commits = allCommits(repo);
  });
  afterAll(() => scratch[Symbol.dispose]());

  describe.each(BACKENDS)("$name", ({ open }) => {
    let repository: Repository;
    beforeAll(async () => {
      repository = await open(repo);
    });
    afterAll(() => repository.close());

    it("gives every commit once, in the bytes that git stores", async () => {
      const tips = commits.map(({ oid }) => oid);
      const found = await collect(repository.commits({ tips, exclude: [] }));
      expect(found.map(({ oid }) => oid).sort()).toEqual([...tips].sort());
      for (const { oid, bytes, size } of found) {
        const stored = askGit(repo, ["cat-file", "commit", oid]);
        expect({ oid, size, bytes: Buffer.from(bytes) }).toEqual({ oid, size: stored.length, bytes: stored });
        expect((await repository.commit(oid)).bytes).toEqual(bytes);
      }
    });

    it("gives the range between any two commits", async () => {
      for (const { oid: tip } of commits) {
        for (const { oid: excluded } of commits) {
          const found = await collect(repository.commits({ tips: [tip], exclude: [excluded] }));
          const below = reach(commits, excluded);
          const expected = [...reach(commits, tip)].filter((oid) => !below.has(oid));
          expect(found.map(({ oid }) => oid).sort()).toEqual(expected.sort());
        }
      }
    });

    it("gives no more than the newest commits where a limit is set", async () => {
      for (const most of [1, 3, 100]) {
        const tips = [(commits[0] as Raw).oid];
        const exclude = commits.slice(-1).map(({ oid }) => oid);
        for (const range of [
          { tips, exclude: [] },
          { tips, exclude },
        ]) {
          const found = await collect(repository.commits({ ...range, most }));
          const not = range.exclude.map((oid) => `^${oid}`);
          expect(found.map(({ oid }) => oid)).toEqual(
            askGitLines(repo, ["rev-list", `--max-count=${most}`, ...tips, ...not]),
          );
        }
      }
    });

    it("tells of any two commits whether one reaches the other", async () => {
      for (const { oid: tip } of commits) {
        const reached = reach(commits, tip);
        for (const { oid } of commits) expect(await repository.isAncestor(oid, tip)).toBe(reached.has(oid));
      }
    });

    it("tells of a commit and several others whether any of them reaches it, and their merge bases, as git does", async () => {
      const oids = commits.map(({ oid }) => oid);
      for (const [at, oid] of oids.entries()) {
        const others = [1, 3, 4].map((step) => oids[(at + step) % oids.length] as ObjectId);
        const reached = others.some((other) => reach(commits, other).has(oid));
        expect(await repository.isAncestor(oid, ...others)).toBe(reached);
        const printed = repo
          .try(["merge-base", "--all", oid, ...others])
          .stdout.split("\n")
          .filter(Boolean);
        expect([...(await repository.mergeBases(oid, ...others))].sort()).toEqual(printed.sort());
      }
      expect(await repository.isAncestor(oids[0] as ObjectId)).toBe(false);
    });

    it("gives the merge bases of any two commits", async () => {
      for (const { oid: a } of commits) {
        for (const { oid: b } of commits) {
          const found = await repository.mergeBases(a, b);
          expect([...found].sort()).toEqual(bestCommon(commits, a, b).sort());
        }
      }
    });

    it("gives the changes that diff-tree prints, in its order", async () => {
      const answers = await collect(repository.changes(commits));
      expect(answers.map(({ commit }) => commit)).toEqual(commits.map(({ oid }) => oid));
      for (const [index, { changes }] of answers.entries()) {
        expect(formatRaw(changes).toString("latin1")).toBe(rawDiff(repo, commits[index] as Raw).toString("latin1"));
      }
    });

    it("gives only the changes of root entries that were asked for by name", async () => {
      for (const names of [["a"], ["lib"], ["*.txt"], ["large.txt", "dir"], ["absent"], ["ümläut"]]) {
        for (const [index, { changes }] of (await collect(repository.changes(commits, { names }))).entries()) {
          const expected = rootDiff(repo, commits[index] as Raw).filter(({ path }) => names.includes(path));
          expect(formatRaw(changes).toString()).toBe(expected.map(({ raw }) => raw).join(""));
        }
      }
    });

    it("counts the lines that numstat counts", async () => {
      for (const [index, { changes }] of (await collect(repository.changes(commits, { lines: true }))).entries()) {
        expect(formatNumstat(changes).toString("latin1")).toBe(numstat(repo, commits[index] as Raw).toString("latin1"));
      }
    });

    it("gives the refs that for-each-ref prints, and what they lead to", async () => {
      for (const prefix of [
        "refs",
        "refs/heads",
        "refs/heads/main",
        "refs/heads/ma",
        "refs/tags",
        "refs/remotes/origin",
      ]) {
        const found = await repository.refs(prefix);
        const printed = found.map(({ oid, name, target }) => `${oid} ${name} ${target ?? ""}`);
        expect(printed).toEqual(
          askGitLines(repo, ["for-each-ref", "--format=%(objectname) %(refname) %(symref)", prefix]),
        );
        for (const { oid } of found) {
          const peeled = repo.try(["rev-parse", "--verify", "--quiet", `${oid}^{commit}`], {
            env: { GIT_NO_REPLACE_OBJECTS: "1" },
          });
          expect(await repository.peelToCommit(oid)).toBe(peeled.status === 0 ? peeled.stdout.trim() : undefined);
        }
      }
    });

    it("tells which ref a symbolic ref is for", async () => {
      for (const name of [
        "HEAD",
        "refs/heads/main",
        "refs/heads/alias",
        "refs/heads/alias-of-alias",
        "refs/heads/dangling",
        "refs/heads/absent",
      ]) {
        const { status, stdout } = repo.try(["symbolic-ref", "--quiet", name]);
        expect(await repository.symbolicRef(name)).toBe(status === 0 ? stdout.trim() : undefined);
      }
    });

    it("gives the entries of a root tree that have one of the names", async () => {
      const names = ["a", "a.txt", "lib", "link", "run.sh", "ümläut", "dir", "absent"];
      for (const { oid } of commits) {
        const lines = askGit(repo, ["ls-tree", "-z", oid]).toString("utf8").split("\0").filter(Boolean);
        const expected = lines.map((line) => {
          const [, mode, entry, path = ""] = /^(\d+) \w+ (\w+)\t(.*)$/s.exec(line) ?? [];
          return { path, mode, oid: entry };
        });
        expect(await repository.rootEntries(oid, names)).toEqual(expected.filter(({ path }) => names.includes(path)));
      }
    });

    it("gives the bytes of every tree", async () => {
      const trees = new Set<string>();
      for (const { oid } of commits) {
        trees.add(
          askGit(repo, ["rev-parse", `${oid}^{tree}`])
            .toString()
            .trim(),
        );
        const folders = askGit(repo, ["ls-tree", "-r", "-d", "-z", oid])
          .toString("utf8")
          .matchAll(/ tree (\w+)\t/g);
        for (const [, folder = ""] of folders) trees.add(folder);
      }
      for (const tree of trees) {
        expect(Buffer.from(await repository.tree(tree as ObjectId, 1 << 20))).toEqual(
          askGit(repo, ["cat-file", "tree", tree]),
        );
      }
    });

    it("gives the bytes of every file", async () => {
      for (const { changes } of await collect(repository.changes(commits))) {
        for (const { newOid, newMode } of changes) {
          if (newMode === "160000" || newMode === "000000") continue;
          expect(Buffer.from(await repository.blob(newOid as ObjectId, 1 << 20))).toEqual(
            askGit(repo, ["cat-file", "blob", newOid]),
          );
        }
      }
    });
  });
});
