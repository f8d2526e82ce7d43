import type { Policy } from "./policy.ts";

/**
 * A floor as it stands under one repository: a policy that a server asks to be met in addition. Which project it is, where its
 * co-signs are and, where the floor names nobody, who its people and witnesses are, is said by the repository's own policy. A key that one
 * of both revokes proves nothing.
 */
export function layFloor(floor: Policy, own: Policy | undefined): Policy {
  const { people, peopleByEmail, peopleByKey, witnesses } = floor.people.length > 0 ? floor : (own ?? floor);
  return {
    ...floor,
    project: own?.project,
    ledger: own?.ledger,
    people,
    peopleByEmail,
    peopleByKey,
    witnesses,
    revoked: new Set([...floor.revoked, ...(own?.revoked ?? [])]),
  };
}
