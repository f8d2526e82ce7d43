import { mkdir, open, rename, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { AuditCache } from "@countersign/core/internal";
import type { GitContext } from "../process/context.ts";
import { commonDirOf, findGitDir } from "./git-dir.ts";

/** No file of it is larger. */
const LIMIT = 1024 * 1024;

/** Where audits of a repository keep what they found, in its git folder: `version` is the program's. */
export async function openAuditFolder(context: GitContext, version: string): Promise<AuditCache> {
  const folder = join(commonDirOf(await findGitDir(context, undefined)), "countersign", "audit");
  const fileOf = (name: string): string => join(folder, name);
  return {
    version,
    async read(name) {
      try {
        const file = await open(fileOf(name));
        try {
          const { size, uid } = await file.stat();
          // What somebody else wrote there is not believed.
          if (size > LIMIT || (process.getuid && uid !== process.getuid())) return undefined;
          return await file.readFile();
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
  };
}
