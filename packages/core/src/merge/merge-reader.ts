import type { Repository } from "../repository.ts";

/** The part of a repository that says what a merge does. */
export type MergeReader = BlobReader & Pick<Repository, "changes" | "mergeBases" | "isAncestor">;

export type BlobReader = Pick<Repository, "format" | "blob">;
