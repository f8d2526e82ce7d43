import type { ExitCode } from "@countersign/core/internal";
// Generated from the schemas that the files are read by; tests of core compare them.
import policySchema from "@countersign/core/schema/policy.schema.json" with { type: "json" };
import testsSchema from "@countersign/core/schema/policy-tests.schema.json" with { type: "json" };
import { type CommandContext, printJson } from "../context.ts";

const SCHEMAS = { policy: policySchema, tests: testsSchema };

/** Prints a JSON Schema. */
export async function printSchema({ stdout }: CommandContext, file: keyof typeof SCHEMAS): Promise<ExitCode> {
  await printJson(stdout, SCHEMAS[file]);
  return 0;
}
