import { CountersignError } from "@countersign/core";
import { findSigningKey, openContext, withOwnLanguage, withSignatures } from "@countersign/git/internal";
import { DSSE_NAMESPACE, formatJson, preAuthEncoding, toEnvelope } from "@countersign/report";
import type { CommandContext } from "../context.ts";
import { signTexts } from "../cosign/sign-texts.ts";
import { Interruption } from "../interruption.ts";

/** Signs statements, each a line of JSON, by one key. @throws `SIGNING_KEY_UNSET`, `KEY_UNREADABLE`, `SIGNING_FAILED`. */
export async function signStatements(
  { cwd, env }: CommandContext,
  named: string | undefined,
  payloads: readonly string[],
): Promise<readonly string[]> {
  const spoken = withOwnLanguage(openContext(cwd, env), env);
  const key = await findSigningKey(spoken, named);
  if (!key) throw new CountersignError("SIGNING_KEY_UNSET", {});
  // Heard, so that what was written down for signing does not stay behind.
  const interruption = new Interruption();
  try {
    const texts = payloads.map(preAuthEncoding);
    const signatures = await signTexts(spoken, { key }, texts, interruption, DSSE_NAMESPACE);
    const signed = withSignatures(
      payloads.map((payload) => ({ payload })),
      signatures,
    );
    return signed.map(({ payload, signature }) => formatJson(toEnvelope(payload, key.fingerprint, signature)));
  } finally {
    interruption.end();
  }
}
