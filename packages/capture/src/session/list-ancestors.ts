import type { Ancestor } from "./ancestor.ts";
import { readFromProc } from "./proc-ancestors.ts";
import { readByPs } from "./ps-ancestors.ts";

/**
 * The processes above one, by default above this one, nearest first, as far as they can be seen. On Linux that reads
 * two small files each and starts nothing; elsewhere `ps` is run once; on Windows there is no answer.
 */
export function listAncestors(pid: number = process.pid): readonly Ancestor[] {
  if (process.platform === "win32") return [];
  return process.platform === "linux" || process.platform === "android" ? readFromProc(pid) : readByPs(pid);
}
