import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { deflateSync } from "node:zlib";
import type { MemoryRepository } from "./memory-repository.ts";

/** Writes all objects of a repository in memory into a git folder, as git's own loose objects. */
export function storeObjects(repository: MemoryRepository, gitdir: string): void {
  for (const { type, oid, bytes } of repository.objects()) {
    const path = join(gitdir, "objects", oid.slice(0, 2), oid.slice(2));
    if (existsSync(path)) continue;
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, deflateSync(Buffer.concat([Buffer.from(`${type} ${bytes.length}\0`), bytes])));
  }
}
