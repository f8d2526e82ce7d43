import { describe, expect, it } from "vitest";
import { programsOf } from "./programs.ts";

describe("a process is known by", () => {
  it.each<[args: readonly string[], programs: readonly string[]]>([
    [["droid"], ["droid"]],
    [["/usr/local/bin/droid", "--auto"], ["droid"]],
    [["/home/Ada L/bin/droid", "exec"], ["droid"]],
    [
      ["/venv/bin/python3.12", "/venv/bin/aider", "--model", "gpt-5"],
      ["python3.12", "aider"],
    ],
    [
      ["python3", "-u", "-X", "dev", "-W", "ignore", "/venv/bin/aider"],
      ["python3", "aider"],
    ],
    [
      ["python3", "-uX", "dev", "/venv/bin/aider"],
      ["python3", "aider"],
    ],
    [
      ["python", "-m", "aider", "a.py"],
      ["python", "aider"],
    ],
    [
      ["python", "-Im", "aider.main"],
      ["python", "aider"],
    ],
    [
      ["/Library/Python.app/Contents/MacOS/Python", "/Users/ada/.local/bin/aider"],
      ["Python", "aider"],
    ],
    [
      ["node", "/usr/local/bin/droid"],
      ["node", "droid"],
    ],
    [
      ["node", "--require", "./hook.js", "--no-warnings", "/usr/local/bin/droid"],
      ["node", "droid"],
    ],
    [
      ["bun", "/usr/local/bin/droid"],
      ["bun", "droid"],
    ],
  ])("its program and the script or module that this interprets: %j", (args, programs) => {
    expect(programsOf(args)).toEqual(programs);
  });

  it.each<[args: readonly string[], programs: readonly string[]]>([
    [["vim", "aider"], ["vim"]],
    [["git", "commit", "-m", "aider"], ["git"]],
    [
      ["python3", "aider.py"],
      ["python3", "aider.py"],
    ],
    [
      ["python3", "/home/ada/aider/build.py"],
      ["python3", "build.py"],
    ],
    [["/home/ada/droid/gradlew", "build"], ["gradlew"]],
    [
      ["python3", "build.py", "aider"],
      ["python3", "build.py"],
    ],
    [["python3", "-c", "import aider", "aider"], ["python3"]],
    [["python3", "-Ic", "import aider", "aider"], ["python3"]],
    [["python3", "-", "aider"], ["python3"]],
    [
      ["python3", "-W", "aider", "build.py"],
      ["python3", "build.py"],
    ],
    [
      ["python3", "-m", "pytest", "aider"],
      ["python3", "pytest"],
    ],
    [["node", "-e", "0", "droid"], ["node"]],
    [["node", "--check", "droid"], ["node"]],
    [
      ["node", "--import", "droid", "build.js"],
      ["node", "build.js"],
    ],
    [["node"], ["node"]],
    [["bash", "/home/ada/bin/droid"], ["bash"]],
    [["bash", "-c", "aider"], ["bash"]],
    [["npm exec ./droid"], []],
    [["sshd: ada@pts/droid "], []],
    [["my-aider"], ["my-aider"]],
    [[""], []],
    [[], []],
  ])("nothing else that stands in its arguments: %j", (args, programs) => {
    expect(programsOf(args)).toEqual(programs);
  });
});
