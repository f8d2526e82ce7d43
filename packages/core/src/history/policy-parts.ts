import type { Policy, Protection, Rule } from "../policy/policy.ts";

/** A part in which two policies differ, and what becomes of the old policy if that alone is taken from the new one. */
export interface PolicyPart {
  /** A rule's name, or the field of the policy: `people`. */
  readonly name: string;
  readonly kind: "rule" | "field";
  readonly change: "added" | "removed" | "changed";
  readonly mixed: Policy;
}

/** The fields that no verdict on a commit depends on. */
const WITHOUT_EFFECT: ReadonlySet<string> = new Set(["baseline", "stamp", "mode"]);

/** Every part in which two policies differ and that can change a verdict. */
export function differingParts(before: Policy, after: Policy): readonly PolicyPart[] {
  return [...differingFields(before, after), ...differingRules(before, after)];
}

function differingFields(before: Policy, after: Policy): readonly PolicyPart[] {
  const { rules: _, peopleByEmail, peopleByKey, ...fields } = after;
  return Object.entries(fields).flatMap(([name, value]): PolicyPart[] => {
    if (WITHOUT_EFFECT.has(name) || same(before[name as keyof Policy], value)) return [];
    // The maps are another view of the same people.
    const taken = name === "people" ? { people: after.people, peopleByEmail, peopleByKey } : { [name]: value };
    const onlyMode = name === "protect" && same(before.protect.map(withoutMode), after.protect.map(withoutMode));
    return [{ name: onlyMode ? "mode" : name, kind: "field", change: "changed", mixed: { ...before, ...taken } }];
  });
}

function withoutMode({ mode: _, ...entry }: Protection): Omit<Protection, "mode"> {
  return entry;
}

function differingRules(before: Policy, after: Policy): readonly PolicyPart[] {
  const old = new Map(before.rules.map((rule) => [rule.name, rule]));
  const present = new Map(after.rules.map((rule) => [rule.name, rule]));
  const part = (name: string, change: PolicyPart["change"], rules: readonly Rule[]): PolicyPart => ({
    name,
    kind: "rule",
    change,
    mixed: { ...before, rules },
  });
  const parts: PolicyPart[] = [];
  for (const [index, rule] of after.rules.entries()) {
    const known = old.get(rule.name);
    if (!known) {
      // Behind the rule that it follows among those of both policies.
      const previous = after.rules.slice(0, index).findLast(({ name }) => old.has(name));
      const at = before.rules.findIndex(({ name }) => name === previous?.name) + 1;
      parts.push(part(rule.name, "added", before.rules.toSpliced(at, 0, rule)));
    } else if (!same(known, rule)) {
      const replaced = before.rules.map((other) => (other === known ? rule : other));
      parts.push(part(rule.name, "changed", replaced));
    }
  }
  for (const rule of before.rules) {
    if (present.has(rule.name)) continue;
    const left = before.rules.filter((other) => other !== rule);
    parts.push(part(rule.name, "removed", left));
  }
  const common = before.rules.filter(({ name }) => present.has(name));
  const order = after.rules.flatMap(({ name }) => old.get(name) ?? []);
  if (!same(common, order)) {
    const rest = [...order];
    const mixed = before.rules.map((rule) => (present.has(rule.name) ? (rest.shift() ?? rule) : rule));
    parts.push({
      name: "the order of the rules",
      kind: "field",
      change: "changed",
      mixed: { ...before, rules: mixed },
    });
  }
  return parts;
}

/** Compares plain data, maps and sets; patterns by their text. */
function same(a: unknown, b: unknown): boolean {
  const plain = (value: unknown): string =>
    JSON.stringify(value, (_, inner: unknown) => (inner instanceof Map || inner instanceof Set ? [...inner] : inner));
  return plain(a) === plain(b);
}
