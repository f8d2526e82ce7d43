export { type GitContext, openContext } from "./git.ts";
export { GitRepository } from "./git-repository.ts";
export { readInstalledHook } from "./installed-hook.ts";
export { openRepository } from "./open-repository.ts";
export { findDestination } from "./own-destination.ts";
export { type KnownDestination, readRemote } from "./push-destination.ts";
export { findRemote } from "./remote-name.ts";
export { type RevisionRange, resolveCommit, resolveRange } from "./revision.ts";
export { readWorkTreePolicy } from "./work-tree-policy.ts";
