export type { Forge, MergeRequest, RequestComment, Source, Status } from "./gate/forge.ts";
export type { QueuedGroup } from "./gate/judge-queue.ts";
export { type GithubEvent, readEvent as readGithubEvent } from "./github/event.ts";
export { type GithubAccess, github } from "./github/github.ts";
export { type GitlabAccess, gitlab } from "./gitlab/gitlab.ts";
export { type Gate, type GateOptions, openGate, type Settled } from "./open-gate.ts";
