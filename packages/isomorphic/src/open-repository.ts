import { CountersignError, OpenRepository } from "@countersign/core";
import type { FsClient } from "isomorphic-git";
import { IsomorphicRepository } from "./isomorphic-repository.ts";
import { unreadable } from "./store/faults.ts";
import { type Files, openFiles } from "./store/files.ts";
import { type Layout, readLayout } from "./store/layout.ts";

export interface OpenOptions {
  /** `node:fs`, or any file system that isomorphic-git can use. It is only read from. */
  readonly fs: FsClient;
  /** The repository's folder: `.git`, a bare repository, or the `.git` file of a work tree. */
  readonly gitdir: string;
}

/**
 * Opens a SHA-1 repository without the git program: a folder on disk that has a `.git` or is bare, or any file system's.
 * The packs that were read are kept until it is let go of.
 * @throws `NOT_A_REPOSITORY`, and a fault for a repository that isomorphic-git cannot read, such as a SHA-256 one.
 */
export async function openRepository(place: string | OpenOptions): Promise<OpenRepository> {
  const { files, layout } = await find(typeof place === "string" ? await onDisk(place) : place);
  const cache = {};
  return new OpenRepository((signal) => new IsomorphicRepository(files, layout, { cache, signal }));
}

/** The same as the port alone. */
export async function openIsomorphicRepository(options: OpenOptions): Promise<IsomorphicRepository> {
  const { files, layout } = await find(options);
  return new IsomorphicRepository(files, layout);
}

async function onDisk(folder: string): Promise<OpenOptions> {
  // Only here, so that it can be left out where there is no disk.
  const { default: fs } = await import("node:fs");
  const gitdir = `${folder}/.git`;
  return { fs, gitdir: fs.existsSync(gitdir) ? gitdir : folder };
}

async function find({ fs, gitdir }: OpenOptions): Promise<{ readonly files: Files; readonly layout: Layout }> {
  const files = openFiles(fs);
  try {
    return { files, layout: await readLayout(files, gitdir) };
  } catch (error) {
    throw error instanceof CountersignError ? error : unreadable(gitdir, error);
  }
}
