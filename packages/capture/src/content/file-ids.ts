import { lstatSync, readlinkSync } from "node:fs";
import type { ObjectId } from "@countersign/core";
import { objectId } from "@countersign/core/internal";
import { type GitContext, readFormat } from "@countersign/git/internal";
import { hashFiles } from "./hash-files.ts";

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
  const oids = await hashFiles(context, plain);
  if (links.length === 0) return oids;
  const format = await readFormat(context);
  // The content of a link is where it leads.
  const idOf = (path: Buffer): ObjectId => objectId("blob", readlinkSync(pathIn(root, path), "buffer"), format);
  return new Map([...oids, ...links.map((path) => [path, idOf(path)] as const)]);
}
