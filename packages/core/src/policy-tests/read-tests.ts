import type { PolicyTests } from "./policy-test.ts";

/** The names under which the tests of a policy stand beside it. */
export const POLICY_TEST_FILES = ["countersign.tests.yaml", "countersign.tests.yml", "countersign.tests.json"] as const;

/**
 * Reads a file of policy tests. `source` names it in errors.
 * @throws `TESTS_MALFORMED` with every problem of the file, each with its line.
 */
export async function readPolicyTests(bytes: Uint8Array, source: string): Promise<PolicyTests> {
  // Loaded late: nobody else pays for a YAML parser.
  const { parsePolicyTests } = await import("./parse.ts");
  return parsePolicyTests(bytes, source);
}
