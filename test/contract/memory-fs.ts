import { readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import type { OpenOptions } from "@countersign/isomorphic";

/** A file system that has a copy of one folder and nothing else, to show that no other is touched. */
export function readIntoMemory(folder: string): OpenOptions["fs"] {
  const files = new Map<string, Buffer>();
  const folders = new Set([folder]);
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    const path = join(entry.parentPath, entry.name);
    if (entry.isDirectory()) folders.add(path);
    else files.set(path, readFileSync(path));
  }
  const statOf = async (path: string) => {
    if (!files.has(path) && !folders.has(path)) throw failure("ENOENT", path);
    return { isDirectory: () => folders.has(path), isFile: () => files.has(path), isSymbolicLink: () => false };
  };
  const refuse = async (path: string) => {
    throw failure("EROFS", path);
  };
  return {
    promises: {
      readFile: async (path: string, options: { encoding?: BufferEncoding } = {}) => {
        const bytes = files.get(path);
        if (!bytes) throw failure(folders.has(path) ? "EISDIR" : "ENOENT", path);
        return options.encoding ? bytes.toString(options.encoding) : bytes;
      },
      readdir: async (path: string) => {
        if (!folders.has(path)) throw failure(files.has(path) ? "ENOTDIR" : "ENOENT", path);
        return [...files.keys(), ...folders]
          .filter((each) => dirname(each) === path)
          .map((each) => each.slice(path.length + 1));
      },
      stat: statOf,
      lstat: statOf,
      readlink: refuse,
      writeFile: refuse,
      unlink: refuse,
      mkdir: refuse,
      rmdir: refuse,
      symlink: refuse,
    },
  };
}

function failure(code: string, path: string): Error {
  return Object.assign(new Error(`${code}: ${path}`), { code });
}
