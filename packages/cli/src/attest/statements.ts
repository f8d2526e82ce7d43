import { CountersignError } from "@countersign/core";
import { branchRef, type ChosenLanding } from "@countersign/core/internal";
import {
  type AttestedPlace,
  cosignStatements,
  type Statement,
  sourceStatement,
  type Verification,
} from "@countersign/report";

/** What can be attested of a landing. */
export const PREDICATES = ["cosign", "source"] as const;

export type Predicate = (typeof PREDICATES)[number];

/** What is attested, where and by whom. */
export interface Attesting extends Verification {
  /** By short name. */
  readonly branch: string;
  readonly resource: string;
  readonly predicates: readonly Predicate[];
}

/** All statements of a landing: the verdict on it, then the co-signs. @throws `LANDING_NEEDED`. */
export function statementsOf(chosen: ChosenLanding, attesting: Attesting): readonly Statement[] {
  const { branch, resource, predicates } = attesting;
  const place: AttestedPlace = { resource, ref: branchRef(branch) };
  const statements: Statement[] = [];
  if (predicates.includes("source")) {
    const [commit] = chosen.only ?? [];
    const landing = chosen.landing.verdict.update.new;
    if (commit !== undefined) throw new CountersignError("LANDING_NEEDED", { commit, branch, landing });
    statements.push(sourceStatement(place, chosen.landing, attesting));
  }
  if (predicates.includes("cosign")) statements.push(...cosignStatements(place, chosen));
  return statements;
}
