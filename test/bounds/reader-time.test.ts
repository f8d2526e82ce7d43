import type { ObjectId } from "@countersign/core";
import { GitRepository, limitTime, openHookContext } from "@countersign/git/internal";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { initRepo, type Repo } from "../rig/repository/repo.ts";
import { openScratch, type Scratch } from "../rig/repository/scratch.ts";

let scratch: Scratch;
let repo: Repo;
let commits: readonly ObjectId[];
let blob: ObjectId;
beforeAll(() => {
  scratch = openScratch();
  repo = initRepo(scratch, "repo");
  commits = ["one", "two", "three"].map((text) => repo.commit(`${text}\n`, { files: { a: `${text}\n` } }) as ObjectId);
  blob = repo.oid("HEAD:a") as ObjectId;
});
afterAll(() => scratch[Symbol.dispose]());

/** Only the time of day is held: no timer ends anything. */
beforeEach(() => void vi.useFakeTimers({ toFake: ["Date"] }));
afterEach(() => void vi.useRealTimers());

const MINUTE = 60;

function passTime(): void {
  vi.setSystemTime(Date.now() + MINUTE * 1000);
}

function open(): GitRepository {
  return new GitRepository(limitTime(openHookContext(repo.dir, repo.env), MINUTE), "sha1");
}

const pairs = (): { oid: ObjectId; parents: readonly ObjectId[] }[] =>
  commits.map((oid, index) => ({ oid, parents: commits.slice(index - 1, index) }));

describe("time that is up while something is read", () => {
  it.each<[what: string, read: (repository: GitRepository) => AsyncIterable<unknown>]>([
    ["a few commits", (repository) => repository.commits({ tips: commits.slice(-1), exclude: commits.slice(0, 1) })],
    ["the commits that git lists", (repository) => repository.commits({ tips: commits.slice(-1), exclude: [] })],
    ["the changes of a few commits", (repository) => repository.changes(pairs())],
    ["changes with their lines", (repository) => repository.changes(pairs(), { lines: true })],
  ])("ends %s at the next item", async (_, read) => {
    const repository = open();
    const items = read(repository)[Symbol.asyncIterator]();
    expect((await items.next()).done).toBe(false);
    passTime();
    await expect(items.next()).rejects.toMatchObject({ code: "TIMED_OUT" });
    repository.kill();
  });

  it("ends what is read one by one, though it was read before", async () => {
    const repository = open();
    await repository.blob(blob, 100);
    passTime();
    await expect(repository.blob(blob, 100)).rejects.toMatchObject({ code: "TIMED_OUT" });
    await expect(repository.isAncestor(commits[0] as ObjectId, commits[2] as ObjectId)).rejects.toMatchObject({
      code: "TIMED_OUT",
    });
    expect(() => repository.throwIfEnded()).toThrow(expect.objectContaining({ code: "TIMED_OUT" }));
    repository.kill();
  });
});

it("time that is left ends nothing", async () => {
  const repository = open();
  let count = 0;
  for await (const _ of repository.commits({ tips: commits.slice(-1), exclude: [] })) {
    vi.setSystemTime(Date.now() + 1000);
    count += 1;
  }
  expect(count).toBe(3);
  await repository.close();
});
