export { GitRepository } from "./git-repository.ts";
export { type GitContext, openContext } from "./git.ts";
export { openRepository } from "./open-repository.ts";
export { type KnownRemote, readRemote } from "./push-destination.ts";
export { findRemote } from "./remote-name.ts";
