import { lstatSync, readlinkSync } from "node:fs";
import type { ObjectId } from "@countersign/core";
import type { GitContext } from "@countersign/git/internal";
import { hashFiles, hashLink } from "./hash-files.ts";

/** The path of a file of a work tree for the file system, byte for byte. */
export function pathIn(root: string, path: Buffer): Buffer {
  return Buffer.concat([Buffer.from(`${root}/`), path]);
}

/** The ids that git would give these files and links; none for what is gone, or is neither. */
export async function identifyFiles(
  context: GitContext,
  root: string,
  paths: readonly Buffer[],
): Promise<ReadonlyMap<Buffer, ObjectId>> {
  const kinds = paths.map((path) => ({ path, file: lstatSync(pathIn(root, path), { throwIfNoEntry: false }) }));
  const plain = kinds.filter(({ file }) => file?.isFile()).map(({ path }) => path);
  const links = kinds.filter(({ file }) => file?.isSymbolicLink()).map(({ path }) => path);
  const [oids, ...linked] = await Promise.all([
    hashFiles(context, plain),
    ...links.map(async (path) => {
      return [path, await hashLink(context, readlinkSync(pathIn(root, path), "buffer"))] as const;
    }),
  ]);
  return new Map([...oids, ...linked]);
}
