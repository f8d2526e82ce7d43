import type { Message } from "@countersign/core";

/**
 * How a check ended. `advice` does not make a repository unhealthy; `unclear` is what could not be found out, and is
 * never taken for health.
 */
export type State = "ok" | "advice" | "wrong" | "unclear";

/** Words by code. A code may be added, never renamed. */
export type DoctorWords = Readonly<Record<string, (data: never) => Message & { readonly state: Exclude<State, "ok"> }>>;
