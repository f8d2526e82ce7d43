import { asciiLowerCase } from "../bytes.ts";
import { type Account, accountsOfNoreply, type Forge, type RosterAccount } from "../policy/accounts.ts";
import type { Person, Policy } from "../policy/policy.ts";

/**
 * The person whose account it surely is: by the number where the roster has one, whatever the login is now, else by the
 * login. Nobody's is the account that forges show in place of deleted ones.
 */
export function findReviewer(policy: Policy, forge: Forge, account: Account): Person | undefined {
  const login = asciiLowerCase(account.login);
  if (login === "" || login === "ghost") return undefined;
  return policy.people.find(({ accounts }) => {
    const own = accounts.find((one) => one.forge === forge);
    if (own === undefined) return false;
    return own.id === undefined ? own.login === login : own.id === account.id;
  });
}

/** Whether two accounts of a forge may be one: anyone who may have made a change is not heard on it. */
export function mayBeSame(a: Account, b: Account): boolean {
  if (a.id !== undefined && b.id !== undefined) return a.id === b.id;
  return asciiLowerCase(a.login) === asciiLowerCase(b.login);
}

/** Whether an address is the one that a forge gives an account in place of its owner's. */
export function isNoreplyOf(email: string, account: RosterAccount): boolean {
  return accountsOfNoreply(email).some((one) => mayBeSame(account, one));
}
