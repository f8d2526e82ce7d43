import { changeDigest, type ObjectId, parseCommit } from "@countersign/core";
import { findReapplied, subjectLine } from "@countersign/core/internal";
import { compareTrees, type GitRepository, mergeCleanly, openGitRepository } from "@countersign/git/internal";
import { mergeCommits } from "../../packages/core/src/merge-way/merge-trees.ts";
import { WouldBeRepository } from "../../packages/core/src/merge-way/would-be-repository.ts";

// Of the pull requests that were squashed onto a branch: does the squash that is made in memory have the tree that landed,
// and would a co-sign of the branch as one change have spoken for it?
// usage: tsx test/bench/landed-pulls.ts REPOSITORY [TIP], in a clone that has refs/pull/*

interface Landing {
  readonly number: string;
  readonly commit: ObjectId;
  readonly parent: ObjectId;
  readonly tree: ObjectId | undefined;
  readonly head: ObjectId;
}

async function* listSquashes(repository: GitRepository, tip: ObjectId): AsyncGenerator<Landing> {
  const heads = new Map((await repository.refs("refs/pull")).map(({ name, oid }) => [name, oid]));
  for (let by: ObjectId | undefined = tip; by; ) {
    const commit = parseCommit(await repository.commit(by));
    const [parent, second] = commit.parents;
    const number = /\(#(\d+)\)$/.exec(subjectLine(commit))?.[1];
    const head = number === undefined ? undefined : heads.get(`refs/pull/${number}/head`);
    if (parent && !second && number && head && head !== by) {
      yield { number, commit: by, parent, tree: commit.tree, head };
    }
    by = parent;
  }
}

/** Whether the approved change of a whole branch is what landed. */
async function compare(repository: GitRepository, { commit, parent, head }: Landing): Promise<string> {
  const [base] = await repository.mergeBases(parent, head);
  if (!base) return "not: no merge base";
  const approved = await compareTrees(repository.context, base, head);
  const landed = await compareTrees(repository.context, parent, commit);
  if (changeDigest(approved) === changeDigest(landed)) return "exactly";
  if (await findReapplied(repository, approved, landed)) return "re-applied";
  // What landing it would change on the target as it stood has a block of its own.
  const tree = await mergeCleanly(repository.context, parent, head);
  const sum = tree && (await compareTrees(repository.context, parent, tree));
  return sum && changeDigest(sum) === changeDigest(landed) ? "not, but signed against the target as it stood" : "not";
}

const [dir = ".", tip = "HEAD"] = process.argv.slice(2);
const repository = await openGitRepository(dir, process.env);
const counts = new Map<string, number>();
const add = (what: string): void => void counts.set(what, (counts.get(what) ?? 0) + 1);
const start = await repository.resolve(tip);
if (!start) throw new Error(`${tip} names no commit`);
for await (const landing of listSquashes(repository, start)) {
  const { number, parent, tree, head } = landing;
  const byGit = (await mergeCleanly(repository.context, parent, head)) === tree;
  if (!byGit) {
    add("no true pair: git makes another tree");
    continue;
  }
  const made = await mergeCommits(new WouldBeRepository(repository), parent, head);
  const agrees = "tree" in made && made.tree === tree;
  add(agrees ? "made as it landed" : "conflicts" in made ? "not made: a conflict" : "made otherwise");
  if (!agrees) console.log(`#${number}: ${"conflicts" in made ? made.conflicts.map(String).length : made.tree}`);
  // A clone may have been made without its largest files.
  const how = await compare(repository, landing).catch(() => "unknown, objects are absent");
  add(`spoken for: ${how}`);
  if (how.startsWith("not")) console.log(`#${number}: ${how}`);
}
await repository.close();
for (const [what, count] of [...counts].sort()) console.log(`${what}: ${count}`);
