import { describe, expect, it } from "vitest";
import { waysAllowed, waysUnder } from "./github-ways.ts";

const ALL = ["merge", "squash", "rebase"] as const;

describe("the ways of merging", () => {
  it("are those that the repository allows, and all where nothing is seen of that", () => {
    expect(waysAllowed({ allow_merge_commit: false, allow_squash_merge: true })).toEqual(["squash", "rebase"]);
    expect(waysAllowed({})).toEqual(ALL);
  });

  it.each([
    ["no rule", [], ALL],
    ["a rule about something else", [{ type: "deletion" }], ALL],
    ["a linear history", [{ type: "required_linear_history" }], ["squash", "rebase"]],
    ["methods that are named", [{ type: "pull_request", parameters: { allowed_merge_methods: ["merge"] } }], ["merge"]],
    ["a rule on pull requests without methods", [{ type: "pull_request", parameters: {} }], ALL],
    ["a merge queue", [{ type: "merge_queue", parameters: { merge_method: "SQUASH" } }], ["squash"]],
    [
      "two rules, of which each leaves less",
      [
        { type: "required_linear_history" },
        { type: "pull_request", parameters: { allowed_merge_methods: ["merge", "rebase"] } },
      ],
      ["rebase"],
    ],
  ])("are those that are left by %s", (_, rules, ways) => {
    expect(waysUnder(rules, ALL)).toEqual(ways);
  });

  it("are never more than the repository allows, and all of these where the rules leave none", () => {
    expect(waysUnder([{ type: "required_linear_history" }], ["merge", "squash"])).toEqual(["squash"]);
    expect(waysUnder([{ type: "merge_queue", parameters: { merge_method: "REBASE" } }], ["merge"])).toEqual(["merge"]);
  });
});
