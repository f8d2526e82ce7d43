import type { Levels } from "./levels.ts";
import { COVERAGES, PROOFS, REAPPLICATIONS, type Requirement, type RequirementOverride } from "./requirement.ts";

type Field = keyof Requirement;

/** For each field, a number that grows as the field asks for more. */
const STRICTNESS: { readonly [F in Field]: (value: Requirement[F], levels: Levels) => number } = {
  count: (count) => count,
  level: (level, levels) => levels.get(level) ?? Number.NaN,
  proof: (proof) => PROOFS.indexOf(proof),
  maxAge: (seconds) => -seconds,
  coverage: (coverage) => -COVERAGES.indexOf(coverage),
  reapply: (reapply) => REAPPLICATIONS.indexOf(reapply),
  self: (self) => (self ? 0 : 1),
};

const FIELDS = Object.keys(STRICTNESS) as readonly Field[];

/** How strict a field of `override` is; not a number where the field is absent or names an unknown level. */
function strictnessOf(override: RequirementOverride, field: Field, levels: Levels): number {
  const value = override[field];
  if (value === undefined) return Number.NaN;
  return (STRICTNESS[field] as (value: unknown, levels: Levels) => number)(value, levels);
}

/** The fields in which `override` asks for less than `base`. A field that either lacks is not compared. */
export function loweredFields(override: RequirementOverride, base: RequirementOverride, levels: Levels): Field[] {
  return FIELDS.filter((field) => strictnessOf(override, field, levels) < strictnessOf(base, field, levels));
}

/** `base` with those fields of `override` that ask for more. */
export function tighten(base: Requirement, override: RequirementOverride, levels: Levels): Requirement {
  const tightened: Record<string, unknown> = { ...base };
  for (const field of FIELDS) {
    if (strictnessOf(override, field, levels) > strictnessOf(base, field, levels)) tightened[field] = override[field];
  }
  return tightened as unknown as Requirement;
}
