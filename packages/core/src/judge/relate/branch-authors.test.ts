import { expect, it } from "vitest";
import { History } from "../history.fixture.ts";
import { findBranchAuthors } from "./branch-authors.ts";

it("the people who made a branch are the authors of its commits, and of merges that do something themselves", async () => {
  const history = new History();
  const start = history.make("Start\n", { files: { a: "1" } });
  const work = history.make("Work\n\nCo-authored-by: Eve <eve@acme.example>\n", {
    parents: [start],
    files: { b: "1" },
  });
  const main = history.make("Main\n", { parents: [start], files: { c: "1" }, author: "mallory" });
  const plain = history.make("Merge\n", { parents: [work, main], files: { c: "1" }, author: "grace" });
  const doing = history.make("Merge\n", { parents: [work, main], files: { c: "2" }, author: "carol" });
  const found = async (...commits: Parameters<typeof findBranchAuthors>[1]) =>
    Object.fromEntries(await findBranchAuthors(history, commits));
  expect(await found(work, plain)).toEqual({ "bob@acme.example": "author", "eve@acme.example": "co-author" });
  expect(await found(doing)).toEqual({ "carol@acme.example": "author" });
  expect(await found(start, work)).toEqual({ "bob@acme.example": "author", "eve@acme.example": "co-author" });
  expect(await found()).toEqual({});
  const empty = history.make("Say so\n", { parents: [work], author: "dora" });
  expect(await found(empty)).toEqual({ "dora@acme.example": "author" });
});
