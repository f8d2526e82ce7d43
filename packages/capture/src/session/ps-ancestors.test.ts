import { chmodSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { readByPs } from "./ps-ancestors.ts";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "countersign-"));
});
afterEach(() => rmSync(folder, { recursive: true }));

/** A program in the place of `ps`, which answers only the arguments that every ps understands. */
function fakePs(body: string): string {
  const path = join(folder, "ps");
  writeFileSync(path, `#!/bin/sh\n[ "$*" = "-axww -o pid= -o ppid= -o args=" ] || exit 9\n${body}\n`);
  chmodSync(path, 0o755);
  return path;
}

function table(...rows: readonly string[]): string {
  return fakePs(`cat <<'END'\n${rows.join("\n")}\nEND`);
}

describe("what ps prints", () => {
  const MAC = [
    "    1     0 /sbin/launchd",
    "  512     1 /System/Applications/Utilities/Terminal.app/Contents/MacOS/Terminal",
    "  601   512 login -pf ada",
    "  602   601 -zsh",
    "  702   602 /opt/homebrew/bin/python3.12  /Users/ada/.local/bin/aider --model gpt-5",
    "  703   702 git commit -m Mend the door",
    "99999   703 node hook.js",
    "  800     1 (mdworker)",
    "  801   800",
  ];

  it("gives the ancestors, nearest first", () => {
    expect(readByPs(99999, table(...MAC))).toEqual([
      { pid: 703, args: ["git", "commit", "-m", "Mend", "the", "door"] },
      { pid: 702, args: ["/opt/homebrew/bin/python3.12", "/Users/ada/.local/bin/aider", "--model", "gpt-5"] },
      { pid: 602, args: ["-zsh"] },
      { pid: 601, args: ["login", "-pf", "ada"] },
      { pid: 512, args: ["/System/Applications/Utilities/Terminal.app/Contents/MacOS/Terminal"] },
      { pid: 1, args: ["/sbin/launchd"] },
    ]);
    expect(readByPs(801, table(...MAC)).map(({ pid }) => pid)).toEqual([800, 1]);
  });

  it("gives none for a process that has ended", () => {
    expect(readByPs(4711, table(...MAC))).toEqual([]);
  });

  it("is not followed in a circle", () => {
    expect(readByPs(10, table("10 11 a", "11 10 b")).length).toBe(64);
  });

  it.each([
    ["fails", "echo '1 0 init'; exit 1"],
    ["is killed", "kill -9 $$"],
    ["prints something else", "echo 'PID TTY TIME CMD'"],
  ])("gives none where it %s", (_, body) => {
    expect(readByPs(1, fakePs(body))).toEqual([]);
  });

  it("gives none where there is no ps", () => {
    expect(readByPs(1, join(folder, "absent"))).toEqual([]);
  });
});
