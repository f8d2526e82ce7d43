export { findMarkedAssistance, type MarkedAssistance } from "./marks/find-assistance.ts";
export { MarkStore } from "./marks/mark-store.ts";
export { recordHookEvent } from "./marks/record-hook-event.ts";
export { findAgentSession } from "./session/agent-session.ts";
export type { Ancestor } from "./session/ancestor.ts";
export { listAncestors } from "./session/list-ancestors.ts";
