import type { Repository } from "../repository.ts";

/** What of a repository tells what a merge does. */
export type MergeReader = Pick<Repository, "format" | "changes" | "blob" | "mergeBases" | "isAncestor">;
