import { parseObjectId } from "@countersign/core";
import { describe, expect, it } from "vitest";
import { type ApprovedRequest, toReviews } from "./approvals.ts";
import { waysOf } from "./merge-methods.ts";

const HEAD = parseObjectId("a".repeat(40));
const ADA = { id: 7, username: "ada" };
const PUSHED = { head_commit_sha: HEAD, created_at: "2026-11-29T08:00:00.900Z" };
const OLD = { head_commit_sha: "b".repeat(40), created_at: "2026-11-28T08:00:00.000Z" };
const TURN = {
  id: 1,
  body: "changed target branch from `dev` to `main`",
  author: ADA,
  system: true,
  created_at: "2026-11-29T08:30:00.000Z",
};
const RETARGETED = "deleted the `dev` branch. This merge request now targets the `main` branch";
const KNOWN: ApprovedRequest = { head: HEAD, versions: [PUSHED, OLD], notes: [], bots: new Set() };

function approve(more: Partial<ApprovedRequest> = {}, approved_at: string | null = "2026-11-29T08:10:00.000Z") {
  return toReviews({ approved_by: [{ user: ADA, approved_at }] }, { ...KNOWN, ...more })[0];
}

describe("an approval of a merge request", () => {
  it("is one of the newest version, which is the head", () => {
    expect(approve()).toMatchObject({
      forge: "gitlab",
      reviewer: { login: "ada", id: 7, isBot: false },
      state: "approved",
      submitted: Date.parse("2026-11-29T08:10:00Z") / 1000,
      newestVersion: Date.parse("2026-11-29T08:00:00Z") / 1000,
      turned: false,
    });
  });

  it.each([
    ["the newest version is another", { versions: [OLD] }],
    ["no version is known", { versions: [] }],
    ["the time of a version is not known", { versions: [PUSHED, { ...OLD, created_at: "" }] }],
  ])("is of no version that is known where %s", (_, more) => {
    expect(approve(more)?.newestVersion).toBeUndefined();
  });

  it("has no time where the server does not say it", () => {
    expect(approve({}, null)?.submitted).toBeNaN();
  });

  it("is of another change where the request turned to another branch later, but for what people write", () => {
    expect(approve({ notes: [TURN] })?.turned).toBe(true);
    expect(approve({ notes: [{ ...TURN, body: RETARGETED }] })?.turned).toBe(true);
    expect(approve({ notes: [{ ...TURN, body: "deleted the `dev` branch" }] })?.turned).toBe(false);
    expect(approve({ notes: [{ ...TURN, created_at: "" }] })?.turned).toBe(true);
    expect(approve({ notes: [{ ...TURN, created_at: "2026-11-29T08:05:00.000Z" }] })?.turned).toBe(false);
    expect(approve({ notes: [{ ...TURN, system: false }] })?.turned).toBe(false);
  });

  it("is a bot's where the account is not known to be a person's, and nobody's where the account is gone", () => {
    expect(approve({ bots: new Set([7]) })?.reviewer.isBot).toBe(true);
    expect(toReviews({ approved_by: [{ user: null, approved_at: "" }] }, KNOWN)).toEqual([]);
  });
});

describe("the ways of merging of a project", () => {
  it.each([
    ["merge", "never", ["merge"]],
    ["merge", "default_off", ["merge", "squash"]],
    ["rebase_merge", "default_on", ["merge", "squash"]],
    ["ff", "never", ["rebase"]],
    ["ff", "always", ["squash"]],
    ["something new", "never", ["merge", "squash", "rebase"]],
    [undefined, "never", ["merge", "squash", "rebase"]],
    ["merge", undefined, ["merge", "squash", "rebase"]],
  ])("by %s, squash %s, are %j", (merge_method, squash_option, ways) => {
    expect(waysOf({ default_branch: "main", merge_method, squash_option })).toEqual(ways);
  });
});
