import { CountersignError } from "@countersign/core";

/** The fault of something that is there and cannot be read: damaged, malformed, or refused by the file system. */
export function unreadable(subject: string, cause: unknown): CountersignError {
  const reason = cause instanceof Error ? cause.message : String(cause);
  return new CountersignError("GIT_FAILED", { command: `read ${subject}`, end: "an error", said: reason }, { cause });
}

/** The fault of a repository that uses what isomorphic-git does not know. */
export function unsupported(feature: string): CountersignError {
  const problem = `the repository uses ${feature}, which cannot be read without the git program; use @countersign/git`;
  return new CountersignError("OPTION_INVALID", { option: "gitdir", problem });
}
