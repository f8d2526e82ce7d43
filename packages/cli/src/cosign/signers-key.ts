import { CountersignError, fingerprint, type Policy } from "@countersign/core";
import { keyState, type Person, type PersonKey, requiresTouch } from "@countersign/core/internal";
import { findRosterKey, findSigningKey, type GitContext, type SigningKey } from "@countersign/git/internal";

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
  /** Whether a security key that asks for a touch is wanted. */
  readonly touchWanted: boolean;
  /** Seconds since 1970. */
  readonly now: number;
}

/**
 * Chooses the key: what is set where it is on the roster, else a key of the roster that is here. Undefined if there is
 * none that the policy knows, and none is needed.
 * @throws `KEY_MISSING`, `KEY_REFUSED`, `KEY_UNREADABLE`.
 */
export async function chooseKey(context: GitContext, question: KeyQuestion): Promise<SignersKey | undefined> {
  const { policy, person, email, named, declaredIsEnough, now } = question;
  const key = await findSigningKey(context, named).catch((error) => {
    // What is set for git's own signatures must not stop someone who needs none here.
    if (declaredIsEnough && named === undefined && error instanceof CountersignError) return undefined;
    throw error;
  });
  const stateOf = (entry: PersonKey): string | undefined => STATES[keyState(policy, entry, now)];
  const entryOf = (of: SigningKey): PersonKey | undefined =>
    person.keys.find((known) => fingerprint(known) === of.fingerprint);
  const entry = key && entryOf(key);
  if (key && entry && stateOf(entry) === undefined) return { key, entry };
  if (declaredIsEnough && named === undefined) return undefined;
  if (named === undefined) {
    // The key that git signs with may be another one than that for co-signs.
    const valid = person.keys.filter((known) => stateOf(known) === undefined);
    const found = await findRosterKey(
      context,
      inOrder(valid, question).map(({ text }) => text),
    );
    const known = found && entryOf(found);
    if (found && known) return { key: found, entry: known };
  }
  if (!key) throw new CountersignError("KEY_MISSING", {});
  const reason = (entry && stateOf(entry)) ?? "is not one of yours on the roster";
  throw new CountersignError("KEY_REFUSED", { email, fingerprint: key.fingerprint, reason });
}

/** Security keys first where one is wanted, else last: they ask for a touch. */
function inOrder(keys: readonly PersonKey[], { touchWanted }: KeyQuestion): readonly PersonKey[] {
  const first = keys.filter((key) => requiresTouch(key) === touchWanted);
  return [...first, ...keys.filter((key) => !first.includes(key))];
}

const STATES = {
  valid: undefined,
  revoked: "is revoked by the policy",
  "not valid yet": "is not valid yet",
  expired: "is not valid any more",
} as const;

/** Whether the key is one of a security key: it lives outside of the machine and can ask for a touch. */
export function isHardware({ entry }: SignersKey): boolean {
  return requiresTouch(entry);
}
