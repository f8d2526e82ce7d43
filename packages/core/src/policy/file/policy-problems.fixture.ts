import { encodeText } from "../../bytes.ts";
import { isCountersignError } from "../../error.ts";
import { parsePolicy } from "./parse-policy.ts";

/** The least that every policy needs: two lines. */
export const LEAST = "version: 1\nprotect: [{ branches: [main] }]\n";

/** The problems of a policy file, or none. */
export function problemsOf(text: string | Uint8Array): readonly string[] {
  try {
    parsePolicy(typeof text === "string" ? encodeText(text) : text, "test");
    return [];
  } catch (error) {
    if (isCountersignError(error) && error.code === "POLICY_MALFORMED") return error.details ?? [];
    throw error;
  }
}

/** The problems of a file that has these lines, from line 3 on, beside the least. */
export function problemsWith(lines: string): readonly string[] {
  return problemsOf(LEAST + lines);
}
