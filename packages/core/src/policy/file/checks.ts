import { asciiLowerCase } from "../../bytes.ts";
import { branchRef } from "../../ref.ts";
import { FORGES } from "../accounts.ts";
import { conditionsIn } from "../conditions/index.ts";
import { rankLevels } from "../levels.ts";
import { DEFAULT_REQUIREMENT, type RequirementOverride } from "../requirement.ts";
import { loweredFields } from "../strictness.ts";
import { ledgerRef, personKey, requirementOverride, rosterAccount } from "./normalise.ts";
import type { KeyFile } from "./part-schemas.ts";
import { formatPath, type Path, type Problem } from "./problem.ts";
import type { Placed, WellFormedParts } from "./well-formed.ts";

/** What a schema cannot say of a policy file, since it is about several of its parts together. */
export type Check = (parts: WellFormedParts) => Iterable<Problem>;

/** Every check, in the order in which their problems are reported where these share a line. */
export const CHECKS: readonly Check[] = [
  levelsAreDistinct,
  levelsAreKnown,
  addressesHaveOneOwner,
  keysHaveOneOwner,
  accountsHaveOneOwner,
  keysAreValidForSomeTime,
  branchPatternsStandOnce,
  ledgerIsABranchOfItsOwn,
  namesStandOnce,
  rulesHaveOneEffect,
  conditionsMakeSense,
  forgeableConditionsCannotLower,
  policyChangesAreNotEasier,
];

function* levelsAreDistinct({ levels }: WellFormedParts): Iterable<Problem> {
  if (levels === undefined) return;
  yield* repeated(
    levels.map((part, index) => ({ path: ["levels", index], part })),
    "the level",
  );
}

function* levelsAreKnown({
  levels,
  people,
  protect,
  cosign,
  policyChange,
  rules,
  disputes,
  emergency,
}: WellFormedParts): Iterable<Problem> {
  if (levels === undefined) return;
  const used: Placed<string | undefined>[] = [
    ...people.map(({ path, part }) => ({ path: [...path, "level"], part: part.level })),
    ...protect.map(({ path, part }) => ({ path: [...path, "cosign", "level"], part: part.cosign?.level })),
    ...rules.flatMap(({ path, part }) =>
      conditionsIn(part).map(({ name, condition, value }) => {
        return { path: [...path, name, "level"], part: condition.levelOf?.(value) };
      }),
    ),
    ...rules.map(({ path, part }) => ({ path: [...path, "cosign", "level"], part: part.cosign?.level })),
    { path: ["policyChange", "level"], part: policyChange?.level },
    { path: ["disputes", "level"], part: disputes },
    { path: ["emergency", "level"], part: emergency },
    { path: ["cosign", "level"], part: cosign?.level },
  ];
  const known = new Set(levels);
  // Put together once: a hostile file has thousands of levels, and thousands of people without one of them.
  const listed = levels.join(", ");
  for (const { path, part: level } of used) {
    if (level !== undefined && !known.has(level)) {
      yield { path, text: `names the level ${level}; the levels are ${listed}` };
    }
  }
  if (cosign !== undefined && cosign.level === undefined && !known.has(DEFAULT_REQUIREMENT.level)) {
    yield {
      path: ["levels"],
      text: `has no ${DEFAULT_REQUIREMENT.level}, which cosign.level is by default; set cosign.level`,
    };
  }
}

function* addressesHaveOneOwner({ people, agents }: WellFormedParts): Iterable<Problem> {
  const addresses = [...people, ...agents].flatMap(({ path, part }) =>
    part.emails.map((email, index) => ({ path: [...path, "emails", index], part: asciiLowerCase(email) })),
  );
  yield* repeated(addresses, "the address");
}

function* keysHaveOneOwner({ people, witnesses }: WellFormedParts): Iterable<Problem> {
  const own = people.flatMap(keysIn);
  yield* repeated(own, "the key");
  yield* repeated(witnesses.flatMap(keysIn), "the key");
  const owners = new Map(own.map(({ path, part }) => [part, path]));
  for (const { path, part } of witnesses.flatMap(keysIn)) {
    const owner = owners.get(part);
    if (owner)
      yield {
        path,
        text: `is ${formatPath(owner)} too; anyone who holds a witness's key could approve in anyone's name`,
      };
  }
}

/** The keys that a person or a witness has. */
function keysIn({ path, part }: Placed<{ readonly keys: readonly KeyFile[] }>): readonly Placed<string>[] {
  return part.keys.map((key, index) => {
    return { path: [...path, "keys", index], part: personKey(key).text };
  });
}

/** By its login and by its number: each alone says whose review it is. */
function* accountsHaveOneOwner({ people }: WellFormedParts): Iterable<Problem> {
  for (const forge of FORGES) {
    const accounts = people.flatMap(({ path, part }) => {
      const account = part[forge];
      return account === undefined ? [] : [{ path: [...path, forge], part: rosterAccount(forge, account) }];
    });
    yield* repeated(
      accounts.map(({ path, part }) => ({ path, part: part.login })),
      "the login",
    );
    const numbered = accounts.flatMap(({ path, part: { id } }) =>
      id === undefined ? [] : [{ path: [...path, "id"], part: String(id) }],
    );
    yield* repeated(numbered, "the number");
  }
}

function* keysAreValidForSomeTime({ people, witnesses }: WellFormedParts): Iterable<Problem> {
  for (const { path, part } of [...people, ...witnesses]) {
    for (const [index, key] of part.keys.entries()) {
      const { validFrom = Number.NEGATIVE_INFINITY, validUntil = Number.POSITIVE_INFINITY } = personKey(key);
      if (validFrom >= validUntil) {
        yield {
          path: [...path, "keys", index, "validUntil"],
          text: "is not after validFrom, so the key would never be valid",
        };
      }
    }
  }
}

/** The first entry that matches governs a branch, so a pattern's second entry would be dead text. */
function* branchPatternsStandOnce({ protect }: WellFormedParts): Iterable<Problem> {
  const patterns = protect.flatMap(({ path, part }) =>
    part.branches.map((pattern, index) => ({ path: [...path, "branches", index], part: pattern })),
  );
  yield* repeated(patterns, "the pattern");
}

function* namesStandOnce({ rules, agents, witnesses }: WellFormedParts): Iterable<Problem> {
  yield* repeated(
    rules.map(({ path, part }) => ({ path: [...path, "name"], part: part.name })),
    "the name",
  );
  yield* repeated(
    witnesses.map(({ path, part }) => ({ path: [...path, "name"], part: part.name })),
    "the name",
  );
  yield* repeated(
    agents.map(({ path, part }) => ({ path: [...path, "id"], part: part.id })),
    "the id",
  );
}

function* ledgerIsABranchOfItsOwn({ ledger, protect }: WellFormedParts): Iterable<Problem> {
  if (ledger === undefined) return;
  const name = ledgerRef(ledger);
  const guards = protect.find(({ part }) => part.branches.some((pattern) => branchRef(pattern) === name));
  if (guards)
    yield { path: ["ledger"], text: `is a branch that ${formatPath(guards.path)} guards; name one for records alone` };
}

function* rulesHaveOneEffect({ rules }: WellFormedParts): Iterable<Problem> {
  for (const { path, part } of rules) {
    const shapes = Object.keys(part.cosign ?? {}).length > 0;
    if (shapes && part.deny !== undefined)
      yield { path: [...path, "deny"], text: "stands beside cosign, which it leaves without effect; keep one of them" };
    if (!shapes && part.deny === undefined)
      yield { path, text: "has no effect; give it cosign with at least one field, or deny" };
  }
}

function* conditionsMakeSense({ rules }: WellFormedParts): Iterable<Problem> {
  for (const { path, part } of rules) {
    for (const { name, condition, value } of conditionsIn(part)) {
      const text = condition.flawOf?.(value);
      if (text !== undefined) yield { path: [...path, name], text };
    }
  }
}

/**
 * Anyone can write any author into a commit, so a rule with `authors` or another forgeable condition may ask for no less than any
 * requirement that it could meet: the policy's, each protect entry's, each earlier rule's, whatever
 * their conditions. `self: true` is allowed, since the signature proves who signs. Where nothing in
 * the policy asks for more than `declared`, co-signs are claims as well, and nothing is lost.
 */
function* forgeableConditionsCannotLower({ levels, protect, cosign, rules }: WellFormedParts): Iterable<Problem> {
  if (levels === undefined || cosign === undefined) return;
  const ranks = rankLevels(levels);
  const base = { ...DEFAULT_REQUIREMENT, ...requirementOverride(cosign) };
  const all: RequirementOverride[] = [
    base,
    ...[...protect, ...rules].map(({ part }) => requirementOverride(part.cosign)),
  ];
  if (all.every(({ proof }) => proof === undefined || proof === "declared")) return;

  const before: Placed<RequirementOverride>[] = [
    { path: ["cosign"], part: base },
    ...protect.map(({ path, part }) => ({ path: [...path, "cosign"], part: requirementOverride(part.cosign) })),
  ];
  for (const { path, part } of rules) {
    const own = requirementOverride(part.cosign);
    const forgeable = conditionsIn(part).find(({ condition }) => condition.forgeable !== undefined);
    if (forgeable) {
      const reported = new Set<string>(["self"]);
      for (const earlier of before) {
        for (const field of loweredFields(own, earlier.part, ranks)) {
          if (reported.has(field)) continue;
          reported.add(field);
          yield {
            path: [...path, "cosign", field],
            text: `asks for less than ${formatPath(earlier.path)} does; ${forgeable.condition.forgeable}, so a rule with ${forgeable.name} may only ask for more`,
          };
        }
      }
    }
    before.push({ path: [...path, "cosign"], part: own });
  }
}

function* policyChangesAreNotEasier({ levels, cosign, policyChange }: WellFormedParts): Iterable<Problem> {
  if (levels === undefined || cosign === undefined || policyChange === undefined) return;
  const base = { ...DEFAULT_REQUIREMENT, ...requirementOverride(cosign) };
  const least = { ...base, count: Math.max(1, base.count) };
  const ranks = rankLevels(levels);
  for (const field of loweredFields(requirementOverride(policyChange), least, ranks)) {
    const than =
      field === "count" && base.count === 0 ? "the one co-sign that every change of the policy needs" : "cosign does";
    yield { path: ["policyChange", field], text: `asks for less than ${than}` };
  }
}

/** A problem for each part that equals an earlier one. `what` names the part: `the address`. */
function* repeated(parts: readonly Placed<string>[], what: string): Iterable<Problem> {
  const first = new Map<string, Path>();
  for (const { path, part } of parts) {
    const earlier = first.get(part);
    if (earlier === undefined) first.set(part, path);
    else yield { path, text: `repeats ${what} of ${formatPath(earlier)}` };
  }
}
