import type { Outcome } from "./judge/decision.ts";

/** What every program here ends with: its outcome as an exit status. */
export const EXIT_CODES = { allow: 0, deny: 1, undecided: 2 } as const satisfies Readonly<Record<Outcome, number>>;

export type ExitCode = (typeof EXIT_CODES)[Outcome];
