import { readFile } from "node:fs/promises";
import { resolve } from "node:path";
import { CountersignError } from "@countersign/core";

/** Reads a file that a person named, relative to `cwd`. @throws `FILE_UNREADABLE`. */
export async function readNamedFile(cwd: string, file: string): Promise<Uint8Array> {
  try {
    return await readFile(resolve(cwd, file));
  } catch (cause) {
    throw new CountersignError("FILE_UNREADABLE", { file, reason: (cause as Error).message }, { cause });
  }
}
