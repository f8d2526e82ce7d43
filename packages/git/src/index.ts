export { findDestination } from "./refs/local-destination.ts";
export { type KnownDestination, readRemote } from "./refs/remote-destination.ts";
export { type RevisionRange, resolveCommit, resolveRange } from "./refs/revision.ts";
export { GitRepository } from "./repository/git-repository.ts";
