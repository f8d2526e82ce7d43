import { mkdirSync } from "node:fs";
import { join } from "node:path";
import type { ObjectId } from "@countersign/core";
import { describe, expect, it } from "vitest";
import { initRepo, Repo } from "../rig/repo.ts";
import { openScratch } from "../rig/scratch.ts";
import { BACKENDS, collect, gitdirOf } from "./backends.ts";
import { writeCommit, writeObject, writeTree } from "./raw.ts";

describe.each(BACKENDS)("$name", ({ name, open }) => {
  // git's own commands get these wrong, and so does the backend over them, for now.
  const test = name === "the git program" ? it.fails : it;

  test("leaves out what an excluded commit reaches over a long line of ancient dates", async () => {
    using scratch = openScratch();
    const repo = initRepo(scratch, "repo");
    const gitdir = gitdirOf(repo);
    const shared = writeCommit(gitdir, { parents: [writeCommit(gitdir, { date: 50 })], date: 100 });
    const tip = writeCommit(gitdir, { parents: [shared], date: 200 });
    let excluded = shared;
    for (let i = 0; i < 12; i += 1) excluded = writeCommit(gitdir, { parents: [excluded], date: 1, message: `${i}` });
    const repository = await open(repo);
    const found = await collect(repository.commits({ tips: [tip], exclude: [excluded] }));
    await repository.close();
    expect(found.map(({ oid }) => oid)).toEqual([tip]);
  });

  test("does not take a lost parent for the answer that there is no ancestry", async () => {
    using scratch = openScratch();
    const repo = initRepo(scratch, "repo");
    const gitdir = gitdirOf(repo);
    const other = writeCommit(gitdir, { parents: [writeCommit(gitdir, { message: "root" })] });
    const lost = "1".repeat(40);
    const tip = writeCommit(gitdir, { parents: [writeCommit(gitdir, { parents: [lost] })], date: 5 });
    const repository = await open(repo);
    const answer = await repository.isAncestor(other, tip).catch((error) => error.code);
    await repository.close();
    expect(["OBJECT_MISSING", "GIT_FAILED"]).toContain(answer);
  });

  test("sees a path in a tree whose names are out of order", async () => {
    using scratch = openScratch();
    const repo = initRepo(scratch, "repo");
    const gitdir = gitdirOf(repo);
    const file = writeObject(gitdir, "blob", "1\n");
    const names = ["z", "countersign.config.yaml"];
    const tree = writeTree(
      gitdir,
      names.map((each) => ({ mode: "100644", name: each, oid: file })),
    );
    const commit = { oid: writeCommit(gitdir, { tree }), parents: [] as readonly ObjectId[] };
    const repository = await open(repo);
    const [answer] = await collect(repository.changes([commit], { paths: ["countersign.config.yaml"] }));
    await repository.close();
    expect(answer?.changes.map(({ path }) => Buffer.from(path).toString())).toEqual(["countersign.config.yaml"]);
  });

  test("takes paths from the root of the tree, wherever in the work tree it was started", async () => {
    using scratch = openScratch();
    const repo = initRepo(scratch, "repo");
    const oid = repo.commit("one", { files: { "countersign.config.yaml": "x", "sub/f": "1" } }) as ObjectId;
    mkdirSync(join(repo.dir, "sub"), { recursive: true });
    const repository = await open(new Repo(scratch, join(repo.dir, "sub")));
    const [answer] = await collect(repository.changes([{ oid, parents: [] }], { paths: ["countersign.config.yaml"] }));
    await repository.close();
    expect(answer?.changes).toHaveLength(1);
  });
});
