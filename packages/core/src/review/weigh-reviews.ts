import type { Account } from "../policy/accounts.ts";
import type { Person, Policy } from "../policy/policy.ts";
import { findVerdicts, type LastVerdict } from "./find-approvals.ts";
import type { Review, ReviewedHead } from "./review.ts";
import { isNoreplyOf, mayBeSame } from "./same-account.ts";

/** What each person said last of a branch, and what keeps it from being an approval: also that they made some of it. */
export function weighReviews(
  policy: Policy,
  { head, reviews, makers = [], isPusherUnknown = false }: ReviewedHead,
  addresses: ReadonlySet<string>,
): readonly LastVerdict[] {
  const findPart = ({ person, review }: LastVerdict): string | undefined => {
    const isMaker =
      hasMade(person, addresses) ||
      makers.some((maker) => mayBeSame(maker, review.reviewer) || isOf(maker, person, review));
    if (isMaker) return "they wrote some of it themselves";
    return isPusherUnknown ? "the forge does not say who pushed last, and that may be they" : undefined;
  };
  return findVerdicts(policy, reviews, head).map((verdict) => ({
    ...verdict,
    flaw: verdict.flaw ?? findPart(verdict),
  }));
}

/** By their address, or by one that a forge gives them in its place. */
function hasMade({ emails, accounts }: Person, addresses: ReadonlySet<string>): boolean {
  if (emails.some((email) => addresses.has(email))) return true;
  return [...addresses].some((address) => accounts.some((account) => isNoreplyOf(address, account)));
}

function isOf(maker: Account, { accounts }: Person, { forge }: Review): boolean {
  return accounts.some((account) => account.forge === forge && mayBeSame(maker, account));
}
