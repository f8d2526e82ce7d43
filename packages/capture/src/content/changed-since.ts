import { lstatSync } from "node:fs";
import { dirname } from "node:path";

/**
 * Whether a file was written, replaced or removed at that time or later, in milliseconds since 1970. That it was proves
 * nothing, as its content may be what it was; a file that was not is as it was.
 */
export function isChangedSince(since: number, path: Buffer): boolean {
  const file = lstatSync(path, { throwIfNoEntry: false });
  // What was moved here keeps its time of writing.
  if (file) return reaches(Math.max(file.mtimeMs, file.ctimeMs), since);
  // A file that is gone has changed the folder that it was in.
  for (let folder = dirname(path.toString("latin1")); ; folder = dirname(folder)) {
    const status = lstatSync(Buffer.from(folder, "latin1"), { throwIfNoEntry: false });
    if (status) return reaches(status.mtimeMs, since);
    if (folder === dirname(folder)) return false;
  }
}

/** Some file systems keep whole seconds alone. */
function reaches(time: number, since: number): boolean {
  return time >= (time % 1000 === 0 ? Math.floor(since / 1000) * 1000 : since);
}
