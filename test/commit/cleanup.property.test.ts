import fc from "fast-check";
import { afterAll, expect, it } from "vitest";
import { messageBytesOf } from "../rig/worlds/commit-hooks.ts";
import { IN_CLAUDE, openCommitWorld } from "../rig/worlds/commit-world.ts";
import { CLAUDE_LINE, withoutStamp } from "../rig/worlds/stamped-message.ts";

const world = openCommitWorld();
afterAll(() => world[Symbol.dispose]());
const { dev: repo } = world;

/** Whatever matters to git, to its trailer rule or to ours, and bytes that are no text. */
const line = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.constantFrom("", "Mend the door", "It squeaked.", "Signed-off-by: Bob <bob@acme.example>"),
  },
  fc.constantFrom(
    "Assisted-by: Claude Code",
    "assisted-by: Codex:gpt-5.6",
    "Co-authored-by: Ada <ada@acme.example>",
    " folded on",
    "(cherry picked from commit 2b47698b9f38b1f6e4f0a6b8c0b3e5d1a7c9e2f4)",
    "# a comment",
    "#",
    "; another",
    "A line, and not a comment",
    "//",
    "---",
    "# ------------------------ >8 ------------------------",
    "; ------------------------ >8 ------------------------",
    "diff --git a/x b/x",
    "Conflicts:",
    "\tfile.txt",
    " \t",
    "trailing \t ",
    "carriage return\r",
    "\r",
    "not \xe9 UTF-8 \xff",
    "\xc2\xa0",
  ),
  fc.stringMatching(/^[ -~]{0,40}$/),
);

const message = fc
  .tuple(fc.array(line, { maxLength: 9 }), fc.constantFrom("", "\n", "\n\n\n", "\r\n"))
  .map(([lines, end]) => lines.join("\n") + end);

const setting = fc.constantFrom<readonly string[]>(
  [],
  ["-c", "core.commentChar=;"],
  ["-c", "core.commentChar=A"],
  ["-c", "core.commentChar=auto"],
  ["-c", "core.commentChar=auto", "-c", "commit.status=false"],
);

const options = fc
  .tuple(
    fc.constantFrom("default", "strip", "whitespace", "verbatim", "scissors"),
    fc.constantFrom<readonly string[]>([], ["-e"], ["-e", "-v"], ["-e", "--no-status"], ["--allow-empty-message"]),
  )
  .map(([mode, others]) => [`--cleanup=${mode}`, ...others]);

/** A line that is more than a mark or a sign-off. */
const OWN_WORDS = /^(?!assisted-by: |signed-off-by: |[ \t\r]*$)/im;

/** The message of the commit that git makes, a character a byte; undefined where it makes none. */
function commit(git: readonly string[], args: readonly string[], text: string, env: NodeJS.ProcessEnv) {
  const before = repo.oid("HEAD");
  const input = Buffer.from(text, "latin1");
  const { status } = repo.try([...git, "commit", "-q", "--allow-empty", "-F", "-", ...args], { input, env });
  if (status !== 0) {
    expect(repo.oid("HEAD")).toBe(before);
    return undefined;
  }
  return messageBytesOf(repo).toString("latin1");
}

it("an agent's message is git's own with a line more, in every mode and with every comment character", () => {
  fc.assert(
    fc.property(message, setting, options, (text, git, args) => {
      const plain = commit([...git, "-c", "core.hooksPath=/dev/null"], args, text, { GIT_EDITOR: "true" });
      // Anyone who leaves no more than a mark in the editor is stopped, where git itself would take it for a subject.
      fc.pre((plain === undefined || OWN_WORDS.test(plain)) && (!/\S/.test(text) || OWN_WORDS.test(text)));
      const ours = commit(git, args, text, { ...IN_CLAUDE, GIT_EDITOR: "true" });
      if (plain === undefined || ours === undefined || CLAUDE_LINE.test(plain)) expect(ours).toBe(plain);
      else {
        expect(ours).toMatch(CLAUDE_LINE);
        expect(withoutStamp(ours, plain)).toBe(plain);
      }
    }),
    { numRuns: 100 },
  );
}, 300_000);
