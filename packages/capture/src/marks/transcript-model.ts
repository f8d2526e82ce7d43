import { closeSync, constants, fstatSync, openSync, readSync } from "node:fs";
import { readTranscriptLine } from "@countersign/core/internal";

const READ = 64 * 1024;

/** The model that the last line of a transcript names, where one of the last 64 KiB does. */
export function readTranscriptModel(path: string, places: readonly string[]): string | undefined {
  try {
    for (const line of readTail(path).split("\n").reverse()) {
      const model = readTranscriptLine(line, places);
      if (model !== undefined) return model;
    }
  } catch {}
  return undefined;
}

function readTail(path: string): string {
  // Opened so that a pipe in its place cannot hold us up.
  const file = openSync(path, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
  try {
    const status = fstatSync(file);
    if (!status.isFile()) return "";
    const length = Math.min(READ, status.size);
    const bytes = Buffer.alloc(length);
    const read = readSync(file, bytes, 0, length, status.size - length);
    return bytes.toString("utf8", 0, read);
  } finally {
    closeSync(file);
  }
}
