import type { FsClient } from "isomorphic-git";
import { FileSystem } from "isomorphic-git/models";

/** A file system in isomorphic-git's wrapping, which its calls take as it is instead of wrapping it again each time. */
export type Files = FileSystem & FsClient;

export function openFiles(fs: FsClient): Files {
  return new FileSystem(fs) as Files;
}

/** A file as text; undefined if there is none. */
export async function readText(files: Files, path: string): Promise<string | undefined> {
  const text = await files.read(path, { encoding: "utf8" });
  return text === null ? undefined : text.toString();
}
