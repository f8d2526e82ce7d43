import type { PersonKey, Policy } from "../policy/policy.ts";
import { keyState } from "../policy/roster.ts";

/**
 * The roster as OpenSSH's allowed signers file, so that `ssh-keygen -Y verify` can check a co-sign without us. One line a
 * key; revoked keys are left out. Principals are patterns to OpenSSH, lists and options too: the policy's parser lets no
 * address hold a character that means anything there.
 */
export function formatAllowedSigners(policy: Policy, namespace: string, now: number): string {
  const lines = policy.people.flatMap(({ emails, keys }) =>
    keys
      .filter((key) => keyState(policy, key, now) !== "revoked")
      .map((key) => `${emails.join(",")} ${optionsOf(key, namespace)} ${key.text}\n`),
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
