import type { Change, ObjectId } from "@countersign/core";
import { runBytes } from "../rig/process/run.ts";
import type { Repo } from "../rig/repository/repo.ts";
import { EMPTY_TREE, type Raw } from "./raw.ts";

/** git with nothing that could show other history than the commits name. */
const PLAIN = { GIT_NO_REPLACE_OBJECTS: "1", GIT_GRAFT_FILE: "/dev/null", GIT_SHALLOW_FILE: "" };

/** What git prints, as bytes. */
export function askGit(repo: Repo, args: readonly string[]): Buffer {
  const { status, stdout, stderr } = runBytes("git", args, { cwd: repo.dir, env: { ...repo.env, ...PLAIN } });
  if (status !== 0) throw new Error(`git ${args.join(" ")} ended with ${status}: ${stderr.toString()}`);
  return stdout;
}

export function askGitLines(repo: Repo, args: readonly string[]): readonly string[] {
  return askGit(repo, args).toString().split("\n").filter(Boolean);
}

/** Every commit that a branch reaches, with the parents that its bytes name. */
export function allCommits(repo: Repo): readonly Raw[] {
  // Not `--all`, which ends at a broken ref.
  const tips = askGitLines(repo, ["for-each-ref", "--format=%(objectname)", "refs/heads"]);
  return askGitLines(repo, ["rev-list", "--parents", ...tips]).map((line) => {
    const [oid = "", ...parents] = line.split(" ");
    return { oid: oid as ObjectId, parents: parents as ObjectId[] };
  });
}

/** All that a commit reaches, itself too, by nothing but the named parents. */
export function reach(commits: readonly Raw[], ...from: readonly ObjectId[]): ReadonlySet<ObjectId> {
  const parentsOf = new Map(commits.map(({ oid, parents }) => [oid, parents]));
  const reached = new Set(from);
  for (const oid of reached) for (const parent of parentsOf.get(oid) ?? []) reached.add(parent);
  return reached;
}

/** The common ancestors of two commits that no other one reaches. */
export function bestCommon(commits: readonly Raw[], a: ObjectId, b: ObjectId): ObjectId[] {
  const reached = reach(commits, b);
  const common = [...reach(commits, a)].filter((oid) => reached.has(oid));
  const parents = commits.filter(({ oid }) => common.includes(oid)).flatMap((commit) => commit.parents);
  const below = reach(commits, ...parents);
  return common.filter((oid) => !below.has(oid));
}

const diffs = new Map<string, Buffer>();

/** The backends are compared with one answer of git: what two ids differ by never changes. */
function diff(repo: Repo, { oid, parents }: Raw, args: readonly string[]): Buffer {
  const always = ["diff-tree", "-z", "--no-renames", "--no-commit-id"];
  const all = [...always, ...args, parents[0] ?? EMPTY_TREE, oid];
  const answer = diffs.get(all.join("\0")) ?? askGit(repo, all);
  diffs.set(all.join("\0"), answer);
  return answer;
}

/** The bytes that a co-sign's `change` is the digest of. */
export function rawDiff(repo: Repo, commit: Raw): Buffer {
  return diff(repo, commit, ["-r", "--raw", "--no-abbrev"]);
}

/** What changes among the root's entries: each record and the path in it. */
export function rootDiff(repo: Repo, commit: Raw): { readonly path: string; readonly raw: string }[] {
  const fields = diff(repo, commit, ["--raw", "--no-abbrev"]).toString().split("\0");
  const records: { path: string; raw: string }[] = [];
  for (let at = 0; at + 1 < fields.length; at += 2) {
    const path = fields[at + 1] ?? "";
    records.push({ path, raw: `${fields[at]}\0${path}\0` });
  }
  return records;
}

/** The same bytes, from what a backend answers. */
export function formatRaw(changes: readonly Change[]): Buffer {
  return Buffer.concat(
    changes.flatMap(({ oldMode, newMode, oldOid, newOid, status, path }) => [
      Buffer.from(`:${oldMode} ${newMode} ${oldOid} ${newOid} ${status}\0`),
      path,
      Buffer.of(0),
    ]),
  );
}

export function numstat(repo: Repo, commit: Raw): Buffer {
  return diff(repo, commit, ["-r", "--numstat", "--text", "--minimal", "--ignore-submodules=none"]);
}

export function formatNumstat(changes: readonly Change[]): Buffer {
  return Buffer.concat(
    changes.flatMap(({ lines, path }) => [Buffer.from(`${lines?.added}\t${lines?.deleted}\t`), path, Buffer.of(0)]),
  );
}
