import { chmodSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { type Run, run } from "../rig/process/run.ts";
import { COMMIT_HOOK_BINS } from "../rig/suite/bins.ts";
import { messageOf } from "../rig/worlds/commit-hooks.ts";
import { CLAUDE_STAMP, IN_CLAUDE, openCommitWorld, stampsOf } from "../rig/worlds/commit-world.ts";
import { CLAUDE_LINE, withoutStamp } from "../rig/worlds/stamped-message.ts";

const SCISSORS = " ------------------------ >8 ------------------------";
const TYPED = "Mend the door\n\nIt squeaked, see\n#12 and ;12.\n";

const world = openCommitWorld();
afterAll(() => world[Symbol.dispose]());
const { scratch, dev: repo } = world;

/** An editor in which somebody types into the first line of the file, above all that is there. */
function editor(text: string): string {
  const typed = join(scratch.dir, "typed");
  const script = join(scratch.dir, "editor");
  writeFileSync(typed, text);
  writeFileSync(script, `#!/bin/sh\ncat "${typed}" "$1" >"$1.new" && mv "$1.new" "$1"\n`);
  chmodSync(script, 0o755);
  return script;
}

/** The same commit twice: by an agent with the hooks, and as git makes it by itself. */
function commitBoth(
  git: readonly string[],
  args: readonly string[],
  env: NodeJS.ProcessEnv,
): { ours: Run; plain: Run } {
  const commit = ["commit", "-q", "--allow-empty", ...args];
  const ours = repo.try([...git, ...commit], { env: { ...env, ...IN_CLAUDE } });
  const plain = repo.try([...git, "-c", "core.hooksPath=/dev/null", ...commit], { env });
  return { ours, plain };
}

const MODES = ["default", "strip", "whitespace", "verbatim", "scissors"];
const COMMENTS: readonly [setting: string, git: readonly string[]][] = [
  ["no setting", []],
  ["core.commentChar=;", ["-c", "core.commentChar=;"]],
  ["core.commentChar=A", ["-c", "core.commentChar=A"]],
  ["core.commentChar=auto", ["-c", "core.commentChar=auto"]],
  // Known to git from 2.45 on; before, the other setting counts.
  ["core.commentString=//", ["-c", "core.commentString=//"]],
  ["core.commentString=// beside core.commentChar=;", ["-c", "core.commentString=//", "-c", "core.commentChar=;"]],
];

describe.each(COMMENTS)("with %s", (_, git) => {
  describe.each(MODES)("and --cleanup=%s", (mode) => {
    it.each<[how: string, args: readonly string[], edits: boolean]>([
      ["typed in an editor", [], true],
      ["typed in an editor that shows the diff", ["-v"], true],
      ["given by -m", ["-m", TYPED], false],
      ["given by -m and looked through in an editor", ["-m", TYPED, "-e"], true],
    ])("a message %s gets a stamp that git reads, and keeps its every byte", (_, args, edits) => {
      const env = edits ? { GIT_EDITOR: editor(args.includes("-e") ? "" : TYPED) } : {};
      // The diff that -v shows is one only if something is staged.
      if (args.includes("-v")) repo.write({ "file.txt": `${Math.random()}\n` });
      const { ours, plain } = commitBoth(git, [`--cleanup=${mode}`, ...args], env);
      expect(plain).toMatchObject({ status: 0 });
      expect(ours).toMatchObject({ status: 0 });
      const [stamped, unstamped] = [messageOf(repo, "HEAD~1"), messageOf(repo)];
      expect(stamped).toMatch(CLAUDE_LINE);
      // These modes keep git's own hints, also in the midst of what is staged, where nobody takes them out.
      const kept = edits && (mode === "verbatim" || mode === "whitespace");
      if (kept) expect(stamped.startsWith(TYPED)).toBe(true);
      else {
        expect(withoutStamp(stamped, unstamped)).toBe(unstamped);
        expect(stampsOf(repo, "HEAD~1")).toEqual(["Claude Code"]);
      }
    });
  });
});

describe("with core.commentChar=auto, which takes a character that begins no line of the message", () => {
  it.each<[what: string, text: string, git: readonly string[], args: readonly string[]]>([
    ["a lone number sign is a message where git writes no hints", "#", [], ["--no-status"]],
    ["the last line is the text's where git writes no hints", "Mend the door\n\n#12\n", [], ["--no-status"]],
    ["and where the settings say so", "Mend the door\n\n#12\n", ["-c", "commit.status=off"], []],
    ["and where no setting says so, hints are told from the text", "Mend the door\n\n#12\n", [], []],
    ["scissors of the text are not git's hints", `Mend\n#${SCISSORS}\n# So it was\nOpen\n`, [], []],
    ["nor do they begin the diff", `Mend\n#${SCISSORS}\n# So it was\nOpen\n`, [], ["-v"]],
  ])("%s", (_, text, git, args) => {
    repo.write({ "file.txt": `${Math.random()}\n` });
    const both = commitBoth(["-c", "core.commentChar=auto", ...git], ["-m", text, "-e", ...args], {
      GIT_EDITOR: "true",
    });
    expect(both).toMatchObject({
      ours: { status: 0, stderr: expect.not.stringContaining("stopped") },
      plain: { status: 0 },
    });
    expect(messageOf(repo)).toBe(`${text.trimEnd()}\n`);
    expect(messageOf(repo, "HEAD~1")).toBe(`${text.trimEnd()}\n\n${CLAUDE_STAMP}\n`);
  });
});

describe("comments as a git writes them that knows core.commentString", () => {
  it.each([
    ["hints", "// Please enter the commit message.\n//\n"],
    ["a diff", "// ------------------------ >8 ------------------------\n// Do not modify.\ndiff --git a b\n"],
  ])("are told from the text by the file itself: %s", (_, comments) => {
    const file = join(repo.dir, ".git/COMMIT_EDITMSG");
    writeFileSync(file, `Mend the door\n\n#12\n\n${comments}`);
    const settings = { GIT_CONFIG_COUNT: "1", GIT_CONFIG_KEY_0: "core.commentString", GIT_CONFIG_VALUE_0: "//" };
    const env = { ...repo.env, ...IN_CLAUDE, ...settings, GIT_EDITOR: "vi" };
    const args = [COMMIT_HOOK_BINS["prepare-commit-msg"] as string, file];
    expect(run(process.execPath, args, { cwd: repo.dir, env })).toMatchObject({ status: 0 });
    expect(readFileSync(file, "utf8")).toBe(`Mend the door\n\n#12\n\nAssisted-by: Claude Code\n\n${comments}`);
  });
});
