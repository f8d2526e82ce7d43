import { describe, expect, it } from "vitest";
import { gitEnvironment } from "./environment.ts";

describe("the environment of every git", () => {
  it.each([
    "GIT_DIR",
    "GIT_WORK_TREE",
    "GIT_INDEX_FILE",
    "GIT_QUARANTINE_PATH",
    "GIT_OBJECT_DIRECTORY",
    "GIT_ALTERNATE_OBJECT_DIRECTORIES",
    "HOME",
    "PATH",
  ])("keeps %s, by which a hook finds its repository", (name) => {
    expect(gitEnvironment({ [name]: "/x" })[name]).toBe("/x");
  });

  it.each([
    "GIT_TRACE",
    "GIT_TRACE_PACKET",
    "GIT_TRACE_SETUP",
    "GIT_REPLACE_REF_BASE",
    "GIT_EXTERNAL_DIFF",
    "GIT_DIFF_OPTS",
    "GIT_ICASE_PATHSPECS",
    "GIT_GLOB_PATHSPECS",
    "GIT_REDIRECT_STDOUT",
  ])("has no %s, which would change what git prints", (name) => {
    expect(gitEnvironment({ [name]: "1" })).not.toHaveProperty([name]);
  });

  it.each<[name: string, value: string]>([
    ["GIT_NO_REPLACE_OBJECTS", "1"],
    ["GIT_SHALLOW_FILE", ""],
    ["GIT_NO_LAZY_FETCH", "1"],
    ["GIT_TERMINAL_PROMPT", "0"],
    ["GIT_OPTIONAL_LOCKS", "0"],
    ["GIT_LITERAL_PATHSPECS", "1"],
    ["LC_ALL", "C"],
  ])("sets %s, whatever the caller's is", (name, value) => {
    expect(gitEnvironment({ [name]: "other" })[name]).toBe(value);
    expect(gitEnvironment({})[name]).toBe(value);
  });

  it("leaves the caller's environment as it is", () => {
    const own = { GIT_TRACE: "1", LC_ALL: "de_DE" };
    gitEnvironment(own);
    expect(own).toEqual({ GIT_TRACE: "1", LC_ALL: "de_DE" });
  });
});
