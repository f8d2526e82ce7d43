import { mkdirSync } from "node:fs";
import { join } from "node:path";
import type { ObjectId } from "@countersign/core";
import { describe, expect, it } from "vitest";
import { initRepo, Repo } from "../rig/repository/repo.ts";
import { openScratch } from "../rig/repository/scratch.ts";
import { BACKENDS, collect, gitdirOf } from "./backends.ts";
import { writeCommit, writeObject, writeTree } from "./raw.ts";

describe.each(BACKENDS)("$name", ({ open }) => {
  it("does not take a lost parent for the answer that there is no ancestry", async () => {
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

  it("sees a path in a tree whose names are out of order", async () => {
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
    const [answer] = await collect(repository.changes([commit], { names: ["countersign.config.yaml"] }));
    await repository.close();
    expect(answer?.changes.map(({ path }) => Buffer.from(path).toString())).toEqual(["countersign.config.yaml"]);
  });

  it("takes paths from the root of the tree, wherever in the work tree it was started", async () => {
    using scratch = openScratch();
    const repo = initRepo(scratch, "repo");
    const oid = repo.commit("one", { files: { "countersign.config.yaml": "x", "sub/f": "1" } }) as ObjectId;
    mkdirSync(join(repo.dir, "sub"), { recursive: true });
    const repository = await open(new Repo(scratch, join(repo.dir, "sub")));
    const [answer] = await collect(repository.changes([{ oid, parents: [] }], { names: ["countersign.config.yaml"] }));
    await repository.close();
    expect(answer?.changes).toHaveLength(1);
  });
});
