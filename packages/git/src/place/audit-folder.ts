import { type FileHandle, mkdir, open, readdir, rename, rm, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { AuditCache } from "@countersign/core/internal";
import type { GitContext } from "../process/context.ts";
import { commonDirOf, findGitDir } from "./git-dir.ts";

/** No file of it is larger. */
const LIMIT = 1024 * 1024;

const DAY = 24 * 60 * 60 * 1000;
/** What no audit has used for so long is of a branch, a policy or a version that is gone. */
const UNUSED = 30 * DAY;

export interface AuditFolder extends AuditCache {
  /** Removes what has long been unused. For after an audit, when what it uses is marked as used. */
  prune(): Promise<void>;
}

/** Where audits of a repository keep what they found, in its git folder: `version` is the program's. */
export async function openAuditFolder(context: GitContext, version: string): Promise<AuditFolder> {
  const folder = join(commonDirOf(await findGitDir(context, undefined)), "countersign", "audit");
  const fileOf = (name: string): string => join(folder, name);
  return {
    version,
    async read(name) {
      try {
        const file = await open(fileOf(name));
        try {
          const { size, uid, mtimeMs } = await file.stat();
          // What someone else wrote there is not trusted.
          if (size > LIMIT || (process.getuid && uid !== process.getuid())) return undefined;
          const bytes = await file.readFile();
          if (mtimeMs < Date.now() - DAY) await markUsed(file);
          return bytes;
        } finally {
          await file.close();
        }
      } catch {
        return undefined;
      }
    },
    async write(name, bytes) {
      const file = fileOf(name);
      const written = `${file}.${process.pid}`;
      try {
        await mkdir(folder, { recursive: true });
        await writeFile(written, bytes, { flag: "wx" });
        await rename(written, file);
      } catch {
        // A repository that cannot be written to is audited all the same.
        await rm(written, { force: true }).catch(() => {});
      }
    },
    async prune() {
      for (const name of await readdir(folder).catch(() => [])) {
        const file = fileOf(name);
        const mtime = await stat(file).then(
          ({ mtimeMs }) => mtimeMs,
          () => Number.POSITIVE_INFINITY,
        );
        if (mtime < Date.now() - UNUSED) await rm(file, { force: true }).catch(() => {});
      }
    },
  };
}

/** By its date, if it can be written to: it is read in any case. */
async function markUsed(file: FileHandle): Promise<void> {
  const now = new Date();
  await file.utimes(now, now).catch(() => {});
}
