import nodeFs from "node:fs";
import { isAbsolute, join } from "node:path";
import type { ConfiguredRepository } from "@countersign/core";
import { openGitRepository } from "@countersign/git/internal";
import { openIsomorphicRepository } from "@countersign/isomorphic/internal";
import type { Repo } from "../rig/repository/repo.ts";
import { readIntoMemory } from "./memory-fs.ts";

/** A way to read a repository; all of them must answer alike. */
export interface Backend {
  readonly name: string;
  open(repo: Repo): Promise<ConfiguredRepository>;
}

export const BACKENDS: readonly Backend[] = [
  { name: "the git program", open: (repo) => openGitRepository(repo.dir, repo.env) },
  { name: "isomorphic-git on disk", open: (repo) => openIsomorphicRepository({ fs: nodeFs, gitdir: gitdirOf(repo) }) },
  {
    name: "isomorphic-git in memory",
    open: (repo) => openIsomorphicRepository({ fs: readIntoMemory(gitdirOf(repo)), gitdir: gitdirOf(repo) }),
  },
];

export function gitdirOf(repo: Repo): string {
  const gitdir = repo.git(["rev-parse", "--git-dir"]);
  return isAbsolute(gitdir) ? gitdir : join(repo.dir, gitdir);
}

export async function collect<Item>(items: AsyncIterable<Item>): Promise<readonly Item[]> {
  const all: Item[] = [];
  for await (const item of items) all.push(item);
  return all;
}
