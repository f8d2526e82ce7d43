import type { commitFaultMessages } from "./commit-faults.ts";
import type { CodePage } from "./message.ts";

type CommitFaultCode = keyof typeof commitFaultMessages;

const FILE = ".git/COMMIT_EDITMSG";

/** A page for all that the commit hooks object to, and for every way in which they fail. */
export const commitFaultPages: {
  readonly [Code in CommitFaultCode]: CodePage<Parameters<(typeof commitFaultMessages)[Code]>[0]>;
} = {
  MESSAGE_UNREADABLE: {
    means: "A commit hook could not read the message, or was not told which file holds it.",
    example: { file: FILE, reason: "ENOENT: no such file or directory" },
  },
  MESSAGE_NOT_WRITTEN: {
    means: "The stamp could not be written; the message is as it was.",
    example: { file: FILE, reason: "ENOSPC: no space left on device" },
  },
  MESSAGE_EMPTY: {
    means: "The editor was left without a message, so that only a stamp would be committed.",
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
};
