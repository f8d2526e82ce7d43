export { findDestination } from "./refs/own-destination.ts";
export { type KnownDestination, readRemote } from "./refs/push-destination.ts";
export { type RevisionRange, resolveCommit, resolveRange } from "./refs/revision.ts";
export { GitRepository } from "./repository/git-repository.ts";
export { openRepository } from "./repository/open-repository.ts";
export { useRepository } from "./repository/use-repository.ts";
