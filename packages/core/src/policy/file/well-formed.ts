import * as v from "valibot";
import type { Forge } from "../accounts.ts";
import { DEFAULT_LEVELS } from "../levels.ts";
import { LedgerBranch } from "./field-types.ts";
import { type Fields, isFields } from "./fields.ts";
import {
  type AgentFile,
  AgentSchema,
  type CosignFile,
  CosignSchema,
  DisputesSchema,
  EmergencySchema,
  type KeyFile,
  LevelsSchema,
  type PersonFile,
  PersonSchema,
  type ProtectionFile,
  ProtectionSchema,
  type RuleFile,
  RuleSchema,
  type WitnessFile,
  WitnessSchema,
} from "./part-schemas.ts";
import type { Path } from "./problem.ts";

/** A part of the file, and where it stands. */
export interface Placed<Part> {
  readonly path: Path;
  readonly part: Part;
}

/** What is checked of a person. `level` is undefined if it is malformed. */
interface WellFormedPerson extends Pick<PersonFile, "emails" | Forge> {
  readonly level: string | undefined;
  readonly keys: readonly KeyFile[];
}

/**
 * Those parts of a policy file that are well-formed, each by itself, so that one mistake does not
 * hide the next. Undefined: the part is malformed, and what depends on it cannot be checked.
 */
export interface WellFormedParts {
  readonly levels: readonly string[] | undefined;
  readonly people: readonly Placed<WellFormedPerson>[];
  readonly witnesses: readonly Placed<WitnessFile>[];
  readonly protect: readonly Placed<ProtectionFile>[];
  readonly cosign: CosignFile | undefined;
  readonly policyChange: CosignFile | undefined;
  readonly rules: readonly Placed<RuleFile>[];
  /** As the file names it. */
  readonly ledger: string | undefined;
  /** The level that disputes require. */
  readonly disputes: string | undefined;
  /** The level that emergencies require. */
  readonly emergency: string | undefined;
  readonly agents: readonly Placed<AgentFile>[];
}

export function wellFormedParts(file: Fields): WellFormedParts {
  return {
    levels: wellFormed(LevelsSchema, file.levels ?? DEFAULT_LEVELS),
    people: wellFormedPeople(file.people),
    witnesses: wellFormedItems(WitnessSchema, file, "witnesses"),
    protect: wellFormedItems(ProtectionSchema, file, "protect"),
    cosign: wellFormed(CosignSchema, file.cosign ?? {}),
    policyChange: wellFormed(CosignSchema, file.policyChange ?? {}),
    rules: wellFormedItems(RuleSchema, file, "rules"),
    ledger: wellFormed(v.optional(LedgerBranch), file.ledger),
    disputes: wellFormed(DisputesSchema, file.disputes ?? {})?.level,
    emergency: wellFormed(EmergencySchema, file.emergency ?? {})?.level,
    agents: wellFormedItems(AgentSchema, file, "agents"),
  };
}

function wellFormed<Schema extends v.GenericSchema>(schema: Schema, value: unknown): v.InferOutput<Schema> | undefined {
  const result = v.safeParse(schema, value);
  return result.success ? result.output : undefined;
}

/** People stay with what is well-formed of them: a bad address must not hide an unknown level. */
function wellFormedPeople(people: unknown): Placed<WellFormedPerson>[] {
  if (!Array.isArray(people)) return [];
  return people.flatMap((person: unknown, index) => {
    if (!isFields(person)) return [];
    const { emails, level, keys, github, gitlab, gitea } = PersonSchema.entries;
    const part = {
      emails: wellFormed(emails, person.emails) ?? [],
      level: wellFormed(level, person.level),
      keys: wellFormed(keys, person.keys) ?? [],
      github: wellFormed(github, person.github),
      gitlab: wellFormed(gitlab, person.gitlab),
      gitea: wellFormed(gitea, person.gitea),
    };
    return [{ path: ["people", index], part }];
  });
}

function wellFormedItems<Schema extends v.GenericSchema>(
  schema: Schema,
  file: Fields,
  key: string,
): Placed<v.InferOutput<Schema>>[] {
  const items = file[key];
  if (!Array.isArray(items)) return [];
  return items.flatMap((item, index) => {
    const part = wellFormed(schema, item);
    return part === undefined ? [] : [{ path: [key, index], part }];
  });
}
