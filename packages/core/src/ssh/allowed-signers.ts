import { NAMESPACE } from "../cosign/lines.ts";
import type { PersonKey, Policy } from "../policy/policy.ts";
import { keyState } from "../policy/roster.ts";

/**
 * The roster as OpenSSH's allowed signers file, so that `ssh-keygen -Y verify` can check a co-sign without us. One line a
 * key; revoked keys are left out. Principals are patterns to OpenSSH, lists and options too: the policy's parser lets no
 * address and no witness's name hold a character that means anything there. A witness stands there by its name, for co-signs
 * alone.
 */
export function formatAllowedSigners(policy: Policy, namespace: string, now: number): string {
  const people = policy.people.map(({ emails, keys }) => ({ names: emails, keys }));
  const witnesses = policy.witnesses.map(({ name, keys }) => ({ names: [name], keys }));
  const lines = [...people, ...(namespace === NAMESPACE ? witnesses : [])].flatMap(({ names, keys }) =>
    keys
      .filter((key) => keyState(policy, key, now) !== "revoked")
      .map((key) => `${names.join(",")} ${optionsOf(key, namespace)} ${key.text}\n`),
  );
  return lines.join("");
}

function optionsOf({ validFrom, validUntil }: PersonKey, namespace: string): string {
  const options = [`namespaces="${namespace}"`];
  if (validFrom !== undefined) options.push(`valid-after="${formatTime(validFrom)}"`);
  if (validUntil !== undefined) options.push(`valid-before="${formatTime(validUntil)}"`);
  return options.join(",");
}

/** With a `Z`, or the time would be read in the zone of the one who verifies. */
function formatTime(seconds: number): string {
  return `${new Date(seconds * 1000).toISOString().slice(0, 19).replace(/\D/g, "")}Z`;
}
