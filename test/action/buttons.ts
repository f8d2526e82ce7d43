import type { Repo } from "../rig/repository/repo.ts";

const GITHUB = { GIT_COMMITTER_NAME: "GitHub", GIT_COMMITTER_EMAIL: "noreply@github.com" };

/** Who opened a pull request, as GitHub writes them into the commit that it makes. */
export const OPENER = { GIT_AUTHOR_NAME: "Bob", GIT_AUTHOR_EMAIL: "1024+bob-b@users.noreply.github.com" };

/** The tree of the clean merge of two commits. */
function mergedTree(server: Repo, base: string, head: string): string {
  return server.git(["merge-tree", "--write-tree", base, head]).split("\n")[0] ?? "";
}

/** The commit that the squash button makes of a head, on top of another commit. */
export function squash(server: Repo, base: string, head: string, message: string): string {
  const args = ["commit-tree", mergedTree(server, base, head), "-p", base];
  return server.git([...args, "-F", "-"], { input: message, env: { ...GITHUB, ...OPENER } });
}

/** The commit that the merge button makes. */
export function merge(server: Repo, base: string, head: string, number: number): string {
  const args = ["commit-tree", mergedTree(server, base, head), "-p", base, "-p", head];
  const message = `Merge pull request #${number} from acme/topic\n\nRetry uploads\n`;
  return server.git([...args, "-F", "-"], { input: message, env: { ...GITHUB, ...OPENER } });
}

/** GitHub's default message for several commits: their messages as prose, then the people. */
export function squashedMessage(title: string, number: number, messages: readonly string[]): string {
  const told = messages.map((message) => `* ${message.trim()}`).join("\n\n");
  return `${title} (#${number})\n\n${told}\n\n---------\n\nCo-authored-by: Claude <noreply@anthropic.com>\n`;
}

/** Lands a commit on a branch, as a button does, and gives the push event's ids. */
export function land(server: Repo, branch: string, to: string): { readonly before: string; readonly after: string } {
  const ref = `refs/heads/${branch}`;
  const before = server.oid(ref);
  server.git(["update-ref", ref, to, before]);
  return { before, after: to };
}
