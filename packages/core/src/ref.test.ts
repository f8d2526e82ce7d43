import { expect, it } from "vitest";
import { parseObjectId, zeroOid } from "./object/oid.ts";
import { branchName, branchRef, isCreated, isDeleted } from "./ref.ts";

it.each<[ref: string, branch: string | undefined]>([
  ["refs/heads/main", "main"],
  ["refs/heads/release/2", "release/2"],
  // A branch that is named like a full ref must not pass for another one.
  ["refs/heads/refs/heads/main", "refs/heads/main"],
  ["refs/tags/main", undefined],
  ["refs/remotes/origin/main", undefined],
  ["refs/Heads/main", undefined],
  ["main", undefined],
  ["HEAD", undefined],
])("takes %s for the branch %s", (ref, branch) => {
  expect(branchName(ref)).toBe(branch);
});

it("gives a branch's full name back", () => {
  expect(branchName(branchRef("refs/heads/main"))).toBe("refs/heads/main");
});

it("tells a created, a deleted and a moved ref apart", () => {
  const [zero, some] = [zeroOid("sha256"), parseObjectId("1f".repeat(32))];
  const ref = "refs/heads/main";
  expect([isCreated({ ref, old: zero, new: some }), isDeleted({ ref, old: zero, new: some })]).toEqual([true, false]);
  expect([isCreated({ ref, old: some, new: zero }), isDeleted({ ref, old: some, new: zero })]).toEqual([false, true]);
  expect([isCreated({ ref, old: some, new: some }), isDeleted({ ref, old: some, new: some })]).toEqual([false, false]);
});
