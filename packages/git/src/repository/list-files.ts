import type { ObjectId } from "@countersign/core";
import { spawnGit } from "../process/git.ts";
import type { GitRepository } from "./git-repository.ts";

/** The paths of every file of a commit, as bytes: symbolic links and submodules among them. */
export async function listFiles(repository: GitRepository, commit: ObjectId): Promise<readonly Uint8Array[]> {
  const git = spawnGit(repository.context, ["ls-tree", "-r", "-z", "--full-tree", "--name-only", commit]);
  git.stdin.end();
  const chunks: Buffer[] = [];
  for await (const chunk of git.stdout as AsyncIterable<Buffer>) chunks.push(chunk);
  await git.ended;
  const listing = Buffer.concat(chunks);
  const paths: Uint8Array[] = [];
  for (let start = 0, end = listing.indexOf(0); end >= 0; start = end + 1, end = listing.indexOf(0, start)) {
    paths.push(listing.subarray(start, end));
  }
  return paths;
}
