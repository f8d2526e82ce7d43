import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { CountersignError, type ObjectId } from "@countersign/core";
import { spawnGit } from "../process/git.ts";
import type { GitRepository } from "../repository/git-repository.ts";
import { withPrivateFolder } from "../signing/private-folder.ts";

/**
 * Stores commit objects, all by one git. They come by files, so that git reads exactly these bytes.
 * @throws `GIT_FAILED` if git finds one of them malformed, or names one otherwise than `objectId`.
 */
export async function writeCommits(
  repository: GitRepository,
  commits: ReadonlyMap<ObjectId, Uint8Array>,
): Promise<void> {
  await withPrivateFolder(async (folder) => {
    const files = [...commits.values()].map((bytes, index) => ({ bytes, path: join(folder, `${index + 1}`) }));
    for (const { bytes, path } of files) await writeFile(path, bytes, { mode: 0o600 });
    const git = spawnGit(repository.context, ["hash-object", "-t", "commit", "-w", "--no-filters", "--stdin-paths"]);
    let output = "";
    git.stdout.setEncoding("utf8").on("data", (text: string) => {
      output += text;
    });
    git.stdin.end(files.map(({ path }) => `${path}\n`).join(""));
    await git.ended;
    if (output !== [...commits.keys()].map((oid) => `${oid}\n`).join("")) {
      throw new CountersignError("GIT_FAILED", {
        command: "git hash-object",
        end: "other ids than expected",
        said: "",
      });
    }
  });
}
