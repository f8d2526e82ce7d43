import { expect, it } from "vitest";
import { findHookRunner, type HookRunner } from "./hook-runner.ts";

const TIP = "a".repeat(40);

it.each<[what: string, env: NodeJS.ProcessEnv, runner: HookRunner | undefined]>([
  ["git itself", { GIT_DIR: ".git", GIT_PREFIX: "" }, undefined],
  ["husky, which passes standard input on", { HUSKY: "1" }, undefined],
  ["lefthook", { LEFTHOOK: "1" }, { name: "lefthook" }],
  ["lefthook by another of its variables", { LEFTHOOK_BIN: "/x" }, { name: "lefthook" }],
  ["pre-commit without a ref", { PRE_COMMIT: "1" }, { name: "pre-commit" }],
  [
    "pre-commit with the ref that it passes on",
    {
      PRE_COMMIT: "1",
      PRE_COMMIT_REMOTE_BRANCH: "refs/heads/main",
      PRE_COMMIT_REMOTE_NAME: "origin",
      PRE_COMMIT_TO_REF: TIP,
    },
    { name: "pre-commit", update: { remote: "origin", ref: "refs/heads/main", new: TIP } },
  ],
  [
    "pre-commit where one of its variables is empty",
    { PRE_COMMIT: "1", PRE_COMMIT_REMOTE_BRANCH: "", PRE_COMMIT_REMOTE_NAME: "origin", PRE_COMMIT_TO_REF: TIP },
    { name: "pre-commit" },
  ],
])("knows %s by its environment", (_, env, runner) => {
  expect(findHookRunner(env)).toEqual(runner);
});
