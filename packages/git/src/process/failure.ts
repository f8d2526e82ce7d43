import { statSync } from "node:fs";
import { CountersignError } from "@countersign/core";

/** Why git could not be started. A missing folder and a missing program both give ENOENT, a file in its place ENOTDIR. */
export function startFailure(cwd: string, cause: unknown): CountersignError {
  if (!isFolder(cwd)) return new CountersignError("DIRECTORY_MISSING", { directory: cwd }, { cause });
  return new CountersignError(
    "GIT_NOT_STARTED",
    { reason: cause instanceof Error ? cause.message : String(cause) },
    { cause },
  );
}

function isFolder(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false;
}

/** How a git ended that did not end as expected. A killed one has no status, and "no status" must never pass for success. */
export interface GitEnd {
  readonly status: number | null;
  readonly signal: string | null;
  /** The beginning of what it wrote to standard error. */
  readonly stderr: string;
}

/** Chooses the words for a failure. git's text picks the advice and nothing else: every failure is one. */
export function endFailure(args: readonly string[], { status, signal, stderr }: GitEnd): CountersignError {
  const said = stderr.trim();
  // The rest of the line, quoted for a shell as git printed it.
  const directory = /safe\.directory (.+)/.exec(said)?.[1];
  if (directory !== undefined) return new CountersignError("OWNER_MISMATCH", { directory });
  if (/not a git repository/i.test(said)) return new CountersignError("NOT_A_REPOSITORY", {});
  const end = signal === null ? `status ${status}` : `signal ${signal}`;
  return new CountersignError("GIT_FAILED", { command: `git ${args.join(" ")}`, end, said });
}

/** What git, and a remote through it, said where it failed. */
export function saidByGit({ what, details = [] }: CountersignError): string {
  const first = /` ended with [^:]*: (.*)/.exec(what)?.[1] ?? what;
  // Where it was pushed to comes before why it was refused.
  return [first, ...details].filter((line) => !line.startsWith("To ")).join("\n");
}
