import type { Repository } from "@countersign/core";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { findOwnChanges } from "../../packages/core/src/merge/own-changes.ts";
import { BACKENDS, gitdirOf } from "../contract/backends.ts";
import { initRepo, type Repo } from "../rig/repository/repo.ts";
import { openScratch, type Scratch } from "../rig/repository/scratch.ts";
import { askMergeFile, expectedOwnChanges, formatOwnChange } from "./expected-own-changes.ts";
import { shapes, writeMerge } from "./merge-shapes.ts";

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

const SHAPES = Number(process.env["MERGE_SHAPES"] ?? 60);

describe.each(BACKENDS.slice(0, 2))("by $name, what a merge does itself", ({ name }) => {
  it("is the difference to what git merge-file makes of each path", async () => {
    const repository = opened.get(name) as Repository;
    const sample = fc.sample(shapes, SHAPES);
    const merged = askMergeFile(scratch, sample);
    const seen = { mechanical: 0, own: 0, conflict: 0 };
    for (const shape of sample) {
      const found = await findOwnChanges(repository, writeMerge(gitdirOf(repo), shape));
      expect({ shape, own: found.map(formatOwnChange) }).toEqual({ shape, own: expectedOwnChanges(shape, merged) });
      if (found.length === 0) seen.mechanical += 1;
      if (found.some(({ isConflict }) => !isConflict)) seen.own += 1;
      if (found.some(({ isConflict }) => isConflict)) seen.conflict += 1;
    }
    expect(Math.min(...Object.values(seen))).toBeGreaterThan(0);
  });
});
