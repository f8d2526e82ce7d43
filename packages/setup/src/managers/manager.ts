import type { Draft } from "../files/draft.ts";
import type { Site } from "../init/site.ts";

export const MANAGER_NAMES = ["husky", "lefthook", "pre-commit", "prek", "simple-git-hooks", "plain"] as const;

export type ManagerName = (typeof MANAGER_NAMES)[number];

/** A way to get hooks run. */
export interface Manager {
  readonly name: ManagerName;
  /** Whether the repository uses it already. */
  isUsed(site: Site): boolean;
  /** Adds to the draft what has to be done. @throws `MANAGER_UNFIT`, `FILE_UNFIT`. */
  plan(site: Site, draft: Draft): void;
}
