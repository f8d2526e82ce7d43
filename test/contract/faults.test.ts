import { rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { COMMIT_BYTES_READ, isCountersignError, type ObjectId, type Repository } from "@countersign/core";
import { describe, expect, it } from "vitest";
import { initRepo, Repo } from "../rig/repository/repo.ts";
import { openScratch } from "../rig/repository/scratch.ts";
import { BACKENDS, collect, gitdirOf } from "./backends.ts";
import { writeCommit, writeObject, writeTree } from "./raw.ts";

const ABSENT = "1".repeat(40) as ObjectId;

async function codeOf(answer: Promise<unknown>): Promise<string> {
  return answer.then(
    () => "no fault",
    (error) => (isCountersignError(error) ? error.code : String(error)),
  );
}

describe.each(BACKENDS)("$name", ({ name, open }) => {
  const byGit = name === "the git program";

  it("names the fault of what is absent or of another type", async () => {
    using scratch = openScratch();
    const repo = initRepo(scratch, "repo");
    const tip = repo.commit("one", { files: { f: "12345" } }) as ObjectId;
    const file = repo.oid("HEAD:f") as ObjectId;
    const repository = await open(repo);
    expect(await codeOf(repository.commit(ABSENT))).toBe("OBJECT_MISSING");
    expect(await codeOf(repository.commit(file))).toBe("OBJECT_MISSING");
    expect(await codeOf(repository.blob(ABSENT, 9))).toBe("OBJECT_MISSING");
    expect(await codeOf(repository.blob(tip, 9))).toBe("OBJECT_MISSING");
    expect(await codeOf(repository.blob(file, 4))).toBe("BLOB_TOO_LARGE");
    expect(await codeOf(repository.blob(file, 5))).toBe("no fault");
    const tree = repo.oid("HEAD^{tree}") as ObjectId;
    const size = Number(repo.git(["cat-file", "-s", tree]));
    expect(await codeOf(repository.tree(ABSENT, 99))).toBe("OBJECT_MISSING");
    expect(await codeOf(repository.tree(tip, 99))).toBe("OBJECT_MISSING");
    expect(await codeOf(repository.tree(tree, size - 1))).toBe("TREE_TOO_LARGE");
    expect(await codeOf(repository.tree(tree, size))).toBe("no fault");
    expect(await codeOf(repository.rootEntries(ABSENT, ["f"]))).toBe("OBJECT_MISSING");
    expect(await repository.peelToCommit(ABSENT)).toBeUndefined();
    expect(await repository.peelToCommit(file)).toBeUndefined();
    await repository.close();
  });

  it("concludes nothing from a history with a lost parent", async () => {
    using scratch = openScratch();
    const repo = initRepo(scratch, "repo");
    const gitdir = gitdirOf(repo);
    const root = writeCommit(gitdir, { message: "root" });
    const tip = writeCommit(gitdir, { parents: [writeCommit(gitdir, { parents: [ABSENT] })], date: 5 });
    const other = writeCommit(gitdir, { parents: [root], message: "other" });
    const repository = await open(repo);
    const missing = "OBJECT_MISSING";
    expect(await codeOf(collect(repository.commits({ tips: [tip], exclude: [] })))).toBe(missing);
    expect(await codeOf(collect(repository.commits({ tips: [tip], exclude: [other] })))).toBe(missing);
    expect(await codeOf(collect(repository.commits({ tips: [ABSENT], exclude: [] })))).toBe(missing);
    expect(await codeOf(collect(repository.commits({ tips: [tip], exclude: [ABSENT] })))).toBe(missing);
    expect(await codeOf(repository.mergeBases(tip, other))).toBe(missing);
    expect(await codeOf(repository.mergeBases(other, tip))).toBe(missing);
    const broken = { oid: tip, parents: [ABSENT] };
    expect(await codeOf(collect(repository.changes([broken])))).toBe(missing);
    await repository.close();
  });

  it("needs no commit that only excluded ones name", async () => {
    using scratch = openScratch();
    const repo = initRepo(scratch, "repo");
    const gitdir = gitdirOf(repo);
    const old = writeCommit(gitdir, { parents: [ABSENT], date: 1 });
    const tip = writeCommit(gitdir, { parents: [old], date: 2 });
    const repository = await open(repo);
    const found = await collect(repository.commits({ tips: [tip], exclude: [old] }));
    expect(found.map(({ oid }) => oid)).toEqual([tip]);
    expect(await repository.isAncestor(old, tip)).toBe(true);
    await repository.close();
  });

  it("tells a shallow clone from a damaged one", async () => {
    using scratch = openScratch();
    const origin = initRepo(scratch, "origin");
    const [one, two, three] = ["one", "two", "three"].map((message) => origin.commit(message)) as [
      ObjectId,
      ObjectId,
      ObjectId,
    ];
    origin.git(["clone", "-q", "--depth=2", `file://${origin.dir}`, join(scratch.dir, "clone")]);
    const repository = await open(new Repo(scratch, join(scratch.dir, "clone")));
    expect(await codeOf(collect(repository.commits({ tips: [three], exclude: [] })))).toBe("HISTORY_SHALLOW");
    expect((await collect(repository.commits({ tips: [three], exclude: [two] }))).map(({ oid }) => oid)).toEqual([
      three,
    ]);
    expect(await repository.isAncestor(two, three)).toBe(true);
    expect(await repository.peelToCommit(one)).toBeUndefined();
    expect(await codeOf(collect(repository.changes([{ oid: two, parents: [one] }])))).toBe(
      byGit ? "HISTORY_SHALLOW" : "OBJECT_MISSING",
    );
    await repository.close();
  });

  it("finds a merge base at the boundary of a shallow clone, and concludes nothing from one beyond it", async () => {
    using scratch = openScratch();
    const origin = initRepo(scratch, "origin");
    origin.commit("root");
    const base = origin.commit("base") as ObjectId;
    const topic = origin.commit("topic") as ObjectId;
    origin.git(["branch", "topic"]);
    origin.git(["reset", "-q", "--hard", base]);
    const main = origin.commit("main") as ObjectId;
    const clone = async (depth: number): Promise<Repository> => {
      const dir = join(scratch.dir, `clone-${depth}`);
      origin.git(["clone", "-q", `--depth=${depth}`, "--no-single-branch", `file://${origin.dir}`, dir]);
      return open(new Repo(scratch, dir));
    };
    const reaching = await clone(2);
    expect(await reaching.mergeBases(main, topic)).toEqual([base]);
    expect(await reaching.mergeBases(base, topic)).toEqual([base]);
    await reaching.close();
    const short = await clone(1);
    expect(await codeOf(short.mergeBases(main, topic))).toBe("HISTORY_SHALLOW");
    await short.close();
  });

  it("takes no commit for one that git refuses to read", async () => {
    using scratch = openScratch();
    const repo = initRepo(scratch, "repo");
    const gitdir = gitdirOf(repo);
    const tree = writeTree(gitdir, []);
    const bodies = [
      "author A\n\n",
      `tree ${tree}\nparent ${tree.slice(1)}\n\n`,
      `parent ${tree}\ntree ${tree}\n\n`,
      "",
    ];
    const malformed = bodies.map((body) => writeObject(gitdir, "commit", body));
    const liar = writeObject(gitdir, "tag", `object ${tree}\ntype commit\ntag v1\ntagger A <a@x> 0 +0000\n\n`);
    const repository = await open(repo);
    for (const oid of malformed) {
      expect(await repository.peelToCommit(oid)).toBeUndefined();
      expect(await codeOf(collect(repository.commits({ tips: [oid], exclude: [] })))).not.toBe("no fault");
    }
    expect(await repository.peelToCommit(liar)).toBeUndefined();
    await repository.close();
  });

  it("reads no more of a commit than the limit, and tells its size", async () => {
    using scratch = openScratch();
    const repo = initRepo(scratch, "repo");
    const oid = writeCommit(gitdirOf(repo), { message: "x".repeat(COMMIT_BYTES_READ) });
    const repository: Repository = await open(repo);
    const [found] = await collect(repository.commits({ tips: [oid], exclude: [] }));
    const size = Number(repo.git(["cat-file", "-s", oid]));
    expect(found).toMatchObject({ oid, size });
    expect(found?.bytes.length).toBe(COMMIT_BYTES_READ);
    expect((await repository.commit(oid)).bytes.length).toBe(COMMIT_BYTES_READ);
    await repository.close();
  });

  it("concludes nothing from a damaged object", async () => {
    using scratch = openScratch();
    const repo = initRepo(scratch, "repo");
    const oid = repo.commit("one") as ObjectId;
    const path = join(gitdirOf(repo), "objects", oid.slice(0, 2), oid.slice(2));
    rmSync(path);
    writeFileSync(path, "no zlib stream");
    const repository = await open(repo);
    expect(await codeOf(collect(repository.commits({ tips: [oid], exclude: [] })))).toBe(
      byGit ? "GIT_FAILED" : "REPOSITORY_UNREADABLE",
    );
    await repository.close();
  });
});
