import { isCountersignError, type Policy, parsePolicyFile } from "@countersign/core";
import { decodeText } from "@countersign/core/internal";
import { type GitContext, quickPolicy } from "@countersign/git/internal";

/** A policy, or in a phrase why it cannot be read. */
export type ReadPolicy = { readonly policy: Policy | undefined } | { readonly problem: string };

/** What was read in this hook: it asks for one setting after the other. */
const texts = new WeakMap<GitContext, ReturnType<typeof quickPolicy>>();
const policies = new WeakMap<GitContext, Promise<ReadPolicy>>();

/** The policy that a push from here would be judged by, as far as this clone knows. */
export function readPolicyInForce(context: GitContext): Promise<ReadPolicy> {
  const known = policies.get(context) ?? findPolicy(context);
  policies.set(context, known);
  return known;
}

/**
 * The same for one setting: undefined also where the file does not mention it, so that most commits parse no YAML, and
 * where it cannot be read. The commit hooks advise; the push reports what is wrong with the policy.
 */
export async function readPolicyWith(context: GitContext, setting: string): Promise<Policy | undefined> {
  const text = await readText(context).catch(() => undefined);
  if (text === "none" || (text && !decodeText(text.bytes).includes(setting))) return undefined;
  const read = await readPolicyInForce(context);
  return "policy" in read ? read.policy : undefined;
}

async function findPolicy(context: GitContext): Promise<ReadPolicy> {
  try {
    const text = await readText(context);
    if (text === "none") return { policy: undefined };
    if (text) return { policy: await parsePolicyFile(text.bytes, text.source) };
    const { readByDestination } = await import("./policy-by-destination.ts");
    return { policy: await readByDestination(context) };
  } catch (error) {
    if (isCountersignError(error)) return { problem: error.what };
    throw error;
  }
}

function readText(context: GitContext): ReturnType<typeof quickPolicy> {
  const known = texts.get(context) ?? quickPolicy(context);
  texts.set(context, known);
  return known;
}
