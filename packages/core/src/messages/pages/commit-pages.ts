import type { commitFaults } from "../commit.ts";
import type { CodePages } from "../message.ts";

const FILE = ".git/COMMIT_EDITMSG";

export const commitPages: CodePages<typeof commitFaults> = {
  MESSAGE_UNREADABLE: {
    means: "A commit hook could not read the message, or was not given the file that holds it.",
    example: { file: FILE, reason: "ENOENT: no such file or directory" },
  },
  MESSAGE_NOT_WRITTEN: {
    means: "The stamp could not be written; the message is as it was.",
    example: { file: FILE, reason: "ENOSPC: no space left on device" },
  },
  MESSAGE_EMPTY: {
    means: "The editor was closed without a message, so that only a stamp would be committed.",
    example: {},
  },
  COSIGN_BY_AGENT: {
    means: "A co-sign was typed while git ran in an agent's session.",
    example: { agent: "claude-code", sign: "CLAUDECODE", line: 3 },
  },
  SIGNOFF_BY_AGENT: {
    means: "A sign-off names an agent as the one who certifies.",
    example: { agent: "codex", line: 3 },
  },
  MARK_MISSING: {
    means:
      "The message lacks a mark that the commit is known to need: a client skipped a hook, or the message was retyped. A person is stopped once; the same commit passes when tried again.",
    example: { agents: ["claude-code"], reasons: ["it wrote src/a.ts"], lines: ["Assisted-by: Claude Code"] },
  },
  MARKS_UNREADABLE: {
    means: "The folder in which agents' hooks leave their marks cannot be read.",
    example: { folder: ".git/countersign/marks", reason: "EACCES: permission denied" },
  },
};
