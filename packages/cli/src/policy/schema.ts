// Generated from the schema that policies are read by; a test of core compares the two.
import policySchema from "@countersign/core/policy.schema.json" with { type: "json" };
import { type CommandContext, type ExitCode, printJson } from "../context.ts";

/** Prints the JSON Schema of the policy file. */
export async function printSchema({ stdout }: CommandContext): Promise<ExitCode> {
  await printJson(stdout, policySchema);
  return 0;
}
