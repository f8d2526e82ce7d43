import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { ObjectId } from "@countersign/core";
import { openGitRepository } from "@countersign/git/internal";
import { mergeCommits } from "../../packages/core/src/merge-way/merge-trees.ts";
import { WouldBeRepository } from "../../packages/core/src/merge-way/would-be-repository.ts";

// Of the merges that were made in a repository: is what is made of their parents in memory what git makes of them?
// usage: tsx test/bench/merged-trees.ts REPOSITORY [MOST]

const [dir = ".", most = "500"] = process.argv.slice(2);
const objects = mkdtempSync(join(tmpdir(), "merged-trees-"));
const commonObjects = git(["rev-parse", "--path-format=absolute", "--git-path", "objects"]).trim();

function git(args: readonly string[], input = "", env: NodeJS.ProcessEnv = {}): string {
  const options = { env: { ...process.env, ...env }, input, encoding: "utf8", maxBuffer: 2 ** 30 } as const;
  return spawnSync("git", ["-C", dir, ...args], options).stdout;
}

const listed = git(["rev-list", "--all", "--merges", "--max-parents=2", "--parents", `--max-count=${most}`]);
const pairs = listed.split("\n").flatMap((line) => {
  const [oid, ours, theirs] = line.split(" ");
  return oid && ours && theirs ? [{ oid, ours: ours as ObjectId, theirs: theirs as ObjectId }] : [];
});
// What git makes is stored elsewhere.
const made = git(
  ["merge-tree", "--stdin", "--name-only", "--no-messages"],
  pairs.map(({ ours, theirs }) => `${ours} ${theirs}\n`).join(""),
  {
    GIT_OBJECT_DIRECTORY: objects,
    GIT_ALTERNATE_OBJECT_DIRECTORIES: commonObjects,
  },
);
// For each pair: 0 or 1 for conflict or clean, the tree, the paths, and an empty line.
const answers = made.split("\0\0").map((answer) => answer.split("\0").filter(Boolean));
const repository = await openGitRepository(dir, process.env);
const counts = new Map<string, number>();
for (const [index, { oid, ours, theirs }] of pairs.entries()) {
  const [clean, tree] = answers[index] ?? [];
  const merged = await mergeCommits(new WouldBeRepository(repository), ours, theirs);
  const how =
    "tree" in merged
      ? merged.tree === tree
        ? "the same tree"
        : "another tree"
      : merged.mayBeRenamed
        ? "renames"
        : "conflict";
  const seen = `git: ${clean === "1" ? "clean" : "conflict"}, here: ${how}`;
  counts.set(seen, (counts.get(seen) ?? 0) + 1);
  if (how === "another tree" || (how !== "the same tree" && clean === "1")) {
    const paths = "conflicts" in merged ? merged.conflicts.map((path) => Buffer.from(path).toString()).slice(0, 3) : [];
    console.log(oid, seen, ...paths);
  }
}
await repository.close();
rmSync(objects, { recursive: true });
for (const [seen, count] of [...counts].sort())
  console.log(`${seen}: ${count} (${((100 * count) / pairs.length).toFixed(1)} %)`);
