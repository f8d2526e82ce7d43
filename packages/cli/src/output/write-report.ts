import { randomBytes } from "node:crypto";
import type { Stats } from "node:fs";
import { appendFile, open, realpath, rename, rm, stat, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { CountersignError } from "@countersign/core";

/**
 * Writes a report whole or not at all: into a file beside it, which then takes its name. A pipe or a device, such as
 * /dev/stderr, is written to as it is.
 * @throws `OUTPUT_UNWRITABLE`; what was there before is untouched then.
 */
export async function writeReport(file: string, text: string): Promise<void> {
  try {
    const found = await stat(file).catch(passAbsence);
    if (found && !found.isFile()) await writeFile(file, text);
    // A link stays one: what it leads to is replaced.
    else await replaceFile(found ? await realpath(file) : file, text, found);
  } catch (error) {
    throw unwritable(file, error);
  }
}

/**
 * Adds to a file that other programs add to as well.
 * @throws `OUTPUT_UNWRITABLE`.
 */
export async function appendReport(file: string, text: string): Promise<void> {
  await appendFile(file, text).catch((error) => {
    throw unwritable(file, error);
  });
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
