import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { inflateSync } from "node:zlib";
import { isObjectId, type ObjectId, type RawCommit } from "@countersign/core";
import { commonDirOf } from "./git-dir.ts";

/**
 * A commit that lies in a file of its own, as one that was made lately does, by its id or that of `HEAD` or `ORIG_HEAD`. Read without a
 * git: the commit hooks run all the time. Undefined if git has to be asked, or has none.
 */
export function readLooseCommit(gitDir: string, revision: ObjectId | "HEAD" | "ORIG_HEAD"): RawCommit | undefined {
  try {
    const commonDir = commonDirOf(gitDir);
    const oid = isObjectId(revision) ? revision : readTip(join(gitDir, revision), commonDir);
    if (oid === undefined) return undefined;
    const path = join(commonDir, "objects", oid.slice(0, 2), oid.slice(2));
    return existsSync(path) ? parseLoose(oid, inflateSync(readFileSync(path))) : undefined;
  } catch {
    return undefined;
  }
}

function readTip(file: string, commonDir: string): ObjectId | undefined {
  const head = readFileSync(file, "utf8").trim();
  if (!head.startsWith("ref: ")) return isObjectId(head) ? head : undefined;
  const path = join(commonDir, head.slice("ref: ".length));
  const oid = existsSync(path) ? readFileSync(path, "utf8").trim() : "";
  return isObjectId(oid) ? oid : undefined;
}

/** A loose object begins with its type and size, and a zero byte. */
function parseLoose(oid: ObjectId, object: Uint8Array): RawCommit | undefined {
  const end = object.indexOf(0);
  if (end < 0 || !Buffer.from(object.subarray(0, end)).toString("latin1").startsWith("commit ")) return undefined;
  const bytes = object.subarray(end + 1);
  return { oid, size: bytes.length, bytes };
}
