import type { Status } from "../gate/forge.ts";

/** A state of a commit as its forge has it. */
interface StoredStatus {
  readonly context: string;
  readonly state: string;
  readonly description: string | null;
}

/** States of a commit by context. What neither passed nor is being looked at has failed. */
export function byContext(stored: readonly StoredStatus[]): ReadonlyMap<string, Status> {
  return new Map(
    stored.map(({ context, state, description }) => {
      const known = state === "success" || state === "pending" ? state : "failure";
      return [context, { state: known, context, title: description ?? "" }];
    }),
  );
}
