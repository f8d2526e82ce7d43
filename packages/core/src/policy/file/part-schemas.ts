import * as v from "valibot";
import { CONDITIONS, type ConditionName, type WrittenConditions } from "../conditions/index.ts";
import { MODES } from "../policy.ts";
import { COVERAGES, PROOFS, REAPPLICATIONS } from "../requirement.ts";
import * as FieldTypes from "./field-types.ts";
import {
  AccountId,
  AgentId,
  BranchPattern,
  Duration,
  Email,
  fields,
  flawless,
  KeyText,
  Label,
  Level,
  Login,
  listOf,
  Time,
  WitnessName,
  wholeNumber,
} from "./field-types.ts";

// The parts of a policy file, for which there are checks and defaults of their own: a part that is well-formed is checked
// even where another one is not.

export const ModeSchema = v.picklist(MODES);

export const CosignSchema = fields({
  count: v.optional(v.pipe(wholeNumber(100), v.description("How many people must co-sign. Default: 1."))),
  level: v.optional(
    v.pipe(Label, v.description("The least level of each of them, a name in `levels`. Default: senior.")),
  ),
  proof: v.optional(
    v.pipe(
      v.picklist(PROOFS),
      v.description(
        "How sure a co-sign must be: a claim, an approval on a forge, a signature, or a signature by a key that asks for a touch. Default: signed.",
      ),
    ),
  ),
  maxAge: v.optional(v.pipe(Duration, v.description("How old a signature may be when it lands. Default: 30d."))),
  coverage: v.optional(
    v.pipe(
      v.picklist(COVERAGES),
      v.description("Whether a co-signed merge vouches for the commits that it brings in. Default: commit."),
    ),
  ),
  reapply: v.optional(
    v.pipe(
      v.picklist(REAPPLICATIONS),
      v.description("Whether a clean line merge carries a co-sign of the ledger over a moved file. Default: clean."),
    ),
  ),
  self: v.optional(v.pipe(v.boolean(), v.description("Whether the author's own co-sign counts. Default: false."))),
});

const KeySchema = v.union([
  KeyText,
  fields({
    key: KeyText,
    validFrom: v.optional(v.pipe(Time, v.description("The key proves nothing before this time."))),
    validUntil: v.optional(v.pipe(Time, v.description("The key proves nothing from this time on."))),
  }),
]);

const AccountSchema = v.union([
  Login,
  fields({ login: v.pipe(Login, v.description("The name of the account.")), id: v.optional(AccountId) }),
]);

export const PersonSchema = fields({
  name: v.pipe(
    Label,
    flawless((name) => (/[<>]/.test(name) ? "has < or >, which would end the name in a trailer" : undefined)),
    v.description("The name, for people to read."),
  ),
  emails: v.pipe(listOf(Email, "an address"), v.description("Whole addresses, compared without regard to ASCII case.")),
  level: Level,
  keys: v.optional(v.pipe(v.array(KeySchema), v.description("The keys that this person signs with."))),
  github: v.optional(v.pipe(AccountSchema, v.description("The account on GitHub."))),
  gitlab: v.optional(v.pipe(AccountSchema, v.description("The account on GitLab."))),
  gitea: v.optional(v.pipe(AccountSchema, v.description("The account on Gitea or Forgejo."))),
});

export const WitnessSchema = fields({
  name: v.pipe(WitnessName, v.description("How records name the witness.")),
  keys: v.pipe(listOf(KeySchema, "a key"), v.description("The keys that it signs with; none of them a person's.")),
});

export const ProtectionSchema = fields({
  branches: v.pipe(
    listOf(BranchPattern, "a branch"),
    v.description("Patterns of short branch names. The first entry that matches governs a branch."),
  ),
  cosign: v.optional(v.pipe(CosignSchema, v.description("What differs here from the `cosign` of the whole policy."))),
  accepts: v.optional(
    v.pipe(v.array(BranchPattern), v.description("What landed on these branches counts as judged here too.")),
  ),
  mode: v.optional(v.pipe(ModeSchema, v.description("What differs here from the `mode` of the whole policy."))),
});

export const RuleSchema = fields({
  name: v.pipe(Label, v.description("How reports name the rule.")),
  ...conditionFields(),
  cosign: v.optional(v.pipe(CosignSchema, v.description("The fields of the requirement that this rule sets."))),
  deny: v.optional(v.pipe(Label, v.description("Why such a commit is refused, no matter who co-signs it."))),
});

type OptionalField<Written> = v.OptionalSchema<v.GenericSchema<unknown, Written>, undefined>;

function conditionFields(): { [Name in ConditionName]: OptionalField<WrittenConditions[Name]> } {
  const entries = Object.entries(CONDITIONS).map(([name, { field, description }]): [string, OptionalField<unknown>] => {
    return [name, v.optional(v.pipe(field(FieldTypes), v.description(description)))];
  });
  return Object.fromEntries(entries) as ReturnType<typeof conditionFields>;
}

export const AgentSchema = fields({
  id: v.pipe(AgentId, v.description("How rules and reports name the agent.")),
  name: v.optional(v.pipe(Label, v.description("The name, for people to read. Default: the id."))),
  emails: v.pipe(listOf(Email, "an address"), v.description("Addresses that the agent commits with.")),
});

export const DisputesSchema = fields({ level: Level });

export const EmergencySchema = fields({
  level: v.pipe(Level, v.description("The least level of the person who signs it.")),
  reviewWithin: v.pipe(Duration, v.description("How long after that signature the usual co-signs may take.")),
});

export const LevelsSchema = listOf(Label, "a level");

export type CosignFile = v.InferOutput<typeof CosignSchema>;
export type PersonFile = v.InferOutput<typeof PersonSchema>;
export type WitnessFile = v.InferOutput<typeof WitnessSchema>;
export type KeyFile = v.InferOutput<typeof KeySchema>;
export type AccountFile = v.InferOutput<typeof AccountSchema>;
export type ProtectionFile = v.InferOutput<typeof ProtectionSchema>;
export type RuleFile = v.InferOutput<typeof RuleSchema>;
export type AgentFile = v.InferOutput<typeof AgentSchema>;
