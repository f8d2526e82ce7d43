export { GitRepository } from "./git-repository.ts";
export { type GitContext, openContext } from "./git.ts";
export { openRepository } from "./open-repository.ts";
export { type KnownDestination, readRemote } from "./push-destination.ts";
export { findRemote } from "./remote-name.ts";
export { findDestination } from "./own-destination.ts";
export { type RevisionRange, resolveCommit, resolveRange } from "./revision.ts";
export { readWorkTreePolicy } from "./work-tree-policy.ts";
