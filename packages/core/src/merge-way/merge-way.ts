/** How a forge's buttons land a branch: by a merge commit, as one commit, or commit by commit. */
export type MergeWay = (typeof MERGE_WAYS)[number];

export const MERGE_WAYS = ["merge", "squash", "rebase"] as const;
