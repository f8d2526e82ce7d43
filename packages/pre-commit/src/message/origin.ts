import type { RawCommit } from "@countersign/core";
import { decodeText, resolveCommit } from "@countersign/core/internal";
import { type GitContext, readLooseCommit, withRepository } from "@countersign/git/internal";
import type { Staged } from "../provenance/staged.ts";
import type { GitCommand } from "./git-command.ts";

/** What git gave the hook: the kind of the message's source, and the commit that it came from. */
export interface MessageSource {
  readonly kind: string | undefined;
  readonly revision: string | undefined;
}

/**
 * The command with what git says otherwise, where its arguments cannot be seen: clients start hooks themselves, and not
 * every system shows a process who started it. `source` is absent in a hook that is given none.
 */
export async function completeCommand(
  context: GitContext,
  gitDir: string,
  command: GitCommand,
  staged: Staged,
  source?: MessageSource,
): Promise<GitCommand> {
  if (command.name !== undefined && SEEN.has(command.name)) return command;
  if (source?.kind === "commit") {
    return source.revision === "HEAD" ? { ...command, amends: true } : { ...command, reuses: source.revision };
  }
  // Without a message of their own, these would say `commit`.
  if (source !== undefined && source.kind !== "message") return command;
  return { ...command, ...(await findByAuthor(context, gitDir, staged)) };
}

/** Commands of git whose arguments say what they commit. An alias or `git hook run` does not. */
const SEEN = new Set(["commit", "merge", "pull", "rebase", "cherry-pick", "revert", "am"]);

/** So long ago, in seconds, an author's date is not that of a commit which is made now. */
const NOW = 2;

/**
 * What the author and the date say: git keeps HEAD's where it amends, and those of a commit that was taken back where it
 * is made again with `-C ORIG_HEAD`. Where HEAD was made just now, a new commit of the same author has them too: then it
 * amends if there is nothing to commit besides.
 */
async function findByAuthor(context: GitContext, gitDir: string, staged: Staged): Promise<Partial<GitCommand>> {
  const { GIT_AUTHOR_NAME: name, GIT_AUTHOR_EMAIL: email, GIT_AUTHOR_DATE: date = "" } = context.env;
  const [, seconds = "", zone = ""] = /^@?(\d+) ([+-]\d{4})$/.exec(date) ?? [];
  if (seconds === "" || name === undefined || email === undefined) return {};
  const header = `\nauthor ${name} <${email}> ${seconds} ${zone}\n`;
  const isBy = (commit: RawCommit | undefined): boolean => commit !== undefined && headersOf(commit).includes(header);
  const isNew = Math.abs(Date.now() / 1000 - Number(seconds)) <= NOW;
  // What was made just now is in no pack.
  if (isBy(readLooseCommit(gitDir, "HEAD") ?? (isNew ? undefined : await readHead(context)))) {
    return !isNew || (await staged.changes()).length === 0 ? { amends: true } : {};
  }
  return !isNew && isBy(readLooseCommit(gitDir, "ORIG_HEAD")) ? { reuses: "ORIG_HEAD" } : {};
}

function readHead(context: GitContext): Promise<RawCommit | undefined> {
  return withRepository(context, async (repository) => {
    const oid = await resolveCommit(repository, "HEAD").catch(() => undefined);
    return oid && repository.commit(oid);
  });
}

function headersOf({ bytes }: RawCommit): string {
  const text = decodeText(bytes);
  const end = text.indexOf("\n\n");
  return end < 0 ? text : text.slice(0, end);
}
