import type { GenericSchema } from "valibot";
import type { Change } from "../../object/change.ts";
import type * as FieldTypes from "../file/field-types.ts";
import type { Levels } from "../levels.ts";

/** What the conditions of rules can ask about a commit. */
export interface CommitFacts {
  /** With `lines`, if `countsLines` says that the policy asks for them. */
  readonly changes: readonly Change[];
  /** The ids of the agents that took part. */
  readonly agents: readonly string[];
  /** The least rank of all whose work it is; undefined or below 0 where one of them is not on the roster. */
  readonly authorLevel: number | undefined;
}

/**
 * A condition of a rule, and all that is known of it: the field of that name in a policy file, what the file may say there
 * (`Written`), and what a rule keeps of it (`Value`).
 */
export interface Condition<Written, Value> {
  /** What the published schema says of the field. */
  readonly description: string;

  /**
   * The field's type, made of the types that it is handed. They are not imported here: a hook asks conditions whether they
   * hold before it needs a schema, and shall not load a library for it.
   */
  field(types: typeof FieldTypes): GenericSchema<unknown, Written>;

  /** Why a field of the right type still makes no sense, as the end of a sentence that begins with the field. */
  flawOf?(written: Written): string | undefined;

  /** The level that the field names as its `level`. It must be one of the policy's. */
  levelOf?(written: Written): string;

  normalise(written: Written): Value;

  /** Whether a commit meets the condition. */
  holds(value: Value, facts: CommitFacts, levels: Levels): boolean;

  /** Whether a rule with this condition sets the requirement of this changed path, one of a commit that meets it. Absent: of each. */
  takesPath?(value: Value, change: Change): boolean;

  /** Whether `holds` needs the number of changed lines. */
  countsLines?(value: Value): boolean;

  /** Whether each commit, and each path of it, that meets the condition with `value` meets it with `wider` too. A wrong "no" is harmless. */
  narrows(value: Value, wider: Value, levels: Levels): boolean;

  /** Why anyone could make a commit meet the condition. A rule with such a condition may not ask for less than others do. */
  readonly forgeable?: string;
}
