import type { ObjectId } from "@countersign/core";
import { readRecords } from "../process/read-records.ts";
import type { GitRepository } from "./git-repository.ts";

/** The paths of every file of a commit, as bytes: symbolic links and submodules among them. */
export function listFiles({ context }: GitRepository, commit: ObjectId): Promise<readonly Uint8Array[]> {
  return readRecords(context, ["ls-tree", "-r", "-z", "--full-tree", "--name-only", commit]);
}
