import type { Repository } from "../repository.ts";

/** What of a repository says what a merge does. */
export type MergeReader = BlobReader & Pick<Repository, "changes" | "mergeBases" | "isAncestor">;

export type BlobReader = Pick<Repository, "format" | "blob">;
