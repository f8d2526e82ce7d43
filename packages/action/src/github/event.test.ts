import { describe, expect, it } from "vitest";
import { readEvent } from "./event.ts";

const ID = "3d".repeat(20);
const repository = { default_branch: "main" };

const read = (name: string, payload: unknown): unknown => readEvent(name, JSON.stringify(payload));

describe("an event", () => {
  it.each(["pull_request_target", "pull_request", "pull_request_review"])("names a pull request: %s", (name) => {
    const pull_request = { number: 12, title: "$(id)", head: { sha: "old" }, base: { sha: "older" } };
    expect(read(name, { action: "edited", pull_request })).toEqual({ kind: "pull", number: 12 });
  });

  it("names a comment on a pull request, and has one on an issue judged by nobody", () => {
    const comment = { body: "/countersign" };
    const issue = { number: 12, pull_request: { url: "" } };
    expect(read("issue_comment", { issue, comment })).toEqual({ kind: "comment", number: 12, body: "/countersign" });
    expect(read("issue_comment", { issue: { number: 12 }, comment })).toMatchObject({ kind: "nothing" });
    expect(read("issue_comment", { issue, comment: { body: null } })).toMatchObject({ body: "" });
  });

  it("names the group of a merge queue by its ref, with the branch's name short", () => {
    const merge_group = {
      head_sha: ID,
      head_ref: "refs/heads/gh-readonly-queue/main/pr-1-2",
      base_ref: "refs/heads/main",
    };
    expect(read("merge_group", { merge_group, repository })).toEqual({
      kind: "queue",
      headRef: "refs/heads/gh-readonly-queue/main/pr-1-2",
      head: ID,
      base: "main",
      defaultBranch: "main",
    });
  });

  it("names what was pushed to a branch, and nothing for a tag or a branch that is gone", () => {
    const ids = { before: ID, after: "4e".repeat(20) };
    expect(read("push", { ref: "refs/heads/main", ...ids, repository })).toMatchObject({ kind: "push", old: ID });
    expect(read("push", { ref: "refs/tags/v1", ...ids, repository })).toMatchObject({ kind: "nothing" });
    const gone = { ref: "refs/heads/main", before: ID, after: "0".repeat(40), repository };
    expect(read("push", gone)).toMatchObject({ kind: "nothing" });
  });

  it("names what a person or another workflow starts the gate for", () => {
    const started = (inputs: unknown): unknown => read("workflow_dispatch", { inputs });
    expect(started({ pull: "12" })).toEqual({ kind: "dispatch", number: 12, branches: [] });
    expect(started({ branches: "main  release/1 " })).toMatchObject({
      number: undefined,
      branches: ["main", "release/1"],
    });
    expect(started(null)).toMatchObject({ number: undefined, branches: [] });
  });

  it("names the commit that a review's workflow ran for, and nothing of any other workflow", () => {
    const ended = (event: string): unknown => read("workflow_run", { workflow_run: { event, head_sha: ID } });
    expect(ended("pull_request_review")).toEqual({ kind: "head", head: ID });
    expect(ended("push")).toMatchObject({ kind: "nothing" });
  });

  it.each([
    ["watch", "{}"],
    ["constructor", "{}"],
    ["pull_request_target", "no JSON"],
    ["pull_request_target", '{"pull_request":{"number":"12; id"}}'],
    ["pull_request_target", '{"pull_request":{"number":-1}}'],
    [
      "merge_group",
      '{"merge_group":{"head_sha":"main","head_ref":"x","base_ref":"main"},"repository":{"default_branch":"main"}}',
    ],
    ["push", '{"ref":"refs/heads/main","before":"HEAD","after":"HEAD","repository":{"default_branch":"main"}}'],
    ["workflow_dispatch", '{"inputs":{"pull":"12 13"}}'],
  ])("that cannot be read is a fault, never a pass: %s %s", (name, payload) => {
    expect(() => readEvent(name, payload)).toThrow(expect.objectContaining({ code: "FORGE_EVENT_UNFIT" }));
  });
});
