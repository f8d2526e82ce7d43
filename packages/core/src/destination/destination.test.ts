import { describe, expect, it } from "vitest";
import { findUsualBranch } from "./default-branch.ts";
import { chooseRemote } from "./remote.ts";

it.each<[remotes: readonly string[], chosen: string | undefined]>([
  [[], undefined],
  [["origin"], "origin"],
  [["github"], "github"],
  [["github", "gitlab"], undefined],
  [["fork", "origin"], "origin"],
  [["origin", "upstream"], "upstream"],
  [["upstream", "mine"], undefined],
])("of the remotes %j work lands on %s", (remotes, chosen) => {
  expect(chooseRemote(remotes)).toBe(chosen);
});

describe("a default branch that nothing names", () => {
  it.each<[branches: readonly string[], found: string | undefined]>([
    [["main", "topic"], "main"],
    [["master"], "master"],
    [["main", "master"], undefined],
    [["develop"], undefined],
  ])("is among %j: %s", (branches, found) => {
    expect(findUsualBranch((branch) => branches.includes(branch))).toBe(found);
  });
});
