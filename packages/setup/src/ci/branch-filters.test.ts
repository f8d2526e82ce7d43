import { parsePolicyFile } from "@countersign/core";
import { encodeText, findProtection } from "@countersign/core/internal";
import { describe, expect, it } from "vitest";
import { filtersFor, passesFilters } from "./branch-filters.ts";

describe("the filters of a workflow's pushes", () => {
  it.each([
    ["main", "main"],
    ["release/*", "release/*"],
    ["release/**", "release/**"],
    ["**/stable", "**/stable"],
    ["release/***", "release/**"],
    ["v?", "v*"],
    ["c++", "c\\+\\+"],
    ["!odd", "\\!odd"],
    ["a\\*b", "a\\*b"],
    ["a\\bc", "abc"],
    ["release/[0-9]*", "**"],
  ])("are for the pattern %s of a policy: %s", (pattern, filter) => {
    expect(filtersFor([pattern, pattern])).toEqual([filter]);
  });

  const BRANCHES = [
    "main",
    "release/1",
    "release/1/2",
    "release",
    "stable",
    "a/stable",
    "v1",
    "c++",
    "!odd",
    "a*b",
    "abc",
  ];

  it.each(["main", "release/*", "release/**", "**/stable", "**", "*", "v?", "c++", "\\!odd", "a\\*b", "[a-z]*", "a?c"])(
    "let all branches pass that the policy protects by %s",
    async (pattern) => {
      const text = JSON.stringify({ version: 1, protect: [{ branches: [pattern] }] });
      const policy = await parsePolicyFile(encodeText(text), "test");
      const guarded = BRANCHES.filter((branch) => findProtection(policy, branch));
      expect(guarded).not.toEqual([]);
      expect(guarded.filter((branch) => !passesFilters(filtersFor([pattern]), branch))).toEqual([]);
    },
  );

  it.each([
    [["main"], "main", true],
    [["main"], "release/1", false],
    [["main", "release/*"], "release/1", true],
    [["release/*"], "release/1/2", false],
    [["**", "!release/**"], "release/1", false],
    [["**", "!release/**", "release/1"], "release/1", true],
    [["v[12].[0-9]+"], "v2.10", true],
    [["v[12].[0-9]+"], "v3.1", false],
    [["m.in"], "main", false],
    [["(main|x)"], "main", false],
    [["["], "main", false],
    [[], "main", false],
    [["**a**a**a**a**a**a**b"], "a".repeat(200), false],
  ])("as GitHub reads them: %j starts for %s: %s", (filters, branch, passes) => {
    expect(passesFilters(filters, branch)).toBe(passes);
  });
});
