import { CountersignError, fingerprint, type Policy } from "@countersign/core";
import { keyState, type Person, type PersonKey } from "@countersign/core/internal";
import { findSigningKey, type GitContext, type SigningKey } from "@countersign/git/internal";

/** The key that a co-sign is made with, and its entry on the roster. */
export interface SignersKey {
  readonly key: SigningKey;
  readonly entry: PersonKey;
}

export interface KeyQuestion {
  readonly policy: Policy;
  readonly person: Person;
  readonly email: string;
  /** The file that was named by --key. */
  readonly named: string | undefined;
  /** Whether a typed line alone would do for all that is to be co-signed. */
  readonly declaredIsEnough: boolean;
  /** Seconds since 1970. */
  readonly now: number;
}

/**
 * Chooses the key; undefined where none is set, or none that the policy knows, and none is needed.
 * @throws `KEY_MISSING`, `KEY_REFUSED`, `KEY_UNREADABLE`.
 */
export async function chooseKey(context: GitContext, question: KeyQuestion): Promise<SignersKey | undefined> {
  const { policy, person, email, named, declaredIsEnough, now } = question;
  const key = await findSigningKey(context, named).catch((error) => {
    // What is set for git's own signatures must not stop somebody who needs none here.
    if (declaredIsEnough && named === undefined && error instanceof CountersignError) return undefined;
    throw error;
  });
  if (!key) {
    if (declaredIsEnough) return undefined;
    throw new CountersignError("KEY_MISSING", {});
  }
  const entry = person.keys.find((known) => fingerprint(known) === key.fingerprint);
  const reason = entry ? STATES[keyState(policy, entry, now)] : "is not one of yours on the roster";
  if (entry && reason === undefined) return { key, entry };
  if (declaredIsEnough && named === undefined) return undefined;
  throw new CountersignError("KEY_REFUSED", { email, fingerprint: key.fingerprint, reason: reason ?? "" });
}

const STATES = {
  valid: undefined,
  revoked: "is revoked by the policy",
  "not valid yet": "is not valid yet",
  expired: "is not valid any more",
} as const;

/** Whether the key is one of a security key: it lives outside of the machine and can ask for a touch. */
export function isHardware({ entry }: SignersKey): boolean {
  return entry.type.startsWith("sk-");
}
