import { CountersignError } from "@countersign/core";
import type { FsClient } from "isomorphic-git";
import { IsomorphicRepository } from "./isomorphic-repository.ts";
import { unreadable } from "./store/faults.ts";
import { openFiles } from "./store/files.ts";
import { readLayout } from "./store/layout.ts";

export interface IsomorphicOptions {
  /** `node:fs`, or any file system that isomorphic-git can use. It is only read from. */
  readonly fs: FsClient;
  /** The repository's folder: `.git`, a bare repository, or the `.git` file of a work tree. */
  readonly gitdir: string;
}

/**
 * Opens a SHA-1 repository without the git program.
 * @throws `NOT_A_REPOSITORY`, and a fault for a repository that isomorphic-git cannot read, such as a SHA-256 one.
 */
export async function openIsomorphicRepository({ fs, gitdir }: IsomorphicOptions): Promise<IsomorphicRepository> {
  const files = openFiles(fs);
  try {
    return new IsomorphicRepository(files, await readLayout(files, gitdir));
  } catch (error) {
    throw error instanceof CountersignError ? error : unreadable(gitdir, error);
  }
}
