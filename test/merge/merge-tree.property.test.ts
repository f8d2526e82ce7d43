import type { ObjectId, Repository } from "@countersign/core";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { findOwnChanges } from "../../packages/core/src/merge/own-changes.ts";
import { mergeCommits } from "../../packages/core/src/merge-way/merge-trees.ts";
import { WouldBeRepository } from "../../packages/core/src/merge-way/would-be-repository.ts";
import { BACKENDS, gitdirOf } from "../contract/backends.ts";
import { writeCommit } from "../contract/raw.ts";
import { initRepo, type Repo } from "../rig/repository/repo.ts";
import { openScratch, type Scratch } from "../rig/repository/scratch.ts";
import { writeFiles } from "./merge-shapes.ts";

let scratch: Scratch;
let repo: Repo;
const opened = new Map<string, Repository>();
beforeAll(async () => {
  scratch = openScratch();
  repo = initRepo(scratch, "repo");
  for (const { name, open } of BACKENDS.slice(0, 2)) opened.set(name, await open(repo));
});
afterAll(async () => {
  for (const repository of opened.values()) await repository.close();
  scratch[Symbol.dispose]();
});

/** Files whose lines do not repeat, within one or among them. */
const distinct = fc.record({
  edits: fc.array(
    fc.record({ side: fc.nat(1), file: fc.nat(3), line: fc.nat(19), how: fc.constantFrom("edit", "insert", "delete") }),
    { maxLength: 8 },
  ),
  gone: fc.array(fc.record({ side: fc.nat(1), file: fc.nat(3) }), { maxLength: 1 }),
});

describe.each(BACKENDS.slice(0, 2))("by $name, a merge", ({ name }) => {
  it("does nothing itself where git merge-tree made it, and is made alike in memory; what git calls a conflict it does itself", async () => {
    const repository = opened.get(name) as Repository;
    const gitdir = gitdirOf(repo);
    const seen = { clean: 0, conflict: 0 };
    for (const { edits, gone } of fc.sample(distinct, 30)) {
      const base = ["a", "b", "d/c", "d/e"].map(
        (file) => [file, Array.from({ length: 20 }, (_, line) => `${file} ${line}\n`)] as const,
      );
      const sides = [0, 1].map((side) => {
        const files = base.map(([file, lines]) => [file, [...lines]] as [string, string[]]);
        for (const { side: at, file, line, how } of edits) {
          if (at !== side) continue;
          const added = how === "delete" ? [] : [`${side} ${file} ${line} ${how}\n`];
          files[file]?.[1].splice(line, how === "insert" ? 0 : 1, ...added);
        }
        return files.filter((_, file) => !gone.some((one) => one.side === side && one.file === file));
      });
      const write = (files: readonly (readonly [string, readonly string[]])[], parents: readonly ObjectId[]) => {
        const tree = writeFiles(
          gitdir,
          files.map(([file, lines]) => [file, { mode: "100644", text: lines.join("") }]),
        );
        return writeCommit(gitdir, { tree, parents });
      };
      const root = write(base, []);
      const parents = sides.map((files) => write(files, [root]));
      const args = ["merge-tree", "--write-tree", "-z", "--name-only", "--no-messages"];
      const { status, stdout } = repo.try([...args, ...parents]);
      const [tree, ...conflicts] = stdout.split("\0").filter(Boolean);
      const oid = writeCommit(gitdir, { tree: tree as string, parents });
      const found = await findOwnChanges(repository, { oid, parents });
      expect(found.map(({ path, isConflict }) => [Buffer.from(path).toString(), isConflict])).toEqual(
        [...new Set(conflicts)].sort().map((path) => [path, true]),
      );
      const [ours, theirs] = parents as [ObjectId, ObjectId];
      const made = await mergeCommits(new WouldBeRepository(repository), ours, theirs);
      expect("tree" in made ? made.tree : made.conflicts.map((path) => Buffer.from(path).toString()).sort()).toEqual(
        status === 0 ? tree : [...new Set(conflicts)].sort(),
      );
      seen[status === 0 ? "clean" : "conflict"] += 1;
    }
    expect(Math.min(seen.clean, seen.conflict)).toBeGreaterThan(0);
  });
});

describe("in a repository of SHA-256", () => {
  it("knows the file that comes out of a merge by its id", async () => {
    using own = openScratch();
    const world = initRepo(own, "sha256", ["--object-format=sha256"]);
    const base = world.commit("base", { files: { a: "1\n2\n3\n" } });
    const ours = world.commit("ours", { files: { a: "one\n2\n3\n" } });
    world.git(["reset", "-q", "--hard", base]);
    world.commit("theirs", { files: { a: "1\n2\nthree\n" } });
    world.git(["merge", "-q", "-m", "clean", ours]);
    const repository = await (BACKENDS[0] as (typeof BACKENDS)[number]).open(world);
    const parents = ["HEAD^1", "HEAD^2"].map((rev) => world.oid(rev) as ObjectId);
    expect(await findOwnChanges(repository, { oid: world.oid("HEAD") as ObjectId, parents })).toEqual([]);
    await repository.close();
  });
});
