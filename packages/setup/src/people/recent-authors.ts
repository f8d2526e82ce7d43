import { CountersignError } from "@countersign/core";
import { type GitContext, git } from "@countersign/git/internal";
import { joinIdentities, type RecentAuthor } from "./join-identities.ts";

/** More commits say nothing new about who works here. */
const MOST = 20_000;

/**
 * Who authored the commits of the last year that a revision reaches, the most active first, one entry a person.
 * Nobody where there is no commit yet.
 */
export async function readRecentAuthors(context: GitContext, revision: string): Promise<readonly RecentAuthor[]> {
  const args = ["log", `--max-count=${MOST}`, "--since=1.year.ago", "--no-mailmap", "--format=%an%x00%ae", "-z"];
  let output: string;
  try {
    ({ output } = await git(context, [...args, "--end-of-options", revision, "--"]));
  } catch (error) {
    if (error instanceof CountersignError && error.code === "GIT_FAILED") return [];
    throw error;
  }
  const identities = new Map<string, { name: string; email: string; commits: number }>();
  const fields = output.split("\0");
  for (let at = 0; at + 1 < fields.length; at += 2) {
    const [name = "", email = ""] = fields.slice(at, at + 2);
    const known = identities.get(`${name}\0${email}`);
    if (known) known.commits += 1;
    else identities.set(`${name}\0${email}`, { name, email, commits: 1 });
  }
  return joinIdentities([...identities.values()]).sort((a, b) => b.commits - a.commits);
}
