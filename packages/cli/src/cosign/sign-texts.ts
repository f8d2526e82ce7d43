import { CountersignError, fingerprint, NAMESPACE, parseSshSignature, verifySignature } from "@countersign/core";
import { type GitContext, signPayloads } from "@countersign/git/internal";
import type { Interruption } from "../interruption.ts";
import type { SignersKey } from "./signers-key.ts";

/** Signs texts, each by itself, and verifies each signature as others will. @throws `SIGNATURE_WRONG`, `SIGNING_FAILED`. */
export async function signTexts(
  context: GitContext,
  { key }: Pick<SignersKey, "key">,
  texts: readonly Uint8Array[],
  interruption: Interruption,
  namespace = NAMESPACE,
): Promise<readonly Uint8Array[]> {
  const { program, signatures } = await signPayloads(context, key, texts, {
    namespace,
    signal: interruption.signal,
    onInterrupt: () => interruption.note(),
  });
  for (const [index, blob] of signatures.entries()) {
    const wrong = (reason: string): never => {
      throw new CountersignError("SIGNATURE_WRONG", { program, reason });
    };
    const signature = parseSshSignature(blob);
    if (typeof signature === "string") return wrong(`it ${signature}`);
    if (fingerprint(signature.key) !== key.fingerprint)
      return wrong("it was made with another key than the chosen one");
    const verified = verifySignature(signature, namespace, texts[index] as Uint8Array);
    if (!verified.valid) return wrong(`it ${verified.flaw}`);
  }
  return signatures;
}
