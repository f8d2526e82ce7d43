import * as v from "valibot";
import type { Path } from "./document.ts";
import { DEFAULT_LEVELS } from "./normalise.ts";
import {
  type AgentFile,
  AgentSchema,
  type CosignFile,
  CosignSchema,
  LevelsSchema,
  type PersonFile,
  PersonSchema,
  type ProtectionFile,
  ProtectionSchema,
  type RuleFile,
  RuleSchema,
} from "./schema.ts";

/** A part of the file, and where it stands. */
export interface Placed<Part> {
  readonly path: Path;
  readonly part: Part;
}

/**
 * Those parts of a policy file that are well-formed, each by itself, so that one mistake does not
 * hide the next. Undefined: the part is malformed, and what depends on it cannot be checked.
 */
export interface Draft {
  readonly levels: readonly string[] | undefined;
  readonly people: readonly Placed<PersonFile>[];
  readonly protect: readonly Placed<ProtectionFile>[];
  readonly cosign: CosignFile | undefined;
  readonly policyChange: CosignFile | undefined;
  readonly rules: readonly Placed<RuleFile>[];
  readonly agents: readonly Placed<AgentFile>[];
}

export function draftPolicy(file: Readonly<Record<string, unknown>>): Draft {
  return {
    levels: wellFormed(LevelsSchema, file.levels ?? DEFAULT_LEVELS),
    people: wellFormedItems(PersonSchema, file, "people"),
    protect: wellFormedItems(ProtectionSchema, file, "protect"),
    cosign: wellFormed(CosignSchema, file.cosign ?? {}),
    policyChange: wellFormed(CosignSchema, file.policyChange ?? {}),
    rules: wellFormedItems(RuleSchema, file, "rules"),
    agents: wellFormedItems(AgentSchema, file, "agents"),
  };
}

function wellFormed<Schema extends v.GenericSchema>(schema: Schema, value: unknown): v.InferOutput<Schema> | undefined {
  const result = v.safeParse(schema, value);
  return result.success ? result.output : undefined;
}

function wellFormedItems<Schema extends v.GenericSchema>(
  schema: Schema,
  file: Readonly<Record<string, unknown>>,
  key: string,
): Placed<v.InferOutput<Schema>>[] {
  const items = file[key];
  if (!Array.isArray(items)) return [];
  return items.flatMap((item, index) => {
    const part = wellFormed(schema, item);
    return part === undefined ? [] : [{ path: [key, index], part }];
  });
}
