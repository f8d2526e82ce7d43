import type { UpdateVerdict } from "../judge/decision.ts";
import { violationsOf } from "../judge/decision.ts";
import { type Violation, violation } from "../judge/violation.ts";
import { abbreviate } from "../object/oid.ts";
import type { Policy } from "../policy/policy.ts";
import type { MergeWay } from "./merge-way.ts";

/** So many are named. */
const NAMED = 10;

/** The co-signs that count for the commits as they are, and not for what a way makes of them. */
export function findLostCosigns(
  plain: UpdateVerdict,
  made: UpdateVerdict,
  way: MergeWay,
  { ledger }: Pick<Policy, "ledger">,
): readonly Violation[] {
  if (!violationsOf(made).some(({ code }) => code === "COSIGN_MISSING" || code === "COSIGN_MISMATCH")) return [];
  const cosigns = plain.judged.flatMap(({ commit, cosigns }) =>
    cosigns.filter(({ refused }) => refused === undefined).map(({ email }) => `${email} on ${abbreviate(commit)}`),
  );
  if (cosigns.length === 0) return [];
  const shown = [...cosigns.slice(0, NAMED), ...(cosigns.length > NAMED ? [`… ${cosigns.length - NAMED} more`] : [])];
  return [violation("COSIGN_LOST", { way, cosigns: shown, ledger })];
}
