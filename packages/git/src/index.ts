export { findDestination } from "./refs/own-destination.ts";
export { readRemote, type KnownDestination } from "./refs/push-destination.ts";
export { resolveCommit, resolveRange, type RevisionRange } from "./refs/revision.ts";
export { GitRepository } from "./repository/git-repository.ts";
export { openRepository } from "./repository/open-repository.ts";
export { useRepository } from "./repository/use-repository.ts";
