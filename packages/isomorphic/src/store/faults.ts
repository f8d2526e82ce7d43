import { CountersignError } from "@countersign/core";

/** The fault of something that is there and cannot be read: damaged, malformed, or refused by the file system. */
export function unreadable(subject: string, cause: unknown): CountersignError {
  const reason = cause instanceof Error ? cause.message : String(cause);
  return new CountersignError("REPOSITORY_UNREADABLE", { subject, reason }, { cause });
}

/** The fault of a repository that uses what isomorphic-git does not know. */
export function unsupported(feature: string): CountersignError {
  return new CountersignError("REPOSITORY_UNSUPPORTED", { feature });
}
