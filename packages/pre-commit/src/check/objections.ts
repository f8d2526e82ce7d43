import {
  buildAgentIndex,
  CountersignError,
  decodeText,
  detectInMessage,
  explainViolation,
  type Policy,
  type Provenance,
} from "@countersign/core";
import type { Objection } from "../commit-msg.ts";

/** A sign-off is a promise that only a person can give. */
export function objectToSignOffs({ evidence }: Provenance): readonly Objection[] {
  return evidence
    .filter(({ kind, text }) => kind === "trailer" && /^signed-off-by\s*:/i.test(text))
    .map(({ agent, where }) => new CountersignError("SIGNOFF_BY_AGENT", { agent, line: Number(where.slice(5)) }));
}

/** A commit that the next rebase melts into another one is not asked for a word of its own. */
const TEMPORARY = /^(?:fixup|squash|amend)! /;

/** Where the policy wants to know in every commit whether AI took part, silence is told at once and not at the push. */
export function objectToMissingDisclosure(message: Uint8Array, policy: Policy | undefined): readonly Objection[] {
  if (policy?.disclosure !== "required" || TEMPORARY.test(decodeText(message.subarray(0, 10)))) return [];
  // The policy may know agents of its own.
  const index = buildAgentIndex({ agents: policy.agents, exempt: policy.exempt });
  if (detectInMessage(message, { index }).state !== "undeclared") return [];
  const code = "DISCLOSURE_MISSING";
  return [{ code, words: explainViolation({ code, facts: {}, rules: [] }) }];
}
