import nodeFs from "node:fs";
import type { ObjectId, Repository } from "@countersign/core";
import { openIsomorphicRepository } from "@countersign/isomorphic/internal";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { initRepo, type Repo } from "../rig/repository/repo.ts";
import { openScratch, type Scratch } from "../rig/repository/scratch.ts";
import { BACKENDS, collect, gitdirOf } from "./backends.ts";
import { bestCommon, reach } from "./oracle.ts";
import { type Raw, writeCommit } from "./raw.ts";

/** Each commit's parents, as distances back in the list, and its date, which need not be later than its parents'. */
const graph = (date: fc.Arbitrary<number>) =>
  fc.array(
    fc.record({
      back: fc.oneof(
        { weight: 4, arbitrary: fc.constant([1]) },
        fc.uniqueArray(fc.integer({ min: 1, max: 20 }), { maxLength: 3 }),
      ),
      date,
    }),
    { minLength: 1, maxLength: 24 },
  );
type Graph = readonly { readonly back: readonly number[]; readonly date: number }[];
/** Two lines, of which each commit can name the last of its own and of the other: their tips can have two merge bases. */
const crossed = (date: fc.Arbitrary<number>) =>
  fc
    .array(fc.record({ own: fc.boolean(), other: fc.boolean(), date }), { minLength: 4, maxLength: 24 })
    .map((commits) =>
      commits.map(({ own, other, date: at }, index) => ({
        back: [...(own ? [2] : []), ...(other ? [index % 2 === 0 ? 1 : 3] : [])],
        date: at,
      })),
    );
/** Lines of which each took the other in: the last two commits have two merge bases. */
const CRISS_CROSS: Graph = [[], [1], [2], [1, 2], [2, 3]].map((back, date) => ({ back, date }));
const UNRELATED: Graph = [[], []].map((back, date) => ({ back, date }));

const places = fc.array(fc.nat(), { minLength: 1, maxLength: 3 });

const ABSURD = fc.oneof(fc.integer({ min: 0, max: 40 }), fc.constant(0), fc.constant(4102444800));

let scratch: Scratch;
let repo: Repo;
let gitdir: string;
const opened = new Map<string, Repository>();
let written = 0;
beforeAll(async () => {
  scratch = openScratch();
  repo = initRepo(scratch, "repo");
  gitdir = gitdirOf(repo);
  for (const { name, open } of BACKENDS.slice(0, 2)) opened.set(name, await open(repo));
});
afterAll(async () => {
  for (const repository of opened.values()) await repository.close();
  scratch[Symbol.dispose]();
});

function write(commits: Graph): readonly Raw[] {
  const made: Raw[] = [];
  for (const { back, date } of commits) {
    const parents = back.flatMap((distance) => made[made.length - distance]?.oid ?? []);
    written += 1;
    made.push({ oid: writeCommit(gitdir, { parents, date, message: `${written}` }), parents });
  }
  return made;
}

const GIT = BACKENDS[0]?.name;

describe.each([...BACKENDS.slice(0, 2)])("$name", ({ name }) => {
  it("finds what the named parents reach, whatever the dates say", async () => {
    const repository = opened.get(name) as Repository;
    await fc.assert(
      fc.asyncProperty(
        graph(ABSURD),
        places,
        fc.array(fc.nat(), { maxLength: 3 }),
        async (shape, tipsAt, excludeAt) => {
          const commits = write(shape);
          const at = (index: number): ObjectId => (commits[index % commits.length] as Raw).oid;
          const tips = tipsAt.map(at);
          const exclude = excludeAt.map(at);
          const below = reach(commits, ...exclude);
          const expected = [...reach(commits, ...tips)].filter((oid) => !below.has(oid));
          const found = (await collect(repository.commits({ tips, exclude }))).map(({ oid }) => oid);
          expect(expected.filter((oid) => !found.includes(oid))).toEqual([]);
          // git looks no further than a few commits for what dates hide, and then lists some that it should leave out.
          const surplus = found.filter((oid) => !expected.includes(oid));
          const allowed = name === GIT ? [...reach(commits, ...tips)] : [];
          expect(surplus.filter((oid) => !allowed.includes(oid))).toEqual([]);
          expect(new Set(found).size).toBe(found.length);
        },
      ),
      { numRuns: 120 },
    );
  });

  it("tells ancestry by the named parents, whatever the dates say", async () => {
    const repository = opened.get(name) as Repository;
    await fc.assert(
      fc.asyncProperty(graph(ABSURD), fc.nat(), fc.nat(), async (shape, one, other) => {
        const commits = write(shape);
        const [a, b] = [one, other].map((index) => (commits[index % commits.length] as Raw).oid) as [
          ObjectId,
          ObjectId,
        ];
        expect(await repository.isAncestor(a, b)).toBe(reach(commits, b).has(a));
        const last = commits.at(-1)?.oid as ObjectId;
        const either = reach(commits, b).has(a) || reach(commits, last).has(a);
        expect(await repository.isAncestor(a, b, last)).toBe(either);
      }),
      { numRuns: 120 },
    );
  });

  it("finds the merge bases by the named parents, as git does, whatever the dates say", async () => {
    const repository = opened.get(name) as Repository;
    const counts = new Set<number>();
    await fc.assert(
      fc.asyncProperty(fc.oneof(graph(ABSURD), crossed(ABSURD)), fc.nat(), fc.nat(), async (shape, one, other) => {
        const commits = write(shape);
        const at = (index: number): ObjectId => (commits[index % commits.length] as Raw).oid;
        const found = [...(await repository.mergeBases(at(one), at(other)))].sort();
        expect(found).toEqual(bestCommon(commits, at(one), at(other)).sort());
        const printed = repo.try(["merge-base", "--all", at(one), at(other)]).stdout;
        expect(found).toEqual(printed.split("\n").filter(Boolean).sort());
        counts.add(found.length);
      }),
      {
        numRuns: 200,
        // What the rest may not come upon.
        examples: [
          [CRISS_CROSS, 3, 4],
          [UNRELATED, 0, 1],
        ],
      },
    );
    expect([...counts]).toEqual(expect.arrayContaining([0, 1, 2]));
  });
});

describe("isomorphic-git", () => {
  it("reads no more of a long history than the two commits of a small push", async () => {
    const commits = write(Array.from({ length: 500 }, (_, date) => ({ back: [1], date })));
    const reads = new Set<string>();
    const readFile = async (path: string, options?: object): Promise<Buffer | string> => {
      if (/objects\/[0-9a-f]{2}\//.test(path)) reads.add(path);
      return nodeFs.promises.readFile(path, options);
    };
    const repository = await openIsomorphicRepository({ fs: { promises: { ...nodeFs.promises, readFile } }, gitdir });
    const [old, tip] = commits.slice(-2).map(({ oid }) => oid) as [ObjectId, ObjectId];
    expect((await collect(repository.commits({ tips: [tip], exclude: [old] }))).map(({ oid }) => oid)).toEqual([tip]);
    expect(await repository.isAncestor(old, tip)).toBe(true);
    expect(reads.size).toBe(2);
  });
});
