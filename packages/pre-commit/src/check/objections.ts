import { buildAgentIndex, CountersignError, decodeText, detectInMessage, explainViolation } from "@countersign/core";
import type { GitContext } from "@countersign/git";
import type { Objection } from "../commit-msg.ts";
import { readPolicyWith } from "../policy-in-force.ts";

/** A sign-off is a promise that only a person can give. */
export function objectToSignOffs(message: Uint8Array): readonly Objection[] {
  return detectInMessage(message)
    .evidence.filter(({ kind, text }) => kind === "trailer" && /^signed-off-by\s*:/i.test(text))
    .map(({ agent, where }) => new CountersignError("SIGNOFF_BY_AGENT", { agent, line: Number(where.slice(5)) }));
}

/** A commit that the next rebase melts into another one is not asked for a word of its own. */
const TEMPORARY = /^(?:fixup|squash|amend)! /;

/** Where the policy wants to know in every commit whether AI took part, silence is told at once and not at the push. */
export async function objectToMissingDisclosure(
  context: GitContext,
  message: Uint8Array,
): Promise<readonly Objection[]> {
  if (detectInMessage(message).state !== "undeclared" || TEMPORARY.test(decodeText(message.subarray(0, 10)))) return [];
  const policy = await readPolicyWith(context, "disclosure");
  if (policy?.disclosure !== "required") return [];
  // The policy may know agents of its own.
  const index = buildAgentIndex({ agents: policy.agents, exempt: policy.exempt });
  if (detectInMessage(message, { index }).state !== "undeclared") return [];
  const code = "DISCLOSURE_MISSING";
  return [{ code, words: explainViolation({ code, facts: {}, rules: [] }) }];
}
