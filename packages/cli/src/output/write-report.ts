import { randomBytes } from "node:crypto";
import type { Stats } from "node:fs";
import { appendFile, lstat, open, realpath, rename, rm, stat, writeFile } from "node:fs/promises";
import { basename, dirname, join, relative, sep } from "node:path";
import { CountersignError } from "@countersign/core";
import { isInside } from "@countersign/setup";

/**
 * Writes a report whole or not at all: into a file beside it, which then takes its name. A pipe or a device, such as
 * /dev/stderr, is written to as it is. Links below `root`, the work tree, come with the commits that are judged: none of
 * them leads a report elsewhere.
 * @throws `OUTPUT_UNWRITABLE`; what was there before is untouched then.
 */
export async function writeReport(file: string, text: string, root: string): Promise<void> {
  try {
    const place = isInside(root, file) ? await placeInside(file, root) : await placeBehindLinks(file);
    const found = await lstat(place).catch(passAbsence);
    // A link outside leads to a pipe, a device or nothing here.
    if (found && !found.isFile() && !(found.isSymbolicLink() && isInside(root, file))) await writeFile(place, text);
    else await replaceFile(place, text, found?.isFile() ? found : undefined);
  } catch (error) {
    throw unwritable(file, error);
  }
}

/**
 * Adds to a file that other programs add to as well. The system that runs the check names it, never the work tree.
 * @throws `OUTPUT_UNWRITABLE`.
 */
export async function appendReport(file: string, text: string): Promise<void> {
  await appendFile(file, text).catch((error) => {
    throw unwritable(file, error);
  });
}

/** In the work tree the name itself is written, whatever it leads to, in a folder that no link has led out of it. */
async function placeInside(file: string, root: string): Promise<string> {
  const folder = await realpath(dirname(file));
  const real = await realpath(root);
  if (!isInside(real, folder)) throw new Error("a link on the way to it leads out of the work tree");
  if (relative(real, folder).split(sep).includes(".git"))
    throw new Error("a link on the way to it leads into git's folder");
  return join(folder, basename(file));
}

/** Elsewhere a link was made by the owner of the machine, and what it leads to is replaced. */
async function placeBehindLinks(file: string): Promise<string> {
  const found = await stat(file).catch(passAbsence);
  return found?.isFile() ? realpath(file) : file;
}

async function replaceFile(file: string, text: string, found: Stats | undefined): Promise<void> {
  const sibling = join(dirname(file), `.countersign-${randomBytes(6).toString("hex")}.tmp`);
  try {
    const handle = await open(sibling, "wx", found?.mode ?? 0o666);
    try {
      await handle.writeFile(text);
      await handle.sync();
    } finally {
      await handle.close();
    }
    await rename(sibling, file);
  } catch (error) {
    await rm(sibling, { force: true });
    throw error;
  }
}

function passAbsence(error: NodeJS.ErrnoException): undefined {
  if (error.code !== "ENOENT") throw error;
}

/** The system's words end in a call and a path, which may be the one of the file beside. */
function unwritable(file: string, error: unknown): CountersignError {
  const reason = (error as Error).message.split(",")[0] ?? "";
  return new CountersignError("OUTPUT_UNWRITABLE", { file, reason }, { cause: error });
}
