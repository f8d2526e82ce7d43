import { type UpdateVerdict, violationsOf } from "../judge/decision.ts";
import { type Violation, violation } from "../judge/violation.ts";
import { abbreviate } from "../object/oid.ts";
import type { Policy } from "../policy/policy.ts";
import type { MergeWay } from "./merge-way.ts";

/** How many are named. */
const NAMED = 10;

/** What a commit is refused for that had a co-sign before it was made again. */
const LACKS: ReadonlySet<string> = new Set(["COSIGN_MISSING", "COSIGN_MISMATCH"]);

/**
 * The co-signs that count for the commits as they are, and not for what a way makes of them: of a squash that is one commit,
 * of the other ways each commit by itself. `made` names the commits that are there.
 */
export function findLostCosigns(
  plain: UpdateVerdict,
  made: UpdateVerdict,
  way: MergeWay,
  { ledger }: Pick<Policy, "ledger">,
): readonly Violation[] {
  const lacking = violationsOf(made).filter(({ code }) => LACKS.has(code));
  if (lacking.length === 0) return [];
  const refused = new Set(lacking.map(({ commit }) => commit));
  const lost = way === "squash" ? plain.judged : plain.judged.filter(({ commit }) => refused.has(commit));
  const cosigns = lost.flatMap(({ commit, cosigns, violations }) =>
    violations.some(({ code }) => LACKS.has(code))
      ? []
      : cosigns
          .filter((cosign) => cosign.refused === undefined)
          .map(({ email }) => `${email} on ${abbreviate(commit)}`),
  );
  if (cosigns.length === 0) return [];
  const shown = [...cosigns.slice(0, NAMED), ...(cosigns.length > NAMED ? [`… ${cosigns.length - NAMED} more`] : [])];
  return [violation("COSIGN_LOST", { way, cosigns: shown, ledger })];
}
