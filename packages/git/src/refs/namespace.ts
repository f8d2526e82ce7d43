import type { GitContext } from "../process/context.ts";

// Hooks get names as the push has them, while git's plumbing takes and gives whole names.

/** The name by which git's plumbing knows a ref that a push names. */
export function withNamespace({ receiving }: GitContext, name: string): string {
  return `${receiving?.namespace ?? ""}${name}`;
}

/** The name by which a push knows a ref; one that lies outside of what it sees keeps its own. */
export function withoutNamespace({ receiving }: GitContext, name: string): string {
  const namespace = receiving?.namespace ?? "";
  return name.startsWith(namespace) ? name.slice(namespace.length) : name;
}
