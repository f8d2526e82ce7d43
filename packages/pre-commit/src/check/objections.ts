import { CountersignError, decodeText, detectInMessage, explainViolation } from "@countersign/core";
import type { GitContext } from "@countersign/git";
import type { Objection } from "../commit-msg.ts";
import { readPolicyWith } from "../policy-in-force.ts";

/** A message that is left empty in the editor must stay one that git abandons, also with our line in it. */
export function objectToStampAlone(message: Uint8Array): readonly Objection[] {
  const { evidence } = detectInMessage(message);
  const marked = new Set(evidence.map(({ where }) => where));
  const own = decodeText(message)
    .split("\n")
    .every((line, index) => line.trim() === "" || (marked.has(`line ${index + 1}`) && STAMP.test(line)));
  return own && marked.size > 0 ? [new CountersignError("MESSAGE_EMPTY", {})] : [];
}

const STAMP = /^[A-Za-z0-9-]+: /;

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
  const code = "DISCLOSURE_MISSING";
  return [{ code, words: explainViolation({ code, facts: {}, rules: [] }) }];
}
